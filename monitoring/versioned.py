"""What the history of the monitoring holds (herne_bildung.city.versions)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goals.versioned import PUBLISHING, RESPONSIBLE
from herne_bildung.city.versions import Child, Group, Versioned, register
from monitoring.findings import versioned as findings  # noqa: F401  it registers itself
from monitoring.models import Indicator, IndicatorRelation, SeriesBreak
from monitoring.search import reindex
from monitoring.surveys import versioned  # noqa: F401  it registers itself


def break_in_words(row: SeriesBreak) -> str:
    """ "break in the series 2011: Zensus"."""
    return f"{row.get_kind_display()} {row.period}: {row.reason_de}"


def relation_in_words(row: IndicatorRelation) -> str:
    """ "Arbeitslosenquote: andere Bezugsgröße"."""
    return f"{row.second}: {row.explanation_de}"


register(
    Versioned(
        model=Indicator,
        children=(
            Child("breakdowns", _("breakdowns")),
            Child("breaks", _("breaks in the series"), break_in_words),
            Child(
                "relations_on",
                _("other definitions of the same thing"),
                relation_in_words,
            ),
        ),
        groups=(
            Group("texts", _("Description"), ("name", "question", "definition")),
            Group("formula", _("How it is calculated"), ("formula", "base", "unit")),
            Group("breaks", _("Breaks in the series"), ("breaks",)),
            Group("times", _("Dates"), ("cycle", "next_release_on")),
            RESPONSIBLE,
        ),
        after_save=lambda indicator: reindex([indicator.pk]),
        page_path=lambda indicator: reverse("indicator", args=[indicator.slug]),
        **PUBLISHING,
    )
)

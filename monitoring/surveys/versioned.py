"""What the history of surveys holds."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goals.versioned import PUBLISHING, RESPONSIBLE
from herne_bildung.city.versions import Group, Versioned, register
from monitoring.models import Instrument, Wave


def page_of_wave(wave: Wave) -> str:
    """Waves stand on the page of their survey."""
    return f"{reverse('survey', args=[wave.instrument.slug])}#wave-{wave.pk}"


register(
    Versioned(
        model=Instrument,
        groups=(
            Group("texts", _("Description"), ("name", "about", "target", "where")),
            Group(
                "known", _("What is known"), ("cycle", "first_year", "participation")
            ),
            RESPONSIBLE,
        ),
        page_path=lambda entry: reverse("survey", args=[entry.slug]),
        **PUBLISHING,
    )
)
register(
    Versioned(
        model=Wave,
        groups=(
            Group("days", _("Dates"), ("starts_on", "ends_on")),
            Group(
                "places",
                _("Who is asked, and where"),
                ("groups", "is_everywhere", "organisations", "schools", "districts"),
            ),
            Group(
                "results",
                _("What came back"),
                (
                    "invited",
                    "answered",
                    "participation",
                    "findings_text",
                    "reported_on",
                ),
            ),
        ),
        page_path=page_of_wave,
        **PUBLISHING,
    )
)

"""What the history of findings holds; frozen figures are no part of it: they are copies
that nobody edits.
"""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from goals.versioned import PUBLISHING, RESPONSIBLE
from herne_bildung.city.versions import Child, Group, Versioned, register
from monitoring.models import Decision, Discussion, Finding


def discussion_in_words(row: Discussion) -> str:
    """ "Runder Tisch 09.11.2026: Es fehlt an Plätzen"."""
    return f"{row}: {row.note_de}" if row.note_de else str(row)


def decision_in_words(row: Decision) -> str:
    """ "16.11.2026: Es wird gehandelt"."""
    return f"{date_format(row.on, 'SHORT_DATE_FORMAT')}: {row.text_de}"


DECLARED = Versioned(
    model=Finding,
    children=(
        Child("discussions", _("discussions"), discussion_in_words),
        Child("decisions", _("decisions"), decision_in_words),
    ),
    groups=(
        Group("texts", _("Description"), ("title", "text", "effect")),
        Group("decisions", _("Decisions"), ("discussions", "decisions", "closed_on")),
        Group("follows", _("What follows"), ("measures", "offerings", "mandates")),
        RESPONSIBLE,
    ),
    page_path=lambda finding: reverse("finding", args=[finding.slug]),
    **PUBLISHING,
)
register(DECLARED)

"""An offer as the beginning of another one."""

from typing import Any

from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.lib.translation_state import take_over_state
from offerings.models import Offering

TEXTS = ("title", "summary", "description", "next_step")
# What is true of the copy as well; its address, state, source, confirmation, internal
# note, places left, pause and changed dates are its own.
COPIED = (
    *(f"{text}_{language.column}" for text in TEXTS for language in LANGUAGES),
    "provider",
    "topics",
    "places",
    "is_citywide",
    "format",
    "age_min_months",
    "age_max_months",
    "target_groups",
    "only_for",
    "languages",
    "is_accessible",
    "accessibility_note",
    "has_childcare",
    "is_free",
    "registration",
    "registration_url",
    "starts_on",
    "ends_on",
    "running_since",
    "is_holiday_programme",
    "quality_areas",
    "phone",
    "email",
    "website",
)
OWN_OF_ROW = ("id", "offering")


def values_of_copy(offering: Offering) -> dict[str, Any]:
    """What the form of a copy begins with: a draft that says it is a copy."""
    values = model_to_dict(offering, COPIED)
    title = _("%(title)s (copy)") % {"title": offering.title_de}
    return values | {"title_de": title[:200], "state": Offering.State.DRAFT}


def rows_of_copy(offering: Offering, relation: str) -> list[dict[str, Any]]:
    """Its schedules or prices, as the rows of a form begin with them."""
    return [
        model_to_dict(row, exclude=OWN_OF_ROW)
        for row in getattr(offering, relation).all()
    ]


def keep_translation_states(copy: Offering, source: Offering) -> None:
    """A translation that was outdated, or made by a machine, stays so in the copy
    where its text is the same.
    """
    for language in LANGUAGES:
        if language.code == DEFAULT_LANGUAGE:
            continue
        for text in TEXTS:
            column = f"{text}_{language.column}"
            if getattr(copy, column) == getattr(source, column):
                take_over_state(copy, source, text, language.code)

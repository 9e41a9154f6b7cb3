"""What the history of counselling holds (herne_bildung.city.versions)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from counselling.actions import reindex
from counselling.models import Concern, ContactRole, CounsellingOffice, OfficeConcern
from counselling.openings import exception_in_words, weekday_hours_in_words
from herne_bildung.city.versions import Child, Group, Versioned, register
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

State = CounsellingOffice.State
NAME = ("person_name", "name_consent_on", "name_shown_until")


def concern_in_words(link: OfficeConcern) -> str:
    """Which are main tasks is said."""
    return f"{link.concern} ({_('main task')})" if link.is_main else str(link.concern)


def hours_in_words(row: Any) -> str:
    return weekday_hours_in_words(row, get_language() or DEFAULT_LANGUAGE)


def other_hours_in_words(row: Any) -> str:
    return exception_in_words(row, get_language() or DEFAULT_LANGUAGE)


register(
    Versioned(
        model=CounsellingOffice,
        children=(
            Child("concern_links", _("what it helps with"), concern_in_words),
            Child("opening_hours", _("opening hours"), hours_in_words),
            Child("opening_exceptions", _("exceptions"), other_hours_in_words),
        ),
        owner_field="organisation",
        owners=lambda entry: [entry.organisation_id],
        state="state",
        public=State.PUBLISHED,
        drafts=(State.DRAFT, State.ARCHIVED),
        archived=(State.ARCHIVED,),
        # Which office is the general one is no fact of it.
        left_out=frozenset({"is_general"}),
        groups=(
            Group(
                "description",
                _("Description"),
                ("name", "summary", "description", "what_to_bring", "concern_links"),
            ),
            Group("people", _("For whom"), ("audiences", "districts", "school_forms")),
            Group(
                "when",
                _("Opening hours"),
                ("hours", "hours_note", "opening_hours", "opening_exceptions"),
            ),
            Group("where", _("Where"), ("place", "is_accessible", "is_citywide")),
            Group(
                "contact",
                _("Contact"),
                ("phone", "email", "website", "appointment_url", "languages", "ways"),
            ),
        ),
        after_save=lambda entry: reindex([entry.pk]),
        page_path=lambda entry: reverse("office", args=[entry.slug]),
    )
)
register(
    Versioned(
        model=ContactRole,
        owners=lambda entry: [entry.office.organisation_id],
        owners_through=("office",),
        # Exchanged for another one's, never taken away; and a name is kept nowhere
        # longer than its consent lasts.
        left_out=frozenset({"is_general", *NAME}),
        after_save=lambda entry: reindex([entry.office_id]),
        page_path=lambda entry: reverse("office", args=[entry.office.slug]),
    )
)
register(Versioned(model=Concern, after_save=lambda entry: reindex()))

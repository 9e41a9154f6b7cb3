"""What the site search shows of each kind: cards for components/offer_list.html."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.text import Truncator

from herne_bildung.city.models import Organisation, School
from herne_bildung.city.school_page import district_in_words
from herne_bildung.freshness.public import overdue_in_words, with_care
from herne_bildung.lib import analyser
from herne_bildung.lib.card_titles import card_title
from herne_bildung.lib.localized import Text, german, localized_entry

SUMMARY_LENGTH = 220
Card = dict[str, Any]


def title(text: Text, words: str, language: str) -> dict[str, Any]:
    """A title as cards have it, the words searched for marked."""
    groups = analyser.query_groups(words, language)
    return card_title(text, groups, language)


def school_cards(ids: Sequence[int], words: str, language: str) -> list[Card]:
    """Name, form, address, district of schools; one query."""
    schools = School.objects.select_related("place__district").only(
        "slug",
        "name",
        "form",
        "is_sample",
        "place__street",
        "place__postal_code",
        "place__city",
        "place__is_district_guessed",
        "place__district__name",
    )
    return [
        {
            "url": reverse("school", args=[school.slug]),
            "title": title(german(school.name, language), words, language),
            "topics": school.get_form_display(),
            "summary": german(school.place.address, language),
            "district_names": district_in_words(
                school.place, getattr(school.place.district, "name", "")
            ),
            "is_sample": school.is_sample,
        }
        for school in in_order(schools, ids)
    ]


def organisation_cards(ids: Sequence[int], words: str, language: str) -> list[Card]:
    """Name, kind, description and Träger of organisations; one query."""
    shown = []
    rows = with_care(Organisation.objects.select_related("parent"), "organisation")
    for entry in in_order(rows, ids):
        description = localized_entry(entry, "description", language)
        short = Truncator(description.text).chars(SUMMARY_LENGTH)
        shown.append(
            {
                "url": reverse("provider", args=[entry.slug]),
                "title": title(
                    localized_entry(entry, "name", language), words, language
                ),
                "topics": entry.get_kind_display(),
                "summary": Text(short, description.lang, description.dir),
                "provider": entry.parent
                and localized_entry(entry.parent, "name", language),
                "is_sample": entry.is_sample,
                "overdue": overdue_in_words(
                    entry.as_of, entry.care_confirmed_at, entry.care_due_on
                ),
            }
        )
    return shown


def in_order(rows: Any, ids: Sequence[int]) -> list[Model]:
    """The rows of these ids in their order; what is gone meanwhile is left out."""
    found = rows.in_bulk(list(ids)) if ids else {}
    return [found[pk] for pk in ids if pk in found]

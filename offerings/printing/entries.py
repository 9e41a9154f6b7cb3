"""An offer as paper shows it: plain data in one language, for the templates."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Place
from herne_bildung.freshness.public import (
    Freshness,
    freshness_of_many,
    notice_of_document,
)
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry
from offerings.dates.schedules import next_dates, school_holidays
from offerings.facts import rules_of
from offerings.facts_in_words import facts
from offerings.models import Offering
from offerings.places import place_facts
from offerings.printing.codes import way_to

Json = dict[str, Any]
# Offers made at a time, before the page hears of it.
PORTION = 25
# Hears how many offers of how many are done, and may stop the work.
Tell = Callable[[int, int], None]
# Dates and places on paper; its code leads to all of them.
MOST_DATES, MOST_PLACES = 3, 4


def named(found: Text) -> Json | str:
    """A text, with its language where that is not the paper's."""
    return {"text": found.text, "lang": found.lang} if found.lang else found.text


def german(text: str) -> Json:
    """A text that is German in every language: addresses, names."""
    return {"text": text, "lang": "de"}


def in_portions(
    offers: Sequence[Offering], languages: Sequence[str], tell: Tell
) -> dict[int, list[Json]]:
    """Each offer in each language, by id."""
    shown: dict[int, list[Json]] = {}
    for start in range(0, len(offers), PORTION):
        tell(start, len(offers))
        portion = offers[start : start + PORTION]
        made = entries(portion, languages)
        shown |= {one.pk: row for one, row in zip(portion, made, strict=True)}
    tell(len(offers), len(offers))
    return shown


def entry(
    offering: Offering,
    language: str,
    freshness: Freshness | None,
    holidays: list[tuple],
) -> Json:
    """What paper says of an offer in the active language; `freshness` is that of
    `freshness_of_many` in this language, `holidays` all school holidays.
    """
    path = reverse("offering", args=[offering.slug])
    # A place says that it is on site.
    is_said = bool(offering.places.all())
    found = [
        *(
            one
            for one in facts(offering, language)
            if one["label"] != _("How") or not is_said
        ),
        {"label": _("Next dates"), "lines": dates(offering, language, holidays)},
        {"label": _("Where"), "lines": places(offering, language)},
        {"label": _("Contact"), "lines": reached(offering)},
    ]
    lines = {one["label"]: one["lines"] for one in found}
    when = _("When") if lines[_("When")] else _("Next dates")
    return {
        "title": named(localized_entry(offering, "title", language)),
        "summary": named(localized_entry(offering, "summary", language)),
        "next_step": named(localized_entry(offering, "next_step", language)),
        "provider": provider(offering, language),
        "facts": [[one["label"], one["lines"]] for one in found if one["lines"]],
        # What decides whether it is of use at all.
        "in_short": [
            [label, lines[label]]
            for label in (_("For whom"), _("Age"), when, _("Where"), _("Costs"))
            if lines[label]
        ],
        "unknown": listed(one["label"] for one in found if not one["lines"]),
        "state": state(offering, freshness),
        "mark": _("Sample") if offering.is_sample else "",
        **way_to(path),
    }


def read(pks: Iterable[int]) -> list[Offering]:
    """Offers with all that paper shows of them; some queries for all together."""
    places = Prefetch("places", Place.objects.select_related("district"))
    return list(
        Offering.objects.filter(pk__in=list(pks))
        .select_related("provider")
        .prefetch_related("topics", places, "schedules", "occurrences", "cost_options")
    )


def entries(offers: Sequence[Offering], languages: Sequence[str]) -> list[list[Json]]:
    """Each of these offers in each language."""
    columns, holidays = [], school_holidays()
    for language in languages:
        with translation.override(language):
            known = freshness_of_many("offering", offers, language, with_samples=True)
            columns.append(
                [entry(one, language, known.get(one.pk), holidays) for one in offers]
            )
    return [list(row) for row in zip(*columns, strict=True)]


def dates(offering: Offering, language: str, holidays: list[tuple]) -> list[str]:
    """The next dates that are known today, and what is cancelled or moved of them."""
    rules = rules_of(offering, holidays)
    found = next_dates(offering, language, MOST_DATES, rules)
    return [": ".join(filter(None, [one["text"], one["note"]])) for one in found]


def places(offering: Offering, language: str) -> list[Json | str]:
    """Name, address and district of each place; a district may be probable only."""
    found: list[Json | str] = []
    all_places = list(offering.places.all())
    for place in all_places[:MOST_PLACES]:
        said = place_facts(place, language)
        after = ""
        if said["guessed"]:
            word = _("probably %(district)s") % {"district": said["guessed"]}
            after = f" – {word}"
        if said["as_of"]:
            after += f" ({_('as of %(year)s') % {'year': said['as_of']}})"
        found.append(
            {**german("\N{NO-BREAK SPACE}– ".join(said["german"])), "after": after}
        )
    if more := len(all_places) - len(found):
        text = ngettext("and %(number)s more place", "and %(number)s more places", more)
        found.append(text % {"number": more})
    return found


def provider(offering: Offering, language: str) -> Json | str:
    if offering.provider is None:
        return ""
    return named(localized_entry(offering.provider, "name", language))


def reached(offering: Offering) -> list[Json]:
    """Telephone, mail and website, of the offer or else of its provider."""
    found = contact(offering) or contact(offering.provider)
    if found is None:
        return []
    lines = (found["phone"], found["email"], found["website"])
    return [german(line) for line in lines if line]


def state(offering: Offering, freshness: Freshness | None) -> str:
    """When it was confirmed, or of which year the document is that says so."""
    if notice := notice_of_document(offering.as_of, freshness):
        return notice
    if freshness is None:
        return ""
    groups = (f"{one['label']}: {one['text']}" for one in freshness.groups)
    return freshness.sentence or listed(groups)

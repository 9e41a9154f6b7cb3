"""Offers as result lists show them: plain dicts, one query for a page."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.public import overdue_in_words, state_of_document
from herne_bildung.lib import analyser, clock
from herne_bildung.lib.card_titles import card_title
from herne_bildung.lib.dates import euros, moment_in_words
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import columns, isolated, localized
from offerings.ages import age_range_in_words
from offerings.badges import COLUMNS, badges, has_ended
from offerings.catalogue import Catalogue, catalogue
from offerings.choices import Format
from offerings.dates.asked import asked_dates, starts_asked_for
from offerings.dates.filters import NAME as DATES
from offerings.dates.slots import slots_now
from offerings.filters import OfferingFilter
from offerings.nearness import distance_in_words, nearest
from offerings.seasons import followers

CARD_COLUMNS = (
    "id slug next_start age_min_months age_max_months is_free format is_citywide"
    " languages is_sample as_of has_childcare is_accessible successor_id"
).split()
# How a card says which fact is missing, by filter.
UNKNOWN_FACTS = {
    # Of words, one of which names a district.
    "q": _("place not known"),
    "age": _("age not known"),
    "age_months": _("age not known"),
    "district": _("place not known"),
    "topic": _("topic not known"),
    "need": _("topic not known"),
    "target_group": _("for whom is not known"),
    "language": _("language not known"),
    "format": _("format not known"),
    "weekday": _("weekday not known"),
    "time": _("time not known"),
    "from": _("dates not known"),
    "perhaps": _("dates in the school holidays not known"),
    "within": _("place not known"),
    "cost": _("costs not known"),
    "accessible": _("accessibility not known"),
    "childcare": _("childcare not known"),
    "holidays": _("holidays not known"),
    "places": _("free places not known"),
    "registration": _("registration not known"),
    "starts_soon": _("start not known"),
    "only": _("for whom only is not known"),
}
Card = dict[str, Any]


@cache
def cards_sql(language: str) -> str:
    """The query for the cards of one page, in one language."""
    own = [*CARD_COLUMNS, *COLUMNS, *columns("title", "summary", language=language)]
    provider = columns("name", language=language)
    return (
        "SELECT "  # noqa: S608  only names of columns of ours are put in
        + ", ".join(f"o.{name}" for name in own)
        + ", p.slug AS provider_slug, "
        + ", ".join(f"p.{name} AS provider_{name}" for name in provider)
        + ", ARRAY(SELECT place_id FROM offerings_offering_places"
        " WHERE offering_id = o.id ORDER BY place_id) AS places"
        ", ARRAY(SELECT topic_id FROM offerings_offering_topics"
        " WHERE offering_id = o.id) AS topics"
        ", (SELECT min(amount) FROM offerings_costoption"
        " WHERE offering_id = o.id) AS price"
        ", m.confirmed_at, m.due_on"
        " FROM offerings_offering o"
        " LEFT JOIN city_organisation p ON p.id = o.provider_id"
        " LEFT JOIN freshness_maintainedentry m"
        " ON m.kind = 'offering' AND m.object_id = o.id AND NOT m.is_sample"
        " WHERE o.id = ANY(%s)"
    )


def rows_of(ids: Sequence[int], language: str) -> list[dict[str, Any]]:
    """The columns of these offers, in the order of the ids; missing ones left out."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(cards_sql(language), [list(ids)])
        names = [column.name for column in cursor.description]
        found = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
    return [found[pk] for pk in ids if pk in found]


def cards(ids: Sequence[int], *, found_by: OfferingFilter | None = None) -> list[Card]:
    """Cards for these offers in the active language.

    `found_by` marks the words searched for, names the facts that are unknown, and
    chooses the date shown by the days asked for.
    """
    language = get_language() or "de"
    offers = catalogue()
    addresses = Addresses()
    groups = ()
    if found_by and found_by.words_found:
        groups = analyser.query_groups(found_by.words_found, language)
    rows = rows_of(ids, language)
    if found_by and (asked := asked_dates(found_by.values)):
        upcoming = {row["id"]: row["next_start"] for row in rows}
        running = getattr(found_by, "running", ())
        starts = starts_asked_for(upcoming, asked, running)
        rows = [{**row, "next_start": starts[row["id"]]} for row in rows]
    today = clock.today()
    ended = [row["id"] for row in rows if row["successor_id"] and has_ended(row, today)]
    following = followers(ended, language) if ended else {}
    return [
        _card(row, language, offers, addresses, groups, found_by)
        | {
            "badges": badges(row, language, today),
            "follower": following.get(row["id"]),
        }
        for row in rows
    ]


def _card(
    row: dict[str, Any],
    language: str,
    offers: Catalogue,
    addresses: "Addresses",
    groups: Sequence,
    found_by: OfferingFilter | None,
) -> Card:
    title = localized(row, "title", language)
    topics = (offers.topics.by_pk.get(pk) for pk in row["topics"])
    return {
        "id": row["id"],
        "url": addresses.of(row["slug"]),
        "title": card_title(title, groups, language),
        "summary": localized(row, "summary", language),
        "provider": localized(row, "provider_name", language),
        "topics": " · ".join(str(topic.names[language]) for topic in topics if topic),
        "district_names": listed(where(row, offers, language)),
        "distance": how_far(row, offers, language, found_by),
        "ages": age_range_in_words(row["age_min_months"], row["age_max_months"]),
        "next_date": next_date_in_words(row, language, offers),
        "cost": cost_in_words(row["is_free"], row["price"], language),
        "language_names": listed(
            language_name(code, language) for code in row["languages"]
        ),
        "is_sample": row["is_sample"],
        "documented": state_of_document(row["as_of"], row["confirmed_at"]),
        "overdue": overdue_in_words(row["as_of"], row["confirmed_at"], row["due_on"]),
        "may_fit_reasons": unknown_facts(row["id"], found_by),
    }


def has_fallback(shown: Iterable[Card]) -> bool:
    """True when a card shows German text to readers of another language."""
    return any(card["title"]["lang"] or card["summary"].lang for card in shown)


class Addresses:
    """Addresses of offers in the active language; finding one takes as long as
    writing half a card, so it is found once for a page.
    """

    def __init__(self) -> None:
        self._before, _, self._after = reverse("offering", args=["-"]).rpartition("-")

    def of(self, slug: str) -> str:
        return f"{self._before}{slug}{self._after}"


def where(row: dict[str, Any], offers: Catalogue, language: str) -> list[str]:
    """Names of districts, or that it is everywhere."""
    if row["format"] in {Format.ONLINE, Format.AT_HOME}:
        return [str(Format(row["format"]).label)]
    if row["is_citywide"]:
        return [gettext("all of Herne")]
    names: dict[str, None] = {}
    for pk in row["places"]:
        place = offers.places.get(pk)
        node = offers.districts.by_pk.get(place.district_id) if place else None
        if node:
            name = isolated(node.name, language)
            if place.is_district_guessed:
                name = gettext("probably %(district)s") % {"district": name}
            names[name] = None
    return list(names)


def how_far(
    row: dict[str, Any],
    offers: Catalogue,
    language: str,
    found_by: OfferingFilter | None,
) -> str:
    """How far its nearest place is from where distances are measured; empty where
    nobody asked or it is not known.
    """
    start = getattr(found_by, "measured_from", None)
    if start is None:
        return ""
    metres = nearest(start.point, map(offers.places.get, row["places"]))
    return "" if metres is None else distance_in_words(metres, start, language)


def next_date_in_words(row: dict[str, Any], language: str, offers: Catalogue) -> str:
    """The date of a card; of one in the school holidays it may not be known whether it
    takes place.
    """
    moment = row["next_start"]
    text = date_in_words(moment, language)
    if moment is None or not slots_now(offers.index).is_perhaps(row["id"], moment):
        return text
    return gettext("%(date)s (school holidays: please ask)") % {"date": text}


def date_in_words(moment: datetime | None, language: str) -> str:
    """Weekday, day and time in Herne; empty for none."""
    return "" if moment is None else moment_in_words(moment, language)


def cost_in_words(is_free: bool | None, price: Any, language: str) -> str:
    """The cost as a card says it; empty where it is not known."""
    if is_free:
        return gettext("free of charge")
    if price is not None:
        return gettext("from %(amount)s") % {"amount": euros(price, language)}
    return "" if is_free is None else gettext("with costs")


def unknown_facts(entry: int, found_by: OfferingFilter | None) -> list[str]:
    """Why an offer only may fit: the facts asked for that are not known."""
    if found_by is None:
        return []
    names: list[str] = []
    for name, narrowing in found_by.narrowings.items():
        if entry not in narrowing.sure and entry in narrowing.unknown:
            names += found_by.reasons(entry) if name == DATES else [name]
    return [str(UNKNOWN_FACTS[name]) for name in names]

"""The family page for an address: what fits now, by need, and what fits soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from pyroaring import BitMap

from herne_bildung.city.filters import district_choices
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import Pairs, address
from herne_bildung.lib.listing import listed
from offerings.cards import Card, cards, has_fallback
from offerings.catalogue import Catalogue
from offerings.choices import TargetGroup
from offerings.facts import NO_NEED
from offerings.family.ages import (
    SCHOOL_AGE,
    SCHOOL_SOON,
    STAGES,
    age_groups,
    age_said,
    birth_choices,
    month_after,
    month_said,
)
from offerings.family.filters import FamilyFilter
from offerings.filters import NEEDS
from offerings.results import count_in_words

CARDS, ROWS = 3, 3
ICONS = {
    "meet": "people",
    "advice": "speech",
    "learn": "child",
    "childcare": "home",
    "language": "globe",
    "health": "heart",
    NO_NEED: "signpost",
}
# For whom welcome visits are, according to the documents of 2017.
WELCOME_UNTIL = 36
# Parents of school children look below these topics.
SCHOOL_TOPICS = ("schule-und-lernen", "freizeit-und-mitmachen")
PARAMETERS = ("age_months", "district")


@dataclass(slots=True)
class Group:
    """Offers for one need: a few of them, how many there are, a link to all."""

    key: str
    title: str
    icon: str
    cards: list[Card]
    count: int
    url: str

    @property
    def rest(self) -> int:
        return self.count - len(self.cards)


@dataclass(slots=True)
class Month:
    """What begins to fit in a month ahead; `url` is the page for the age then."""

    title: str
    age: str
    cards: list[Card]
    count: int
    url: str


@dataclass(slots=True)
class FamilyResults:
    """What `offerings/family.html` shows; `is_asked` once an age is given."""

    data: QueryDict
    errors: dict[str, list[str]]
    ages: list[dict[str, Any]]
    districts: list[dict[str, Any]]
    birth: dict[str, Any]
    is_asked: bool
    stages: list[dict[str, Any]]
    age: str = ""
    district_names: str = ""
    everywhere_url: str = ""
    folder_url: str = ""
    count_text: str = ""
    groups: tuple[Group, ...] = ()
    empty_needs: str = ""
    months: tuple[Month, ...] = ()
    maybe: tuple[Group, ...] = ()
    has_fallback: bool = False
    is_before_birth: bool = False
    gets_welcome_visit: bool = False
    is_school_soon: bool = False
    is_school_age: bool = False
    school_links: tuple[dict[str, str], ...] = ()


@dataclass(slots=True)
class _Picked:
    """A group before its cards are read."""

    key: str
    ids: list[int]
    count: int


def family_results(data: QueryDict, path: str, language: str) -> FamilyResults:
    """The family page for an address."""
    filters = FamilyFilter(data)
    age = filters.values.get("age_months")
    chosen = filters.values.get("district", ())
    page = FamilyResults(
        data=data,
        errors=filters.errors_by_field,
        ages=age_groups(age),
        districts=[
            {"value": key, "label": name, "depth": depth, "selected": key in chosen}
            for key, name, depth in district_choices(language, filters.districts)
        ],
        birth=birth_choices(clock.today(), language),
        is_asked=age is not None,
        stages=_stages(path, chosen),
        folder_url=reverse("family_folder"),
    )
    if age is not None:
        page.folder_url = _page_at(page.folder_url, age, chosen)
        _fill(page, filters, age, path, language)
    return page


def _stages(path: str, districts: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {
            "stage": stage,
            "links": [
                {"label": age_said(age), "url": _page_at(path, age, districts)}
                for age in stage.ages
            ],
        }
        for stage in STAGES
    ]


def _page_at(path: str, age: int, districts: Iterable[str]) -> str:
    """A page that asks for an age and districts, with both filled in."""
    pairs = [("age_months", str(age)), *(("district", key) for key in districts)]
    return address(path, pairs)


def _fill(
    page: FamilyResults, filters: FamilyFilter, age: int, path: str, language: str
) -> None:
    sure, maybe = filters.selection()
    now = _by_need(filters, sure, CARDS)
    asked = _by_need(filters, maybe, ROWS)
    ahead = _ahead(filters, sure, age)
    wanted = [pk for part in (*now, *asked, *ahead) for pk in part.ids]
    shown = {card["id"]: card for card in _cards(wanted, filters)}
    kept = _catalogue_pairs(filters, age)
    today = clock.today()

    def group(part: _Picked) -> Group:
        return Group(
            part.key,
            str(NEEDS[part.key]),
            ICONS[part.key],
            [shown[pk] for pk in part.ids if pk in shown],
            part.count,
            _list_address([("need", part.key), *kept]),
        )

    page.age = age_said(age)
    page.district_names = listed(
        filters.districts.label(filters.districts.by_key[key])
        for key in filters.values.get("district", ())
    )
    if page.district_names:
        page.everywhere_url = _page_at(path, age, ())
    page.count_text = count_in_words(len(sure), len(maybe))
    page.groups = tuple(group(part) for part in now if part.count)
    page.empty_needs = listed(
        str(NEEDS[part.key]) for part in now if not part.count and part.key != NO_NEED
    )
    page.maybe = tuple(group(part) for part in asked if part.count)
    page.months = tuple(
        Month(
            _("From %(month)s")
            % {"month": month_said(month_after(today, int(part.key) - age), language)},
            age_said(int(part.key)),
            [shown[pk] for pk in part.ids if pk in shown],
            part.count,
            _page_at(path, int(part.key), filters.values.get("district", ())),
        )
        for part in ahead
    )
    page.has_fallback = has_fallback(shown.values())
    page.is_before_birth = age < 0
    page.gets_welcome_visit = age <= WELCOME_UNTIL
    page.is_school_soon = SCHOOL_SOON <= age < SCHOOL_AGE
    page.is_school_age = age >= SCHOOL_AGE
    if age >= SCHOOL_SOON:
        page.school_links = _school_links(filters.catalogue, kept, language)


def _cards(ids: list[int], filters: FamilyFilter) -> list[Card]:
    """The cards of these offers; as a line, `facts_said` is what one sees first."""
    found = cards(list(dict.fromkeys(ids)), found_by=filters)
    for card in found:
        said = (card["next_date"], card["district_names"], card["documented"])
        card["facts_said"] = " · ".join(filter(None, said))
    return found


def _by_need(filters: FamilyFilter, selection: BitMap, limit: int) -> list[_Picked]:
    """A few offers for each need, in the order families are asked; those that are
    shown for one need already come last for the others. None is lost: what has no
    need comes under the last.
    """
    picked, shown, rest = [], BitMap(), selection.copy()
    for key in NEEDS:
        if key == NO_NEED:
            members = rest
        else:
            members = selection & filters.index.having("need", [key])
            rest -= members
        ids = filters.page(members - shown, 0, limit)
        ids += filters.page(members & shown, 0, limit - len(ids))
        shown |= BitMap(ids)
        picked.append(_Picked(key, ids, len(members)))
    return picked


def _ahead(filters: FamilyFilter, now: BitMap, age: int) -> list[_Picked]:
    """What begins to fit in the next months, before birth in the first half year, by
    the age then.
    """
    picked, known = [], now
    for months in filters.ages_ahead(age):
        new = filters.at_age(months) - known
        known = known | new
        if new:
            ids = filters.page(new, 0, ROWS)
            picked.append(_Picked(str(months), ids, len(new)))
    return picked


def _catalogue_pairs(filters: FamilyFilter, age: int) -> Pairs:
    """What was asked here as filters of the catalogue."""
    districts = [("district", key) for key in filters.values.get("district", ())]
    if age < 0:
        return [("target_group", str(TargetGroup.EXPECTANT)), *districts]
    return [("age", years_of(age)), *districts]


def years_of(months: int) -> str:
    """Months as the catalogue's filter reads years: "0.67" is 8 months."""
    return f"{months / 12:.2f}".rstrip("0").rstrip(".")


def _list_address(parameters: Pairs) -> str:
    return address(reverse("offerings"), parameters)


def _school_links(
    offers: Catalogue, kept: Pairs, language: str
) -> tuple[dict[str, str], ...]:
    """Topics of school children in the catalogue, for the age and district."""
    topics = offers.topics.by_key
    keys = [
        key
        for parent in SCHOOL_TOPICS
        if parent in topics
        for key in topics[parent].children
    ]
    return tuple(
        {
            "label": str(topics[key].names[language]),
            "url": _list_address([("topic", key), *kept]),
        }
        for key in keys
    )

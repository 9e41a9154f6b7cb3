"""The offices that are an answer to a concern, best first."""

from dataclasses import dataclass, field

from django.db.models import Q

from counselling.finder import ranking
from counselling.finder.ranking import Facts, Wish
from counselling.models import CounsellingOffice, OfficeConcern
from counselling.openings import Opening, calendar, opening_of
from herne_bildung.city.reference import Districts, districts
from herne_bildung.lib.languages import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Found:
    """An office with what decided on its place."""

    office: CounsellingOffice
    facts: Facts
    opening: Opening
    wish: Wish


@dataclass(slots=True)
class Answers:
    """The offices for a concern, and the general one, which is there for all."""

    found: list[Found] = field(default_factory=list)
    general: Found | None = None


def answers(
    concern_key: str | None,
    wish: Wish,
    reader: str = DEFAULT_LANGUAGE,
    known: Districts | None = None,
) -> Answers:
    """The offices that help with a concern, best first, and the general one, in as
    many queries however many there are. Without a concern only the general one.
    """
    links = OfficeConcern.objects.filter(concern__key=concern_key).values("office")
    offices = (
        CounsellingOffice.objects.answers()
        .filter(Q(pk__in=links) | Q(is_general=True))
        .for_pages()
        .prefetch_related("roles__concerns")
    )
    known = known or districts()
    is_holiday = calendar()
    found = Answers()
    by_pk: dict[int, Found] = {}
    for office in offices:
        opening = opening_of(office, is_holiday, reader)
        facts = facts_of(office, concern_key, opening, known)
        one = Found(office, facts, opening, wish)
        if office.is_general:
            found.general = one
        if any(link.concern.key == concern_key for link in office.concern_links.all()):
            by_pk[office.pk] = one
    ranked = ranking.rank([one.facts for one in by_pk.values()], wish)
    found.found = [by_pk[facts.pk] for facts in ranked]
    return found


def facts_of(
    office: CounsellingOffice,
    concern_key: str | None,
    opening: Opening,
    known: Districts,
) -> Facts:
    """What is known of an office that decides on its place."""
    return Facts(
        pk=office.pk,
        sort_key=office.sort_key,
        is_main=any(
            link.is_main and link.concern.key == concern_key
            for link in office.concern_links.all()
        ),
        audiences=frozenset(office.audiences),
        languages=frozenset(office.languages),
        has_interpreting=bool(office.has_interpreting),
        districts=districts_of(office, known),
        is_citywide=bool(office.is_citywide),
        is_open=bool(opening.is_open),
        opens=opening.next,
    )


def districts_of(office: CounsellingOffice, known: Districts) -> frozenset[str]:
    """Keys of the districts an office is in, with those around it but not the whole
    city, and of those it is responsible for, with those below.
    """
    keys: set[str] = set()
    place = office.place
    if place and (node := known.by_pk.get(place.district_id)):
        keys.update([node.key, *node.above][: node.depth or None])
    for district in office.districts.all():
        if node := known.by_pk.get(district.pk):
            keys.update([node.key, *node.below])
    return frozenset(keys)

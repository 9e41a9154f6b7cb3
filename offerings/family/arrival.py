"""The guided page for people who are new in Herne: two questions, then places to go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from pyroaring import BitMap

from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import Pairs, address
from herne_bildung.lib.languages import BY_CODE
from offerings.cards import Card, cards, has_fallback
from offerings.catalogue import Catalogue, catalogue
from offerings.family.texts import texts
from offerings.models import Offering

CARDS = 3
ALL = "all"
# Years that stand for a group of ages in the catalogue; none where it is about adults.
CHILDREN = {"baby": "1", "kita": "4", "primary": "7", "older": "12", "none": ""}
NEEDS = {
    "baby": ("visit", "childcare", "meet", "german", "help", "degree"),
    "kita": ("childcare", "child_german", "meet", "german", "help", "degree"),
    "primary": ("school", "child_german", "childcare", "german", "help", "degree"),
    "older": ("school", "child_german", "german", "help", "degree"),
    "none": ("german", "meet", "help", "degree"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a need leads: filters of the catalogue, offers that come first (slugs), a
    concern of the directory of advice, further pages by name.
    """

    filters: Pairs = field(default_factory=list)
    first: tuple[str, ...] = ()
    is_for_child: bool = False
    concern: str = ""
    pages: tuple[tuple[str, str], ...] = ()


WAYS = {
    "school": Way(
        [("topic", "schulberatung"), ("target_group", "newcomers")],
        concern="neu-in-der-schule",
        pages=(("schools_go", "schools"),),
    ),
    "childcare": Way(
        [("need", "childcare")],
        is_for_child=True,
        pages=(("centres_go", "family_centres"), ("family_go", "family")),
    ),
    "child_german": Way([("topic", "sprachfoerderung-kinder")], is_for_child=True),
    "german": Way([("topic", "deutsch-lernen")], concern="deutsch-lernen"),
    "meet": Way([("topic", "familientreffs")]),
    "help": Way(
        [("topic", "ankommen")],
        first=("interkulturelle-bildungsbotinnen", "integrationslotsinnen"),
        concern="ankommen",
    ),
    "degree": Way([("topic", "anerkennung")], concern="anerkennung"),
    "visit": Way(pages=(("visit_go", "welcome_visit"),)),
}


@dataclass(slots=True)
class Answer:
    """One need with what there is for it."""

    key: str
    title: str
    text: str
    cards: list[Card]
    has_list: bool
    links: list[dict[str, str]]


@dataclass(slots=True)
class ArrivalPage:
    """What `offerings/family/arrival.html` shows: a question with choices, or the
    answers. `given` are the answers of the reader, each with a way to change it.
    """

    texts: dict[str, Any]
    question: str
    number: int
    choices: list[dict[str, Any]]
    given: list[dict[str, str]]
    answers: list[Answer]
    languages: list[dict[str, str]]
    is_strange: bool

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": gettext("Family"), "url": reverse("family")}]

    @property
    def has_fallback(self) -> bool:
        return any(has_fallback(answer.cards) for answer in self.answers)


def arrival_page(data: QueryDict, path: str, language: str) -> ArrivalPage:
    """The page for an address; answers we do not know are asked for again."""
    words = texts("new_in_herne", language)
    child, need = data.get("child", ""), data.get("need", "")
    is_child = child in NEEDS
    is_need = is_child and need in {*NEEDS[child], ALL}
    given = []
    if is_child:
        label = words["children"][child]
        given.append({"text": label, "question": words["child_question"], "url": path})
    if is_need:
        label = words["needs"][need]["label"]
        back = address(path, [("child", child)])
        given.append({"text": label, "question": words["need_question"], "url": back})
    keys = NEEDS[child] if need == ALL else (need,)
    return ArrivalPage(
        texts=words,
        question="" if is_need else _question(words, is_child),
        number=len(given) + 1,
        choices=[] if is_need else _choices(words, path, child if is_child else ""),
        given=given,
        answers=_answers(keys, child, words) if is_need else [],
        languages=_languages(language) if is_need else [],
        is_strange=bool((child and not is_child) or (need and not is_need)),
    )


def _question(words: dict[str, Any], is_child: bool) -> str:
    return words["need_question"] if is_child else words["child_question"]


def _choices(words: dict[str, Any], path: str, child: str) -> list[dict[str, Any]]:
    if not child:
        return [
            {
                "text": words["children"][key],
                "url": address(path, [("child", key)]),
                "is_unsure": key == "none",
            }
            for key in CHILDREN
        ]
    return [
        {
            "text": words["needs"][key]["label"],
            "url": address(path, [("child", child), ("need", key)]),
            "is_unsure": key == ALL,
        }
        for key in (*NEEDS[child], ALL)
    ]


def _answers(keys: tuple[str, ...], child: str, words: dict[str, Any]) -> list[Answer]:
    """The needs with a few offers each, whose cards are read at once."""
    offers = catalogue()
    offers.refresh()
    asked = {key: _asked(WAYS[key], child, offers) for key in keys}
    first = _first(keys)
    ids = {
        key: _ids(
            pairs,
            offers,
            BitMap(first[slug] for slug in WAYS[key].first if slug in first),
        )
        for key, pairs in asked.items()
    }
    wanted = list(dict.fromkeys(pk for some in ids.values() for pk in some))
    shown = {card["id"]: card for card in cards(wanted)}
    return [
        Answer(
            key,
            words["needs"][key]["label"],
            words["needs"][key]["text"],
            [shown[pk] for pk in ids[key] if pk in shown],
            bool(asked[key]),
            _links(WAYS[key], asked[key], words),
        )
        for key in keys
    ]


def _asked(way: Way, child: str, offers: Catalogue) -> Pairs:
    """The filters of the catalogue for a way; none where it has none, or where staff
    removed the topic it names.
    """
    topics = [value for name, value in way.filters if name == "topic"]
    if any(key not in offers.topics.by_key for key in topics):
        return []
    if way.is_for_child and CHILDREN[child]:
        return [*way.filters, ("age", CHILDREN[child])]
    return way.filters


def _first(keys: Iterable[str]) -> dict[str, int]:
    """Ids of the offers that come first for these needs, by slug."""
    slugs = [slug for key in keys for slug in WAYS[key].first]
    if not slugs:
        return {}
    published = Offering.objects.published(clock.today())
    return dict(published.filter(slug__in=slugs).values_list("slug", "pk"))


def _ids(asked: Pairs, offers: Catalogue, first: BitMap) -> list[int]:
    """Of the first offers that these filters leave; where none surely fits, of those
    that may.
    """
    if not asked:
        return []
    sure = possible = offers.visible()
    for name, value in asked:
        if name == "age":
            found = offers.index.covering(name, int(value) * 12)
        else:
            found = offers.index.having(name, [value])
        sure = sure & found
        possible = possible & (found | offers.index.unknown[name])
    found = sure or possible
    ids = offers.page(found & first, "date", 0, CARDS)
    return ids + offers.page(found - first, "date", 0, CARDS - len(ids))


def _links(way: Way, asked: Pairs, words: dict[str, Any]) -> list[dict[str, str]]:
    links = []
    if asked:
        url = address(reverse("offerings"), asked)
        links.append({"label": words["all_go"], "url": url})
    if way.concern:
        url = address(reverse("offices"), [("concern", way.concern)])
        links.append({"label": words["advice_go"], "url": url})
    pages = ({"label": words[text], "url": reverse(name)} for text, name in way.pages)
    return [*links, *pages]


def _languages(language: str) -> list[dict[str, str]]:
    """Languages that offers name, in their own names, the reader's first; each leads
    to the offers in it.
    """
    present = catalogue().index.values["language"]
    own = BY_CODE[language].spoken_code
    codes = [code for code in SpokenLanguage.values if present.get(code)]
    codes.sort(key=lambda code: code != own)
    return [
        {
            "lang": code,
            "label": str(SpokenLanguage(code).label),
            "url": address(reverse("offerings"), [("language", code)]),
        }
        for code in codes
    ]

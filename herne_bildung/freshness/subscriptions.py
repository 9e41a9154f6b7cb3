"""What readers can follow by mail: every app declares its kinds here.

An app makes something followable with one class in its module `following`:

    class GoalKind(ItemKind):
        name, word, label = "goal", "ziel", _("action goal")
        …

    register(GoalKind())

Asking, confirming, mails, managing and ending follow.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import override

from herne_bildung.freshness.models import SeenItem
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text

NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new, for a mail. `what` is in the reader's language ("New
    measure"), `title` says of what, `text` more of it; `path` leads there.
    """

    what: str
    title: Text = NOTHING
    text: Text = NOTHING
    path: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is followed, as readers call it, and its page. `own_title` has words that
    a reader chose: for pages, and for mails to who confirmed it.
    """

    title: Text
    path: str
    own_title: Text = NOTHING

    @property
    def to_its_reader(self) -> "Thing":
        """As it is called to those who chose its words."""
        return replace(self, title=self.own_title or self.title)


class SubscriptionKind(ABC):
    """Something that can be followed; its entries are told apart by a key.

    `name` is for ever; `word` stands in addresses; `label` is for staff;
    `days_between` two mails at least: 1 daily, 7 weekly; `remark` says on the form
    what is told and what is not.
    """

    name: str
    word: str
    label: str
    days_between: int = 7
    remark: str = ""

    @abstractmethod
    def things(self, keys: Iterable[str], language: str) -> Mapping[str, Thing]:
        """What these keys name, in a fixed number of queries; without those that are
        not on the site. Keys come from addresses and may be anything.

        Titles stand in mails to addresses that nobody has confirmed yet: never a text
        that the one who asks has chosen; `own_title` may have it.
        """

    @abstractmethod
    def news_since(
        self, key: str, since: datetime, until: datetime, language: str
    ) -> list[News]:
        """What became public after `since`, until `until`; the oldest first."""

    def look(self, keys: Iterable[str], now: datetime) -> None:
        """Called before news are asked for, and when something is followed anew."""
        return


class ItemKind(SubscriptionKind):
    """A kind whose entries have items, each told once when it is first seen in public:
    drafts that are published later count from then on.
    """

    @abstractmethod
    def items(self, key: str, language: str) -> Mapping[str, News]:
        """What is public at present, in the order of a mail, by mark: what an item is
        known by for ever, 80 signs at most.
        """

    def look(self, keys: Iterable[str], now: datetime) -> None:
        """Note what is there."""
        keys = set(keys)
        seen = set(
            SeenItem.objects.filter(kind=self.name, key__in=keys).values_list(
                "key", "mark"
            )
        )
        new = [
            SeenItem(kind=self.name, key=key, mark=mark, seen_at=now)
            for key in sorted(keys)
            for mark in self.items(key, DEFAULT_LANGUAGE)
            if (key, mark) not in seen
        ]
        SeenItem.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)

    def news_since(
        self, key: str, since: datetime, until: datetime, language: str
    ) -> list[News]:
        """Items seen first in this time that are public still."""
        new = set(
            SeenItem.objects.filter(
                kind=self.name, key=key, seen_at__gt=since, seen_at__lte=until
            ).values_list("mark", flat=True)
        )
        if not new:
            return []
        items = self.items(key, language).items()
        return [news for mark, news in items if mark in new]


# The news of so many entries are remembered in a run.
KEPT_NEWS = 500


@dataclass
class NewsOfOneRun:
    """Asks for the same news once for many who follow something; how much it remembers
    does not grow with what is followed.
    """

    until: datetime
    _known: dict[tuple, list[News]] = field(default_factory=dict)

    def of(self, kind: str, key: str, since: datetime, language: str) -> list[News]:
        """What is new of an entry; nothing of what is not on the site."""
        asked = (kind, key, since, language)
        if asked not in self._known:
            if len(self._known) >= KEPT_NEWS:
                del self._known[next(iter(self._known))]
            declared = kinds().get(kind)
            with override(language):
                is_there = declared is not None and declared.things([key], language)
                self._known[asked] = (
                    declared.news_since(key, since, self.until, language)
                    if is_there
                    else []
                )
        return self._known[asked]


_registered: dict[str, SubscriptionKind] = {}


def register(kind: SubscriptionKind) -> None:
    """Make a kind known."""
    _registered[kind.name] = kind


@cache
def _discover() -> None:
    autodiscover_modules("following")


def kinds() -> Mapping[str, SubscriptionKind]:
    """All kinds by name, from the modules `following` of all apps."""
    _discover()
    return _registered


def kind_of_word(word: str) -> SubscriptionKind | None:
    """The kind that an address names."""
    return next((kind for kind in kinds().values() if kind.word == word), None)


def follow_path(kind: str, key: str | int) -> str:
    """The form to follow something, in the active language; for
    `components/follow_link.html`.
    """
    return reverse("subscribe", args=[kinds()[kind].word, str(key)])


def things_of(
    rows: Iterable[Any], language: str
) -> dict[tuple[str, str], Thing | None]:
    """What these rows of Subscription follow, by kind and key, with paths in the active
    language; None for what is not on the site.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.kind].add(row.key)
    found: dict[tuple[str, str], Thing | None] = {}
    for name, keys in wanted.items():
        things = kinds()[name].things(keys, language) if name in kinds() else {}
        found |= {(name, key): things.get(key) for key in keys}
    return found

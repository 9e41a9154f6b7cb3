"""What readers can follow of the catalogue by mail: any search, without an account."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pyroaring import BitMap

from herne_bildung.freshness.subscriptions import (
    News,
    SubscriptionKind,
    Thing,
    register,
)
from herne_bildung.lib.listing import listed, listed_apart
from herne_bildung.lib.localized import Text, localized
from offerings import noticed
from offerings.asked import in_words
from offerings.cards import Addresses, date_in_words, rows_of, where
from offerings.filters import OfferingFilter
from offerings.noticed import Noticed
from offerings.saved_search import list_path, search_of

# So many offers stand in a mail; how many more there are it says.
MOST_TOLD = 20
# Who was told later than that shares what a run reads; nobody waits longer, but after
# a standstill.
USUALLY_TOLD = timedelta(days=8)
NewsOfRun = tuple[Mapping[int, Noticed], BitMap]
PARTS = {
    "title": gettext_lazy("title"),
    "dates": gettext_lazy("dates and times"),
    "place": gettext_lazy("place"),
    "price": gettext_lazy("price"),
    "registration": gettext_lazy("registration"),
}


class SearchKind(SubscriptionKind):
    """New offers of a search, changed ones, and those that come back."""

    name, word, label = "search", "suche", gettext_lazy("search for offers")
    days_between = 7
    remark = gettext_lazy(
        "We tell you about new offers, about those with other dates, places, prices or"
        " ways to register, and about those that come back. Choices like “today” and"
        " how far something is from you are left out: the mail comes some days later."
    )

    def things(self, keys: Iterable[str], language: str) -> Mapping[str, Thing]:
        found = {key: search_of(key, language) for key in keys}
        return {
            key: self._thing(search, language)
            for key, search in found.items()
            if search is not None
        }

    def _thing(self, search: OfferingFilter, language: str) -> Thing:
        said = in_words(search, language, with_own_words=False)
        own = in_words(search, language) if "q" in search.values else ""
        title = _("Offers: %(search)s")
        return Thing(
            title=Text(title % {"search": said}),
            path=list_path(search),
            own_title=Text(title % {"search": own} if own else ""),
        )

    def look(self, keys: Iterable[str], now: datetime) -> None:
        _read.cache_clear()
        noticed.look(now)

    def news_since(
        self, key: str, since: datetime, until: datetime, language: str
    ) -> list[News]:
        news, told_of = _news_of_run(since, until)
        if not told_of or (search := search_of(key, language)) is None:
            return []
        sure, maybe = (
            noticed.new_ids(((pk, news[pk]) for pk in found & told_of), since)
            for found in search.selection()
        )
        ids = _first(search, sure, maybe)
        told = [
            _told(row, news[row["id"]], since, row["id"] in maybe, search, language)
            for row in rows_of(ids, language)
        ]
        if more := len(sure) + len(maybe) - len(ids):
            text = ngettext("and %(number)s more", "and %(number)s more", more)
            told.append(News(text % {"number": more}, path=list_path(search)))
        return told


def _news_of_run(since: datetime, until: datetime) -> NewsOfRun:
    """What is new of all offers; read once for nearly all who are told in a run."""
    return _read(min(since, until - USUALLY_TOLD), until)


# One for nearly all, and some for those who were not told for long.
@lru_cache(maxsize=4)
def _read(since: datetime, until: datetime) -> NewsOfRun:
    news = noticed.news_since(since, until)
    return news, BitMap(news)


def _first(search: OfferingFilter, sure: BitMap, maybe: BitMap) -> list[int]:
    """Those that surely fit come first, by their next date."""
    ids = search.catalogue.page(sure, "date", 0, MOST_TOLD)
    return ids + search.catalogue.page(maybe, "date", 0, MOST_TOLD - len(ids))


def _told(
    row: dict[str, Any],
    noticed_of: Noticed,
    since: datetime,
    is_maybe: bool,
    search: OfferingFilter,
    language: str,
) -> News:
    """One offer as a mail tells it."""
    facts = [
        _what(noticed_of, since),
        _("may fit") if is_maybe else "",
        date_in_words(row["next_start"], language),
        listed(where(row, search.catalogue, language)),
    ]
    return News(
        what=listed_apart(filter(None, facts)),
        title=localized(row, "title", language),
        text=localized(row, "summary", language),
        path=Addresses().of(row["slug"]),
    )


def _what(noticed_of: Noticed, since: datetime) -> str:
    if noticed_of.came_after(since):
        return _("Available again") if noticed_of.is_back else _("New offer")
    changed = noticed_of.changed_after(since)
    parts = listed(str(label) for part, label in PARTS.items() if part in changed)
    return _("Changed: %(what)s") % {"what": parts}


register(SearchKind())

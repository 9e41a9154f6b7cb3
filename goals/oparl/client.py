"""Answers of a council's system as JSON, and its lists page by page.

Servers differ from the standard: a list without `links` or `pagination` is one page,
a bare array is a list, `next` may be relative. What is odd is noted, not refused.
"""

import json
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.conf import settings

from goals.models import OParlWarning
from goals.oparl.fetching import Fetcher, Unreachable, fetcher_for
from goals.oparl.problems import Problems

Kind = OParlWarning.Kind
# The longest a server may ask us to wait, in seconds.
MOST_WAIT = 60
# Meetings and organisations are named by many papers: so many are remembered.
KEPT = 2000
BUSY = {408, 425, 429}
NOT_JSON = "not_json"
# Characters in the address of a page.
LONGEST_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `next` is empty at the end, `total` None where not said."""

    items: list[Any]
    next: str
    total: int | None


@dataclass
class Client:
    """Asks one council's system."""

    fetcher: Fetcher
    problems: Problems
    _known: OrderedDict[str, Any] = field(default_factory=OrderedDict)

    def get(self, address: str) -> Any:
        """What an address answers, as JSON values; Unreachable in the end."""
        waits = list(settings.OPARL_RETRY_SECONDS)
        while True:
            try:
                return self._get(address)
            except Unreachable as trouble:
                if not trouble.is_passing or not waits:
                    raise
                time.sleep(waits.pop(0))

    def _get(self, address: str) -> Any:
        answer = self.fetcher.fetch(address)
        if answer.status >= 500 or answer.status in BUSY:
            if settings.OPARL_RETRY_SECONDS:
                time.sleep(min(answer.wait, MOST_WAIT))
            raise Unreachable(address, str(answer.status), is_passing=True)
        if answer.status != 200:
            raise Unreachable(address, str(answer.status), is_passing=False)
        try:
            return json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            # Half an answer looks like this too.
            raise Unreachable(address, NOT_JSON, is_passing=True) from error

    def lookup(self, address: str) -> dict[str, Any] | None:
        """An object that others name by its address; None, and noted once, where it
        cannot be had.
        """
        if address in self._known:
            self._known.move_to_end(address)
            return self._known[address]
        try:
            found = self.get(address)
        except Unreachable as trouble:
            self.problems.add(Kind.NOT_READABLE, address, trouble.reason)
            found = None
        if found is not None and not isinstance(found, dict):
            self.problems.add(Kind.WRONG_TYPE, address)
            found = None
        self.remember(address, found)
        return found

    def remember(self, address: str, found: dict[str, Any] | None) -> None:
        """Keep an object that came with another one, so that nobody asks for it."""
        self._known[address] = found
        while len(self._known) > KEPT:
            self._known.popitem(last=False)

    def page(self, address: str) -> Page:
        """A page of a list; Unreachable, also where that is no list."""
        return self.as_page(address, self.get(address))

    def as_page(self, address: str, found: Any) -> Page:
        """The same for an answer at hand."""
        if isinstance(found, list):
            self.problems.add(Kind.ODD_LIST, address, "array")
            return Page(found, "", None)
        items = found.get("data") if isinstance(found, dict) else None
        if not isinstance(items, list):
            raise Unreachable(address, "no_list", is_passing=False)
        return Page(items, self._next(address, found), _total(found))

    def _next(self, address: str, answer: dict[str, Any]) -> str:
        links = answer.get("links")
        if not isinstance(links, dict):
            if links:
                self.problems.add(Kind.ODD_LIST, address, "links")
            return ""
        named = links.get("next")
        if not named:
            return ""
        found = urljoin(address, named) if isinstance(named, str) else address
        if found == address or len(found) > LONGEST_PAGE:
            self.problems.add(Kind.ODD_LIST, address, "links.next")
            return ""
        return found


def _total(found: dict[str, Any]) -> int | None:
    pagination = found.get("pagination")
    total = pagination.get("totalElements") if isinstance(pagination, dict) else None
    is_number = isinstance(total, int) and not isinstance(total, bool)
    return total if is_number and total >= 0 else None


def client_for(address: str, problems: Problems) -> Client:
    """A client for the system at an address."""
    return Client(fetcher_for(address), problems)


def changed_since(address: str, moment: datetime | None) -> str:
    """The address of a list, of what changed since then, deleted objects included."""
    if moment is None:
        return address
    parts = urlsplit(address)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != "modified_since"]
    query.append(("modified_since", moment.isoformat(timespec="seconds")))
    return parts._replace(query=urlencode(query)).geturl()

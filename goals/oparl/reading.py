"""Objects of a council's system as facts of ours, whatever form they have.

What 1.1 has inside a paper may be an address with others, and the reverse; fields may
be missing, unknown or of a wrong type. Whatever cannot be read is noted with the
address of its object, and the rest is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goals.models import OParlWarning
from goals.oparl.client import Client
from goals.oparl.problems import Problems
from goals.oparl.values import Values, reference, web_address

Kind = OParlWarning.Kind


@dataclass(frozen=True, slots=True)
class Part:
    """A consultation or an attachment."""

    oparl_id: str
    is_deleted: bool
    values: dict[str, str]
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. `consultations` and `files` are None where the server says nothing of
    them; `unread` are addresses of parts that could not be had this time.
    """

    oparl_id: str
    is_deleted: bool
    modified: datetime | None
    year: int = 0
    number: str = ""
    licence: str = ""
    values: dict[str, str] = field(default_factory=dict)
    consultations: list[Part] | None = None
    files: list[Part] | None = None
    unread: frozenset[str] = frozenset()


class Reader:
    """Reads papers, and asks for what they only name."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.problems: Problems = client.problems

    def stub(self, item: Any, page: str) -> Paper | None:
        """Of an entry of a list of papers only what needs no further request; None
        where it is no paper.
        """
        raw = self._object(item, page)
        if raw is None:
            return None
        oparl_id = web_address(raw.get("id"))
        if not oparl_id:
            self.problems.add(Kind.NO_ADDRESS, page)
            return None
        kind = raw.get("type")
        if not isinstance(kind, str) or not kind.endswith("/Paper"):
            self.problems.add(Kind.WRONG_TYPE, oparl_id, str(kind or "type"))
            if isinstance(kind, str) and "/" in kind:
                return None
        values = Values(raw, oparl_id, self.problems)
        return Paper(oparl_id, values.yes("deleted"), values.moment("modified"))

    def paper(self, item: Any, page: str) -> Paper | None:
        """A paper with its parts; None, and noted, where it cannot be one of ours."""
        stub = self.stub(item, page)
        if stub is None or stub.is_deleted:
            return stub
        raw = self._object(item, page)
        values = Values(raw, stub.oparl_id, self.problems)
        day = values.day("date")
        found = reference(values.text("reference", 100), day)
        if found is None:
            self.problems.add(Kind.NO_NUMBER, stub.oparl_id)
            return None
        year, number = found
        unread: set[str] = set()
        resolutions: list[tuple[bool, str]] = []
        consultations = self._parts(values, "consultation", unread)
        files = self._files(values, unread)
        shown = None
        if consultations is not None:
            shown = [
                part
                for one in consultations
                if (part := self._consultation(one, resolutions, unread))
            ]
        resolutions.sort(key=lambda one: one[0])
        return Paper(
            stub.oparl_id,
            False,
            stub.modified,
            year,
            number,
            values.text("license", 60),
            {
                "title_de": values.text("name", 400) or f"{year}/{number}",
                "paper_type": values.text("paperType", 100),
                "dated": day,
                "lead": self._names(values, "underDirectionOf", 200),
                "website": values.web_address("web"),
                # Of the committee that decides, where several have a text.
                "resolution": resolutions[-1][1] if resolutions else "",
            },
            shown,
            files,
            frozenset(unread),
        )

    def _object(self, item: Any, place: str) -> dict[str, Any] | None:
        """An object itself, or the one an address names."""
        if isinstance(item, dict):
            return item
        if address := web_address(item):
            return self.client.lookup(address)
        self.problems.add(Kind.WRONG_TYPE, place)
        return None

    def _parts(
        self, values: Values, name: str, unread: set[str]
    ) -> list[Values] | None:
        """The objects of a list, wherever they stand. Addresses of those that could
        not be had go to `unread`.
        """
        several = values.several(name)
        if several is None:
            return None
        found = []
        for item in several:
            raw = self._object(item, values.address)
            own = item if raw is None else raw.get("id")
            address = web_address(own) or web_address(item)
            if raw is None:
                unread.add(address)
            else:
                if not address:
                    self.problems.add(Kind.NO_ADDRESS, values.address, name)
                found.append(Values(raw, address or values.address, self.problems))
        return found

    def _files(self, values: Values, unread: set[str]) -> list[Part] | None:
        """Main file and attachments."""
        main = self._parts(values, "mainFile", unread) if self._main(values) else None
        others = self._parts(values, "auxiliaryFile", unread)
        if main is None and others is None:
            return None
        found: dict[str, Part] = {}
        for one in [*(main or ()), *(others or ())]:
            address = web_address(one.raw.get("id"))
            url = one.web_address("accessUrl", "downloadUrl")
            name = one.text("name", 300) or one.text("fileName", 300)
            name = name or url.rpartition("/")[2][:300]
            if name:
                part = Part(address, one.yes("deleted"), {"name": name, "url": url})
                found[address or f"{name} {url}"] = part
        return list(found.values())

    def _main(self, values: Values) -> bool:
        """The main file is one object: made a list, so that it is read like others."""
        main = values.raw.get("mainFile")
        if main and not isinstance(main, list):
            values.raw["mainFile"] = [main]
        return bool(main)

    def _consultation(
        self, one: Values, resolutions: list[tuple[bool, str]], unread: set[str]
    ) -> Part | None:
        """A consultation, with what its meeting and its item of the agenda say."""
        address = web_address(one.raw.get("id"))
        if one.yes("deleted"):
            return Part(address, True, {})
        item = self._linked(one, "agendaItem")
        meeting = self._linked(one, "meeting")
        if meeting is None and item is not None:
            meeting = self._linked(item, "meeting")
        if item is None and meeting is not None:
            item = self._item_of(meeting, address)
        committee = self._names(one, "organization", 200)
        if meeting is not None and not committee:
            committee = self._names(meeting, "organization", 200)
            committee = committee or meeting.text("name", 200)
        if not committee:
            self.problems.add(Kind.NO_COMMITTEE, one.address)
            unread.add(address)
            return None
        if item is not None and (text := item.long_text("resolutionText")):
            resolutions.append((one.raw.get("authoritative") is True, text))
        for name, found in (("meeting", meeting), ("agendaItem", item)):
            if one.raw.get(name) and found is None:
                unread.add(address)
        values = {
            "committee": committee,
            "day": meeting.day("start") if meeting is not None else "",
            "role": one.text("role", 100),
            "result": item.text("result", 200) if item is not None else "",
        }
        return Part(address, False, values, one.moment("modified"))

    def _linked(self, one: Values, name: str) -> Values | None:
        """An object that another one has or names."""
        value = one.raw.get(name)
        if not value:
            return None
        raw = self._object(value, one.address)
        if raw is None or Values(raw, one.address, self.problems).yes("deleted"):
            return None
        address = web_address(raw.get("id")) or web_address(value) or one.address
        return Values(raw, address, self.problems)

    def _item_of(self, meeting: Values, consultation: str) -> Values | None:
        """The item of a meeting's agenda that is about a consultation."""
        for raw in _objects(meeting.raw.get("agendaItem")):
            named = raw.get("consultation")
            named = named.get("id") if isinstance(named, dict) else named
            if consultation and web_address(named) == consultation:
                address = web_address(raw.get("id")) or meeting.address
                return Values(raw, address, self.problems)
        return None

    def _names(self, values: Values, name: str, longest: int) -> str:
        """Names of the organisations a field names."""
        found = []
        for item in values.several(name) or ():
            raw = self._object(item, values.address)
            if raw is not None:
                address = web_address(raw.get("id")) or values.address
                organisation = Values(raw, address, self.problems)
                text = organisation.text("name", longest)
                found.append(text or organisation.text("shortName", longest))
        joined = ", ".join(dict.fromkeys(filter(None, found)))
        return joined if len(joined) <= longest else joined[: longest - 1] + "…"


def _objects(values: Any) -> Iterator[dict[str, Any]]:
    for one in values if isinstance(values, list) else ():
        if isinstance(one, dict):
            yield one

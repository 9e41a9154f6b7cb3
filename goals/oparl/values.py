"""Single values of a server's object as we keep them; what is odd is noted."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from goals.models import OParlWarning
from goals.oparl.problems import Problems
from herne_bildung.lib.clock import BERLIN

Kind = OParlWarning.Kind
LONGEST_ADDRESS = 500
# "2013/0502"; and what else may hold a year and a number: "1234/2014", "V-20/0815".
REFERENCE = re.compile(r"^((?:19|20)\d\d)\s*/\s*([0-9A-Za-z-]{1,20})$")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
NOT_IN_A_NUMBER = re.compile(r"[^0-9A-Za-z]+")
LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one object; `address` names it in remarks."""

    raw: dict[str, Any]
    address: str
    problems: Problems

    def text(self, name: str, longest: int) -> str:
        """A text on one line; empty where there is none."""
        return " ".join(self.long_text(name, longest).split())

    def long_text(self, name: str, longest: int = 50_000) -> str:
        """A text with its lines."""
        value = self.raw.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._wrong(name)
            value = str(value)
        if value is None or not isinstance(value, str):
            if value not in (None, [], {}):
                self._wrong(name)
            return ""
        found = value.replace("\0", "").strip()
        if len(found) > longest:
            self.problems.add(Kind.SHORTENED, self.address, name)
            found = found[: longest - 1].rstrip() + "…"
        return found

    def web_address(self, *names: str) -> str:
        """The first of these that a browser may open: http or https."""
        for name in names:
            if not (value := self.raw.get(name)):
                continue
            if found := web_address(value):
                return found
            self._wrong(name)
        return ""

    def day(self, name: str) -> str:
        """A day, "2013-10-24", of a date or of a moment by the clocks of Herne."""
        value = self.raw.get(name)
        if value in (None, ""):
            return ""
        try:
            if len(value) == len("2013-10-24"):
                return date.fromisoformat(value).isoformat()
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            self._wrong(name)
            return ""
        if moment.tzinfo is not None:
            moment = moment.astimezone(BERLIN)
        return moment.date().isoformat()

    def moment(self, name: str) -> datetime | None:
        """A moment; one without a zone is taken for one of Herne."""
        value = self.raw.get(name)
        if value in (None, ""):
            return None
        try:
            moment = datetime.fromisoformat(value)
            known = moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)
            return known.astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            self._wrong(name)
            return None

    def yes(self, name: str) -> bool:
        """Whether something is true; the words "true" and "1" are, too."""
        value = self.raw.get(name, False)
        if not isinstance(value, bool) and value is not None:
            self._wrong(name)
        return str(value).lower() in {"true", "1"}

    def several(self, name: str) -> list[Any] | None:
        """A list; one thing alone is a list of it; None where nothing is said."""
        value = self.raw.get(name)
        if value is None:
            return None
        if isinstance(value, list):
            return value
        self._wrong(name)
        return [value] if isinstance(value, dict | str) and value else []

    def _wrong(self, name: str) -> None:
        self.problems.add(Kind.WRONG_TYPE, self.address, name)


def web_address(value: Any) -> str:
    """An address that may be linked or asked, spaces and umlauts in it written out;
    empty for everything else.
    """
    if not isinstance(value, str):
        return ""
    found = quote(value.strip(), safe="/%:=&?#+!$,;'@()*~[]")
    try:
        parts = urlsplit(found)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return found if is_web and len(found) <= LONGEST_ADDRESS else ""


def reference(given: str, day: str) -> tuple[int, str] | None:
    """Year and number of a paper, from its reference number; without a year in it,
    that of its day. None where either is not known.
    """
    if exact := REFERENCE.match(given):
        return int(exact[1]), exact[2]
    year = YEAR.search(given)
    rest = given[: year.start()] + " " + given[year.end() :] if year else given
    number = NOT_IN_A_NUMBER.sub("-", rest).strip("-")[:LONGEST_NUMBER].strip("-")
    if not number or not (year or day):
        return None
    return int(year[1] if year else day[:4]), number

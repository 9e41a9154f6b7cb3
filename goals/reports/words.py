"""The words of reports. They are papers for the council, in German whatever language
someone reads the portal in, and must read the same in ten years: so they stand here
and not in the catalogues.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from herne_bildung.lib.dates import day_in_words

UNKNOWN = "nicht bekannt"
STATUS = {
    None: UNKNOWN,
    "planned": "geplant",
    "running": "läuft",
    "paused": "ruht",
    "done": "abgeschlossen",
    "given_up": "aufgegeben",
}
CHALLENGE = {
    None: UNKNOWN,
    "open": "offen",
    "worked_on": "in Arbeit",
    "solved": "gelöst",
}
MANDATE = {
    None: UNKNOWN,
    "open": "offen",
    "worked_on": "in Arbeit",
    "done": "erledigt",
    "dropped": "entfallen",
}
VERDICT = {
    "stays": "bleibt bestehen",
    "adapted": "wird angepasst",
    "ends": "endet",
}
FINISHED = {"done", "given_up"}
CLOSED_MANDATE = {"done", "dropped"}
INNER_MARKS = str.maketrans({"„": "‚", "“": "‘", "”": "‘"})


def years(period: dict[str, Any]) -> str:
    """ "2013–2017"."""
    return f"{period['first_year']}–{period['last_year']}"


def day(value: str | None) -> str:
    """ "3. Dezember 2026" of an ISO date; what is not known is said so."""
    return day_in_words(date.fromisoformat(value), "de") if value else UNKNOWN


def short_day(value: str | None) -> str:
    """ "03.12.2026", for tables."""
    return f"{date.fromisoformat(value):%d.%m.%Y}" if value else UNKNOWN


def partial_day(value: str | None) -> str:
    """The same of a year, a month, or a day: "2013-10" is "10/2013"."""
    if not value:
        return UNKNOWN
    parts = value.split("-")
    if len(parts) == 3:
        return day(value)
    return "/".join(reversed(parts))


def number(count: int, one: str, many: str) -> str:
    """ "1 Maßnahme", "3 Maßnahmen"."""
    return f"{count} {one if count == 1 else many}"


def joined(texts: Iterable[str | None]) -> str:
    """Those there are, with commas."""
    return ", ".join(text for text in texts if text)


def quoted(text: str) -> str:
    """In quotation marks; those within become single ones."""
    within = text.translate(INNER_MARKS)
    return f"„{within}“"


def responsible(entry: dict[str, Any]) -> str | None:
    """The organisation and the role, as far as they are known."""
    return joined([entry["organisation"], entry["role"]]) or None


def source(found: dict[str, Any] | None) -> str | None:
    """ "8. Herner Bildungskonferenz (Stand 2017)"."""
    if found is None:
        return None
    as_of = found["as_of"]
    is_said = not as_of or as_of in found["title"]
    return (
        found["title"] if is_said else f"{found['title']} (Stand {partial_day(as_of)})"
    )

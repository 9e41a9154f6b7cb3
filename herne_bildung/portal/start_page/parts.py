"""What the start of the administration is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Lines of a list on the start page; the list itself has the rest.
MOST_LINES = 6


@dataclass(frozen=True)
class Tile:
    """A number that leads to its list."""

    name: str
    number: str
    address: str

    @property
    def is_quiet(self) -> bool:
        """Nothing waits there."""
        return self.number == "0"


@dataclass(frozen=True)
class Line:
    """One entry of a list. `confirm`: what the button to confirm it sends, with which
    the entry is said to be correct as it is shown. `language`: that of the name, where
    it is not the page's.
    """

    name: str
    address: str = ""
    note: str = ""
    badge: str = ""
    is_urgent: bool = False
    confirm: Mapping[str, str] = field(default_factory=dict)
    links: tuple[tuple[str, str], ...] = ()
    language: str = ""
    buttons: tuple["Button", ...] = ()


@dataclass(frozen=True)
class Button:
    """Something said of an entry with one click: what is sent, and where to."""

    name: str
    address: str
    sent: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """A list with a heading; `more` leads to all of it."""

    title: str
    lines: list[Line]
    empty: str
    more: str = ""
    more_name: str = ""
    hint: str = ""

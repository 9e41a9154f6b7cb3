"""Numbered pages of a result, up to a limit beyond which searching is better."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LAST_PAGE = 50


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a result the reader is; `number` counts from 1."""

    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages can be opened, at least 1 and at most LAST_PAGE."""
        return min(LAST_PAGE, max(1, -(-self.total // self.per_page)))

    @property
    def is_cut_off(self) -> bool:
        """True when results remain that no page shows: narrow the search."""
        return self.total > LAST_PAGE * self.per_page

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.per_page

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def numbers(self) -> list[int | None]:
        """Page numbers to show; None stands for a gap."""
        near = {1, self.pages, *range(self.number - 2, self.number + 3)}
        shown = sorted(number for number in near if 1 <= number <= self.pages)
        numbers: list[int | None] = []
        for number in shown:
            if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers


def page_number(raw: str | None, total: int, per_page: int) -> tuple[int, bool]:
    """The page asked for, and whether what was asked could be followed.

    Anything but a number of an existing page gives the nearest one that exists.
    """
    pages = Paging(1, per_page, total).pages
    if not raw:
        return 1, True
    try:
        wanted = int(raw[:9])
    except ValueError:
        return 1, False
    return min(max(wanted, 1), pages), 1 <= wanted <= pages


def pager(paging: Paging, link: Callable[[int], str]) -> dict[str, Any]:
    """What `components/pager.html` shows; `link` gives the address of a page."""
    return {
        "number": paging.number,
        "pages": [
            {
                "number": number,
                "url": link(number),
                "is_current": number == paging.number,
                "is_far": abs(number - paging.number) > 1,
            }
            if number
            else {"gap": True}
            for number in paging.numbers
        ],
        "previous_url": link(paging.previous) if paging.previous else "",
        "next_url": link(paging.next) if paging.next else "",
        "is_cut": paging.is_cut_off,
    }

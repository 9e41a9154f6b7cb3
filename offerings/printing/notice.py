"""A notice of a filtered list: one sheet, with as many offers as one can read on it.

Never a second sheet. Type gets smaller down to what can be read; then fewer offers
stand there, the first ones of the list, and the sheet says how many more there are and
where.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils import translation
from django.utils.translation import ngettext

from herne_bildung.lib import pdf
from herne_bildung.lib.languages import BY_CODE
from herne_bildung.lib.result_page import counted
from offerings.models import Offering, PrintOrder
from offerings.printing.book import AUTHOR, FOLDER, PARTS, as_shown, half
from offerings.printing.booklet import Content, chapters_of, content_of, cover_of
from offerings.printing.entries import Json, Tell, in_portions, read

TEMPLATE = FOLDER / "notice.typ"
# Type in points, the largest first. Nobody reads less than the last from a wall.
SIZES = (26, 23, 20, 18, 16, 14.5, 13, 12, 11, 10.5, 10, 9.5, 9, 8.5, 8)
# Longer lines are not read well, so there are more columns; in sizes of type.
LONGEST_LINE = 47
# In a millimetre.
POINTS = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """Width and margin in millimetres, the largest type that suits it. In one language
    the `usual` number of offers has room; more than `most` are never tried.
    """

    width: float
    margin: float
    largest: float
    usual: int
    most: int


SHEETS = {
    "a3": Sheet(297, 20, 26, 40, 80),
    "a4": Sheet(210, 14, 18, 20, 45),
    "a5": Sheet(148, 10, 13, 9, 25),
}


@dataclass(slots=True)
class Notice:
    """What may stand on the sheet: offers in the order of the list, each as shown."""

    order: PrintOrder
    content: Content
    offers: list[Offering]
    shown: dict[int, list[Json]]

    @property
    def sheet(self) -> Sheet:
        return SHEETS[self.order.paper]

    @property
    def is_whole(self) -> bool:
        return len(self.offers) == len(self.content)

    def columns(self, size: float) -> int:
        """How many columns have lines that are read well."""
        width = (self.sheet.width - 2 * self.sheet.margin) * POINTS
        return ceil(width / (LONGEST_LINE * size))

    def document(self, size: float, number: int) -> Json:
        """Everything the template shows, of the first so many offers."""
        chapters = chapters_of(self.content, self.offers[:number], self.order.order)
        languages = self.order.languages
        first = BY_CODE[languages[0]]
        halves = [
            {
                **half(code, cover, self.order),
                "more": more_in_words(len(self.content), number, code),
            }
            for code, cover in zip(
                languages, cover_of(self.order, self.content), strict=True
            )
        ]
        return {
            "lang": first.spoken_code,
            "dir": first.direction,
            "author": AUTHOR,
            "paper": self.order.paper,
            "margin": str(self.sheet.margin),
            "size": str(size),
            "columns": self.columns(size),
            "halves": halves,
            "chapters": [as_shown(one, languages) for one in chapters],
            "offers": {f"o{pk}": row for pk, row in self.shown.items()},
        }

    def fits(self, size: float, number: int) -> bool:
        document = self.document(size, number)
        return pdf.pages(TEMPLATE, document, parts=PARTS) == 1

    def setting(self) -> tuple[float, int]:
        """Size of type and number of offers of the best sheet."""
        everything = len(self.offers)
        sizes = [one for one in SIZES if one <= self.sheet.largest]
        if self.is_whole:
            place = bisect_left(
                sizes, True, key=lambda size: self.fits(size, everything)
            )
            if place < len(sizes):
                return sizes[place], everything
        too_many = bisect_left(
            range(1, everything + 1),
            True,
            key=lambda number: not self.fits(SIZES[-1], number),
        )
        return SIZES[-1], too_many


def notice_file(order: PrintOrder, tell: Tell) -> bytes:
    """The PDF of an order. At the end `tell` hears how many of the list it has."""
    content = content_of(order.query, order.language)
    pks = first_of(content, order)
    found = {one.pk: one for one in read(pks)}
    offers = [found[pk] for pk in pks if pk in found]
    shown = in_portions(offers, order.languages, tell)
    notice = Notice(order, content, offers, shown)
    size, number = notice.setting()
    tell(number, len(content))
    return pdf.pdf(TEMPLATE, notice.document(size, number), parts=PARTS)


def first_of(content: Content, order: PrintOrder) -> Sequence[int]:
    """Ids of the first offers of the list, those that may fit last."""
    most = SHEETS[order.paper].most // len(order.languages)
    first = content.filters.page(content.sure, 0, most)
    return [*first, *content.filters.page(content.maybe, 0, most - len(first))]


def more_in_words(total: int, number: int, language: str) -> str:
    """How many offers of the list do not stand on the sheet."""
    if total == number:
        return ""
    with translation.override(language):
        text = ngettext(
            "and %(number)s more offer", "and %(number)s more offers", total - number
        )
        return counted(text, total - number)

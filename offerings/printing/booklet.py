"""A booklet of a filtered list: its offers, and its file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from herne_bildung.lib.localized import Text
from herne_bildung.lib.result_page import counted
from offerings.asked import in_words
from offerings.filters import OfferingFilter
from offerings.models import Offering, PrintOrder
from offerings.printing.book import Cover, book
from offerings.printing.chapters import Chapter, Group, Grouping, gathered
from offerings.printing.entries import Tell, in_portions, read


@dataclass(frozen=True, slots=True)
class Content:
    """The offers of a file: those that fit, and those that may."""

    filters: OfferingFilter
    sure: BitMap
    maybe: BitMap

    def __len__(self) -> int:
        return len(self.sure) + len(self.maybe)


def content_of(query: str, language: str) -> Content:
    """The offers that filters of an address leave."""
    filters = OfferingFilter(QueryDict(query), language=language)
    return Content(filters, *filters.selection())


def booklet_file(order: PrintOrder, tell: Tell) -> bytes:
    """The PDF of an order."""
    content = content_of(order.query, order.language)
    offers = read([*content.sure, *content.maybe])
    chapters = chapters_of(content, offers, order.order)
    shown = in_portions(offers, order.languages, tell)
    return book(order, cover_of(order, content), chapters, shown)


def chapters_of(
    content: Content, offers: Sequence[Offering], order: str
) -> list[Chapter]:
    """The chapters of these offers; those that only may fit have the last one."""
    sure = [one for one in offers if one.pk in content.sure]
    maybe = [one for one in offers if one.pk in content.maybe]
    chapters = Grouping(content.filters.catalogue).chapters(sure, order)
    return [*chapters, *gathered(maybe, may_fit)]


def may_fit(_offer: Offering) -> Group:
    """The chapter of offers of which a fact asked for is not known."""
    return 0, lambda _language: Text(_("May fit, please ask"))


def cover_of(order: PrintOrder, content: Content) -> list[Cover]:
    """The first page, in each language."""
    covers = []
    for language in order.languages:
        with translation.override(language):
            path = reverse("offerings")
            text = ngettext("%(number)s offer", "%(number)s offers", len(content))
            covers.append(
                Cover(
                    kind=_("Offers in Herne"),
                    title=in_words(content.filters, language),
                    lines=[counted(text, len(content))],
                    path=f"{path}?{order.query}" if order.query else path,
                )
            )
    return covers

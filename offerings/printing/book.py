"""A document of many offers: cover, contents, chapters, index, imprint."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from herne_bildung.lib import clock, pdf
from herne_bildung.lib.analyser import sort_key
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import BY_CODE
from herne_bildung.lib.localized import Text, localized_entry
from offerings.models import Offering, PrintOrder
from offerings.printing.chapters import Chapter
from offerings.printing.codes import way_to
from offerings.printing.entries import Json, named

FOLDER = Path(__file__).parent
PARTS = (FOLDER / "print.typ",)
AUTHOR = "Stadt Herne, Kommunales Bildungsbüro"
# Of a text that is German in its index, in letters a key may have.
PLAIN = str.maketrans("", "", "„“\"'»«")


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page in one language. `path` is that of the page with the same."""

    kind: str
    title: str
    lines: list[str]
    path: str
    remarks: list[str] = field(default_factory=list)


def book(
    order: PrintOrder,
    covers: Sequence[Cover],
    chapters: Sequence[Chapter],
    shown: Mapping[int, list[Json]],
    *,
    advice: Sequence[Json] = (),
    has_notes: bool = False,
) -> bytes:
    """The PDF. `shown` are the offers by id, in each language; `advice` are further
    entries, such as of family centres, in each language.
    """
    first = BY_CODE[order.language]
    document = {
        "lang": first.spoken_code,
        "dir": first.direction,
        "title": covers[0].title,
        "author": AUTHOR,
        "paper": order.paper,
        "halves": [
            half(code, cover, order)
            for code, cover in zip(order.languages, covers, strict=True)
        ],
        "chapters": [as_shown(one, order.languages) for one in chapters],
        "offers": {f"o{pk}": row for pk, row in shown.items()},
        "advice": list(advice),
        "indexes": indexes(chapters, order.languages),
        "has_notes": has_notes,
    }
    return pdf.pdf(FOLDER / "booklet.typ", document, parts=PARTS)


def half(language: str, cover: Cover, order: PrintOrder) -> Json:
    """Cover and words in one language."""
    with translation.override(language):
        today = day_in_words(clock.today(), language)
        return {
            "lang": BY_CODE[language].spoken_code,
            "dir": BY_CODE[language].direction,
            "kind": cover.kind,
            "title": cover.title,
            "lines": cover.lines,
            "remarks": cover.remarks,
            **way_to(cover.path),
            "as_of": _("As of %(day)s") % {"day": today},
            "scan": _("The same list, always up to date:"),
            "words": {
                "contents": _("Contents"),
                "index": _("Index"),
                "page": _("Page"),
                "code": _("QR code"),
                "step": _("How do I take part?"),
                "unknown": _("Not known, please ask:"),
                "imprint": _("Imprint"),
                "notes": _("Room for notes"),
                "advice": _("Family centres and advice"),
            },
            "imprint": [
                _("Published by: %(name)s") % {"name": AUTHOR},
                _("Made on %(day)s from the entries of the portal Lernen! in Herne.")
                % {"day": today},
                _(
                    "Each offer says when it was confirmed last. Dates and prices may "
                    "have changed since: its code leads to its page."
                ),
            ],
        }


def as_shown(chapter: Chapter, languages: Sequence[str]) -> Json:
    """A chapter with its headings and the keys of its offers."""
    return {
        "names": [named(one) for one in chapter.names(languages)],
        "offers": [f"o{one.pk}" for one in chapter.offers],
        "sections": [as_shown(one, languages) for one in chapter.sections],
    }


def all_offers(chapters: Sequence[Chapter]) -> list[Offering]:
    return [
        offer
        for chapter in chapters
        for part in (chapter, *chapter.sections)
        for offer in part.offers
    ]


def indexes(chapters: Sequence[Chapter], languages: Sequence[str]) -> list[list[Json]]:
    """The index of each language; of the second one what the first does not have."""
    found: list[list[Json]] = []
    known: set[str] = set()
    for language in languages:
        rows = index(chapters, language, known)
        known |= {row["plain"] for row in rows}
        found.append(rows)
    return found


def index(
    chapters: Sequence[Chapter], language: str, known: Container[str] = ()
) -> list[Json]:
    """Titles, topics and providers, each with the offers it stands for, in order;
    none that are `known`.
    """
    found: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, Text] = {}
    for offer in all_offers(chapters):
        entries = [(offer, "title")]
        entries += [(topic, "name") for topic in offer.topics.all()]
        if offer.provider:
            entries.append((offer.provider, "name"))
        for entry, name in entries:
            text = localized_entry(entry, name, language)
            texts.setdefault(text.text, text)
            if (key := f"o{offer.pk}") not in found[text.text]:
                found[text.text].append(key)
    wanted = [text for text in found if text and text not in known]
    return [
        {
            "plain": text,
            "text": named(texts[text]),
            "letter": letter_of(text),
            "offers": found[text],
        }
        for text in sorted(wanted, key=lambda text: (index_key(text), text))
    ]


def index_key(text: str) -> str:
    """Where a text stands in the index."""
    return sort_key(text) or text.casefold()


def letter_of(text: str) -> str:
    """The letter it stands below; nothing for numbers and signs."""
    key = index_key(text)
    return key[0].upper() if key and key[0].isalpha() else ""

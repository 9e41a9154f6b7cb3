"""The picture of a district as a document for `area.typ`, in the reader's language."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from herne_bildung.lib import pdf
from herne_bildung.lib.languages import BY_CODE
from herne_bildung.lib.localized import german
from monitoring.areas.blocks import (
    Json,
    facts,
    heading,
    items,
    named,
    table,
    words,
)
from monitoring.areas.page import AreaPage, area_url
from monitoring.areas.values import AreaCell, IndicatorRow

TEMPLATE = Path(__file__).with_name("area.typ")
UNKNOWN = "…"
MARKS_OF_DIRECTION = re.compile("[\u200e\u200f\u2066-\u2069]")


def area_file(page: AreaPage) -> bytes:
    """The PDF (PDF/UA-1) of the picture of a district."""
    return pdf.pdf(TEMPLATE, document(page))


def document(page: AreaPage) -> Json:
    """Everything the PDF shows, in the order of the page."""
    language = BY_CODE[page.language]
    return {
        "lang": language.spoken_code,
        "dir": language.direction,
        "title": page.name.text,
        "title_lang": page.name.lang,
        "level": page.level,
        "kind": _("Picture of an area"),
        "author": "Kommunales Bildungsbüro Herne",
        "page_word": _("Page"),
        "as_of": f"{_('As of')}: {page.taken_on}",
        "mark": _("Sample") if page.is_sample else "",
        "address": f"{settings.PUBLIC_ADDRESS}{area_url(page.part.area)}",
        "unknown": f"{UNKNOWN} {_('not known')}",
        "map": drawn_map(page),
        "blocks": [
            facts(place(page)),
            *figures(page),
            *offers(page),
            *schools(page),
            *advice(page),
            *findings(page),
            *sources(page),
        ],
    }


def place(page: AreaPage) -> list[list[Any]]:
    """Where the area belongs."""
    rows = [
        (
            _("Part of"),
            [{**named(one.name), "after": f" ({one.level})"} for one in page.above],
        ),
        (_("Its parts"), [named(one.name) for one in page.children]),
        (_("Other parts of the same area"), [named(one.name) for one in page.beside]),
        (_("As of"), [page.taken_on]),
    ]
    return [[word, found] for word, found in rows if found]


def drawn_map(page: AreaPage) -> Json | None:
    if page.map is None:
        return None
    drawing = page.map.for_print
    alt = f"{drawing.title}. {drawing.description}"
    # Fonts have no picture of the marks of direction, and files for everyone no gaps.
    svg = MARKS_OF_DIRECTION.sub("", drawing.file())
    caption = ". ".join(filter(None, [drawing.title, page.map.notice]))
    return {"svg": svg, "alt": alt, "caption": caption}


def figures(page: AreaPage) -> list[Json]:
    found = page.values
    blocks = [heading(_("Figures"), 1)]
    if not page.has_own:
        blocks.append(words(_("There are no figures for this area alone.")))
    head: list[Any] = [_("Indicator"), _("Period"), *map(named, page.columns)]
    blocks += [
        table(named(theme.name), head, [own(row) for row in theme.rows], 3)
        for theme in found.own
    ]
    blocks.append(items([f"{one['mark']} = {one['text']}" for one in page.legend]))
    if found.inherited:
        blocks.append(heading(_("Known only for the area it lies in"), 2))
    head = [_("Indicator"), _("Known only for"), _("Period"), _("Value there")]
    blocks += [
        table(named(theme.name), head, [inherited(row) for row in theme.rows], 4)
        for theme in found.inherited
    ]
    if found.unknown:
        blocks.append(heading(_("Known neither here nor above"), 2))
        blocks.append(items([named(row.name) for row in found.unknown]))
    return blocks


def own(row: IndicatorRow) -> list[Any]:
    return [with_unit(row), row.period or "–", *map(cell, row.cells)]


def inherited(row: IndicatorRow) -> list[Any]:
    return [with_unit(row), named(row.where), row.period, *map(cell, row.cells)]


def with_unit(row: IndicatorRow) -> Json:
    """The name of an indicator with its unit, and whether it is made up."""
    after = [row.unit] if row.unit else []
    if row.indicator.is_sample:
        after.append(_("Sample"))
    return {**named(row.name), "after": f" ({', '.join(after)})" if after else ""}


def cell(found: AreaCell) -> Json:
    """A value; a state without one is its mark, with the state in words below."""
    parts = [found.value.spoken, found.period, found.note.text]
    if found.base:
        parts.append(_("of %(number)s people") % {"number": found.base})
    return {"text": found.value.text, "small": ", ".join(filter(None, parts))}


def offers(page: AreaPage) -> list[Json]:
    found, supply = page.offers, page.supply
    blocks = [heading(_("Offers"), 1)]
    if found.samples:
        blocks.append(words(found.remark))
    blocks.append(facts([[one["label"], [one["value"]]] for one in found.facts]))
    if found.topics:
        rows = [[row.name, str(row.here), str(row.everywhere)] for row in found.topics]
        blocks.append(table(_("Offers by topic"), found.head, rows, 2))
        blocks.append(words(_("An offer with several topics counts in each.")))
    blocks.append(heading(_("Children and offers"), 2))
    blocks += map(words, supply.intro)
    if supply.figures:
        blocks.append(
            items(
                [
                    {
                        **named(one["name"]),
                        "after": f": {one['value']} ({one['period']})",
                    }
                    for one in supply.figures
                ]
            )
        )
    blocks += map(words, supply.remarks)
    rows = [
        [row.group.label, str(row.here), row.rate or UNKNOWN, str(row.everywhere)]
        for row in supply.rows
    ]
    return [
        *blocks,
        table(_("Offers by age"), supply.head, rows, 2),
        words(supply.notes),
    ]


def schools(page: AreaPage) -> list[Json]:
    found = page.schools
    blocks = [heading(_("Schools"), 1)]
    if not found.rows:
        return [*blocks, words(_("We know of no school in this area."))]
    if found.remark:
        blocks.append(words(found.remark))
    rows = [
        [named(row.name), row.form, row.pupils or UNKNOWN, row.social_index or UNKNOWN]
        for row in found.rows
    ]
    return [*blocks, table(_("Schools"), found.head, rows, 3), words(found.note)]


def advice(page: AreaPage) -> list[Json]:
    found = page.offices
    blocks = [heading(_("Advice"), 1)]
    if found.rows:
        entries = [{**named(row.name), "after": f" ({row.said})"} for row in found.rows]
        blocks.append(items(entries))
    else:
        text = _("We know of no counselling office in this area alone.")
        blocks.append(words(text))
    blocks += map(words, found.said)
    blocks.append(heading(_("Family centres"), 2))
    if page.family_centres:
        blocks.append(items([named(one["name"]) for one in page.family_centres]))
    else:
        text = _("Which family centres lie here is not in our documents: not known.")
        blocks.append(words(text))
    return blocks


def findings(page: AreaPage) -> list[Json]:
    blocks = [heading(_("Findings"), 1)]
    if not page.findings:
        text = _("No findings have been published for this area.")
        return [*blocks, words(text)]
    entries = [
        {
            **named(one["title"]),
            "after": f" ({one['day']}, {one['badge']['text']})"
            + (f" – {_('Sample')}" if one["is_sample"] else ""),
        }
        for one in page.findings
    ]
    return [*blocks, items(entries)]


def sources(page: AreaPage) -> list[Json]:
    entries: list[Any] = [
        named(
            german(
                ", ".join(filter(None, [one["title"], one["licence"]])), page.language
            )
        )
        for one in page.sources
    ]
    entries.append(page.of_today)
    return [heading(_("Sources"), 1), items(entries)]

"""Themes, breakdowns, indicators, breaks in their series and how they relate."""

from typing import Any

from herne_bildung.city.seeding import Entry, Seeding
from monitoring.choices import Protection
from monitoring.models import (
    Category,
    Dimension,
    Indicator,
    IndicatorDimension,
    IndicatorRelation,
    SeriesBreak,
    Theme,
)
from monitoring.seed.reading import PUBLISHED, STEP, read, texts


def sow(seeding: Seeding) -> None:
    """Write everything about indicators but their values."""
    _sow_themes(seeding)
    _sow_dimensions(seeding)
    if seeding.writes(Indicator):
        _sow_indicators(seeding)
    _sow_breaks(seeding)
    _sow_relations(seeding)


def _sow_themes(seeding: Seeding) -> None:
    for order, row in enumerate(read("themes.json"), 1):
        values = {
            "data_theme": row["data_theme"],
            "order": STEP * order,
            **texts("themes", row["key"], "name", "about"),
        }
        entry = Entry(row["key"], values, initial={"key": row["key"]})
        seeding.sow(Theme, [entry], natural=["key"])


def _sow_dimensions(seeding: Seeding) -> None:
    for row in read("dimensions.json"):
        key = row["key"]
        entry = Entry(key, texts("dimensions", key, "name"), initial={"key": key})
        seeding.sow(Dimension, [entry], natural=["key"])
        dimension = seeding.find(Dimension, key)
        # None where people deleted it or made one of their own; so below.
        if dimension is None:
            continue
        for order, part in enumerate(row["categories"], 1):
            name = f"{key}-{part}"
            values = {"order": STEP * order, **texts("categories", name, "name")}
            entry = Entry(name, values, {"dimension": dimension, "key": part})
            seeding.sow(Category, [entry], natural=["dimension", "key"])


def _sow_indicators(seeding: Seeding) -> None:
    rows = read("indicators.json")
    sources = read("sources.json")
    # What others are a share of comes first.
    ordered = sorted(enumerate(rows, 1), key=lambda one: one[1]["base"] is not None)
    for order, row in ordered:
        theme = seeding.find(Theme, row["theme"])
        if theme is None:
            seeding.leave(Indicator, row["slug"], "ihr Thema ist hier gelöscht")
            continue
        values = {
            **_known(row),
            **_source(row, sources[row["source"]]),
            "theme": theme,
            "base": seeding.find(Indicator, row["base"]),
            "order": STEP * order,
            **texts(
                "indicators", row["slug"], "name", "question", "definition", "formula"
            ),
        }
        entry = Entry(row["slug"], values, {"slug": row["slug"], **PUBLISHED})
        seeding.sow(Indicator, [entry], natural=["slug"])
        _sow_breakdowns(row, seeding)


def _known(row: dict[str, Any]) -> dict[str, Any]:
    names = ("measured", "unit", "decimals", "direction", "cycle", "levels")
    return {
        **{name: row[name] for name in names},
        # All of them were published by their source before.
        "protection": Protection.PUBLISHED,
    }


def _source(row: dict[str, Any], source: dict[str, str]) -> dict[str, str]:
    """The source, and where in it the indicator stands."""
    title = ", ".join(filter(None, [source["source_title"], row.get("source_detail")]))
    return {**source, "source_title": title, "as_of": row.get("as_of", source["as_of"])}


def _sow_breakdowns(row: dict[str, Any], seeding: Seeding) -> None:
    indicator = seeding.find(Indicator, row["slug"])
    for position, key in enumerate(row["dimensions"], 1):
        dimension = seeding.find(Dimension, key)
        if indicator and dimension:
            facts = {"indicator": indicator, "dimension": dimension}
            entry = Entry(f"{row['slug']}/{key}", {"position": position}, facts)
            seeding.sow(IndicatorDimension, [entry], natural=list(facts))


def _sow_breaks(seeding: Seeding) -> None:
    if not seeding.writes(SeriesBreak):
        return
    for row in read("breaks.json"):
        indicator = seeding.find(Indicator, row["indicator"])
        if indicator is None:
            continue
        key = f"{row['indicator']}-{row['period']}"
        values = {"kind": row["kind"], **texts("breaks", key, "reason")}
        facts = {"indicator": indicator, "period": row["period"]}
        seeding.sow(SeriesBreak, [Entry(key, values, facts)], natural=list(facts))


def _sow_relations(seeding: Seeding) -> None:
    if not seeding.writes(IndicatorRelation):
        return
    for row in read("relations.json"):
        first = seeding.find(Indicator, row["first"])
        second = seeding.find(Indicator, row["second"])
        if first is None or second is None:
            continue
        key = f"{row['first']}--{row['second']}"
        facts = {"first": first, "second": second}
        entry = Entry(key, texts("relations", key, "explanation"), facts)
        seeding.sow(IndicatorRelation, [entry], natural=list(facts))

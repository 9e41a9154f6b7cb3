"""The values of indicators: one published release each."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from herne_bildung.city.seeding import Seeding
from monitoring.choices import ReleaseState, ValueState
from monitoring.models import Area, Category, Indicator, Release
from monitoring.releases.actions import Cell, write_release
from monitoring.seed.areas import school_key
from monitoring.seed.reading import read_figures

CITY = "stadt-herne"
# The source gives thousands of euros.
FACTORS = {"bip-je-einwohner": 1000}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as the data files have it; None is not available, "" the total."""

    area: str
    period: str
    value: Decimal | int | None
    category: str = ""


def sow(seeding: Seeding) -> None:
    """Write the first release of each indicator; areas and indicators come before."""
    if not seeding.writes(Release):
        return
    # Areas of officially renamed districts are still known by the key of the file.
    areas: dict[str, Area | None] = {}
    for slug, figures in all_figures().items():
        indicator = seeding.find(Indicator, slug)
        if indicator is None:
            seeding.leave(Release, slug, "ihre Kennzahl ist hier gelöscht")
            continue
        known = {"figures": _digest(figures)}
        if seeding.knows(Release, slug):
            if not seeding.holds(Release, slug, known):
                seeding.leave(Release, slug, "die Datei hat andere Werte")
            continue
        if indicator.releases.exists():
            seeding.leave(Release, slug, "von Hand angelegt")
            continue
        for figure in figures:
            if figure.area not in areas:
                areas[figure.area] = seeding.find(Area, figure.area)
        release = write_release(
            indicator=indicator,
            cells=_cells(figures, areas, seeding),
            state=ReleaseState.PUBLISHED,
        )
        seeding.remember(release, slug, known)


def all_figures() -> dict[str, list[Figure]]:
    """The values of all indicators of the first start."""
    found = {}
    for name in ("inkar.json", "zensus.json", "stadtteile.json"):
        for slug, table in read_figures(name).items():
            factor = FACTORS.get(slug, 1)
            found[slug] = [
                Figure(area, period, None if value is None else value * factor)
                for area, values in table["values"].items()
                for period, value in zip(table["periods"], values, strict=True)
            ]
    return found | _figures_of_schools()


def _figures_of_schools() -> dict[str, list[Figure]]:
    data = read_figures("schulen.json")
    rows = data["schools"]
    year, ministry = data["pupils_period"], data["ministry_period"]
    places = [school_key(row["school"]) for row in rows]
    return {
        "schuelerinnen-und-schueler": [
            *_by_form(year, ((row["form"], row["pupils"]) for row in rows)),
            *(
                Figure(place, year, row["pupils"])
                for place, row in zip(places, rows, strict=True)
            ),
        ],
        "schulen": list(_by_form(year, ((row["form"], 1) for row in rows))),
        "schulsozialindex": [
            Figure(place, ministry, row["social_index"])
            for place, row in zip(places, rows, strict=True)
        ],
        "startchancen-schulen": list(
            _by_form(
                ministry, ((row["form"], int(row["is_startchancen"])) for row in rows)
            )
        ),
    }


def _by_form(period: str, counts: Iterable[tuple[str, int]]) -> Iterator[Figure]:
    """The city's total, and how it divides among school forms."""
    sums: dict[str, int] = {}
    for form, count in counts:
        sums[form] = sums.get(form, 0) + count
    yield Figure(CITY, period, sum(sums.values()))
    for form, count in sums.items():
        yield Figure(CITY, period, count, f"schulform-{form}")


def _cells(
    figures: Iterable[Figure], areas: dict[str, Area | None], seeding: Seeding
) -> Iterator[Cell]:
    for figure in figures:
        area = areas[figure.area]
        category = seeding.find(Category, figure.category or None)
        # Areas and categories that are gone: their values go with them.
        if area is None or (figure.category and category is None):
            continue
        is_known = figure.value is not None
        yield Cell(
            area_id=area.pk,
            period=figure.period,
            value=figure.value,
            state=ValueState.VALUE if is_known else ValueState.NOT_AVAILABLE,
            categories=(category.pk,) if category else (),
        )


def _digest(figures: list[Figure]) -> str:
    return hashlib.sha256(repr(figures).encode()).hexdigest()

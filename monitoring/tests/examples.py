"""An indicator with all that pages can show."""

from typing import Any

from herne_bildung.lib import clock
from monitoring.choices import BreakKind, Cycle, Level, ReleaseState, ValueState
from monitoring.models import Area, Indicator, IndicatorRelation, SeriesBreak
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_observation,
    make_release,
)


def make_whole_indicator(**values: Any) -> Indicator:
    """One with all that pages can show: all four states, base, participation and
    note, a break and an exceptional year, a breakdown, a second definition, and a
    current, a replaced and a withdrawn release.
    """
    values.setdefault("definition_de", "Anteil an allen Menschen der Stadt.")
    values.setdefault("formula_de", "Teil / Ganzes × 100")
    values.setdefault("levels", [Level.CITY, Level.COUNTY])
    values.setdefault("cycle", Cycle.YEARLY)
    values.setdefault("licence", "dl-de/by-2-0")
    values.setdefault("as_of", "2022")
    indicator = make_indicator("Ganze Kennzahl", **values)
    girls, _boys = make_breakdown(indicator, "geschlecht", "Mädchen", "Jungen")
    herne = Area.objects.filter(level=Level.CITY).first()
    herne = herne or make_area("Herne", key="herne", level=Level.CITY)
    bochum, hagen = make_area("Bochum", is_neighbour=True), make_area("Hagen")
    ended = {"published_at": clock.now(), "ended_at": clock.now()}
    wrong = make_release(
        indicator,
        state=ReleaseState.WITHDRAWN,
        withdrawn_because_de="Die Quelle hat sich geirrt.",
        **ended,
    )
    make_observation(wrong, herne, "2020", "99.5")
    old = make_release(indicator, state=ReleaseState.SUPERSEDED, **ended)
    make_observation(old, herne, "2020", 10)
    release = make_release(
        indicator, is_correction=True, what_changed_de="2020 war falsch."
    )
    make_observation(release, herne, "2020", "10.5", base=1200, participation=60)
    make_observation(release, herne, "2021", "11.25", note="Geschätzt")
    make_observation(release, herne, "2022", 0)
    make_observation(release, herne, "2022", "5.5", category_1=girls)
    make_observation(release, bochum, "2021", None)
    make_observation(release, bochum, "2022", None, state=ValueState.NOT_AVAILABLE)
    make_observation(release, hagen, "2022", None, state=ValueState.NOT_APPLICABLE)
    SeriesBreak.objects.create(
        indicator=indicator,
        kind=BreakKind.BREAK,
        period="2021",
        reason_de="Neue Zählung.",
        source_title="Amtliche Quelle",
    )
    SeriesBreak.objects.create(
        indicator=indicator,
        kind=BreakKind.EXCEPTIONAL,
        period="2022",
        reason_de="Doppelter Jahrgang.",
    )
    other = make_indicator("Andere Zählung", levels=[Level.CITY])
    make_observation(make_release(other), herne, "2021", 8)
    IndicatorRelation.objects.create(
        first=indicator, second=other, explanation_de="Sie zählt nur Arbeitslose."
    )
    return indicator


def make_series(number: int) -> Indicator:
    """An indicator with so many rows of everything."""
    indicator = make_indicator(slug=f"mit-{number}", levels=[Level.CITY, Level.COUNTY])
    parts = make_breakdown(indicator, f"teil-{number}", *"ABC"[:number])
    herne = make_area("Herne", level=Level.CITY)
    release = make_release(indicator)
    for place in range(number):
        area = make_area(f"Ort {place}", is_neighbour=True)
        for year in range(2020, 2020 + number):
            make_observation(release, area, str(year), 5)
        make_observation(release, herne, str(2020 + place), 7)
        make_observation(release, herne, "2020", 3, category_1=parts[place])
        other = make_indicator(f"Andere {place}")
        make_observation(make_release(other), herne, "2020", 4)
        IndicatorRelation.objects.create(
            first=indicator, second=other, explanation_de="Anders."
        )
    return indicator

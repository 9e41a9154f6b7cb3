"""What a column of a file may be, and what its name lets guess.

A file has one value a row (long), or a column for each period (wide). A column is a
field ("area", "value" …), a breakdown ("category:sex"), or the values of a period
("value@2022").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from herne_bildung.lib.analyser import fold
from monitoring.imports.period_words import is_period, period_of
from monitoring.models import Dimension, ImportRun, Indicator, RawValue

CATEGORY, PERIOD_VALUES = "category:", "value@"
AREA, LEVEL, PERIOD, INDICATOR = "area", "level", "period", "indicator"
VALUE, STATE, BASE, PARTICIPATION = "value", "state", "base", "participation"
NOTE, LARGEST, SECOND = "note", "largest", "second_largest"
# In the order of the template.
FIELDS = (
    INDICATOR, AREA, LEVEL, PERIOD, VALUE, STATE, BASE, PARTICIPATION, NOTE, LARGEST,
    SECOND,
)  # fmt: skip
# What belongs to one value: where each period has a column, none of these can.
OF_ONE_VALUE = (VALUE, PERIOD, STATE, BASE, PARTICIPATION, NOTE, LARGEST, SECOND)
NAMES = {
    INDICATOR: ("indikator", "indicator", "kennzahl", "merkmal"),
    AREA: (
        "raum", "area", "gebiet", "region", "ort", "ags", "kreis ags", "gkz", "kreis",
        "gemeinde", "stadt", "stadtteil", "bezirk", "schule", "raumeinheit", "name",
    ),
    LEVEL: ("ebene", "level", "raumebene"),
    PERIOD: (
        "zeitraum", "period", "periode", "jahr", "year", "zeit", "time", "stichtag",
        "datum", "date", "schuljahr", "quartal", "monat",
    ),
    VALUE: ("wert", "value", "anzahl", "zahl", "obs value", "betrag"),
    STATE: ("zustand", "state", "status", "wertstatus", "obs status"),
    BASE: ("basis", "base", "grundgesamtheit", "n", "bezugsgroesse"),
    PARTICIPATION: (
        "beteiligung", "participation", "beteiligung in prozent", "teilnahmequote",
        "ruecklauf", "ruecklaufquote", "participation in percent",
    ),
    NOTE: ("anmerkung", "note", "bemerkung", "hinweis", "fussnote", "kommentar"),
    LARGEST: ("groesster beitrag", "largest", "largest contribution"),
    SECOND: (
        "zweitgroesster beitrag", "second largest", "second largest contribution",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a column may be, as a form offers it."""

    target: str
    label: str


def label_of(target: str) -> str:
    """A field as it is called on pages and in templates."""
    if target == INDICATOR:
        return capfirst(str(Indicator._meta.verbose_name))
    if target == LEVEL:
        return _("Level")
    return capfirst(str(RawValue._meta.get_field(target).verbose_name))


def dimensions_of(run: ImportRun) -> list[Dimension]:
    """Breakdowns its columns may name."""
    every = Dimension.objects.order_by("key")
    if run.indicator_id is None:
        return list(every)
    return list(every.filter(uses__indicator=run.indicator_id))


def choices(run: ImportRun, dimensions: Sequence[Dimension]) -> list[Choice]:
    """What the columns of this file may be."""
    fields = [Choice(one, label_of(one)) for one in FIELDS]
    word = _("Breakdown")
    broken_down = [
        Choice(f"{CATEGORY}{one.key}", f"{word}: {one}") for one in dimensions
    ]
    periods = [
        Choice(
            target, _("Values of %(period)s") % {"period": target[len(PERIOD_VALUES) :]}
        )
        for name in run.header
        if (target := _as_period(name))
    ]
    return [*fields, *broken_down, *periods]


def guessed(header: Sequence[str], dimensions: Iterable[Dimension]) -> list[str]:
    """What each column is by its name; nothing twice. A column named by a period has
    its values, unless one column has all values.
    """
    known = {fold(label_of(one)): one for one in FIELDS}
    for target, names in NAMES.items():
        known |= dict.fromkeys(names, target)
    for one in dimensions:
        target = f"{CATEGORY}{one.key}"
        known |= dict.fromkeys([fold(one.key), fold(one.name_de or "")], target)
    known.pop("", None)
    found: list[str] = []
    for name in header:
        target = known.get(fold(name), "") or _as_period(name)
        found.append("" if target in found else target)
    if VALUE in found:
        found = ["" if one.startswith(PERIOD_VALUES) else one for one in found]
    return found


def _as_period(name: str) -> str:
    return f"{PERIOD_VALUES}{period_of(name)}" if is_period(name) else ""


def wrong_mapping(run: ImportRun) -> str:
    """Why a file cannot be checked with these columns; empty when it can."""
    chosen = {target for target in run.mapping if target}
    periods = sorted(one for one in chosen if one.startswith(PERIOD_VALUES))
    clashing = [one for one in OF_ONE_VALUE if one in chosen] if periods else []
    if clashing:
        return _(
            "Where each period has a column of its own, no column can be: %(fields)s. "
            "Leave those out, or put each value into a row of its own."
        ) % {"fields": ", ".join(label_of(one) for one in clashing)}
    needed = [AREA] if periods else [AREA, PERIOD, VALUE]
    if run.indicator_id is None:
        needed.insert(0, INDICATOR)
    missing = [label_of(one) for one in needed if one not in chosen]
    if not missing:
        return ""
    return _("Please say which column is: %(fields)s.") % {"fields": ", ".join(missing)}

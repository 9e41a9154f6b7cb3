"""What came of a finding, in figures: the later one beside the one it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from herne_bildung.lib.localized import Text, isolated, localized_entry
from herne_bildung.lib.time_periods import first_day
from monitoring.breaks import breaks_among
from monitoring.choices import Unit
from monitoring.findings.figures import ShownFigure
from monitoring.in_words import number, with_unit
from monitoring.models import Indicator


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """A later figure. `before` is the one of the basis it can be held against, None
    without one; `difference` is empty where nothing can be said, and `why_not` says
    why in the words of a break in the series.
    """

    figure: ShownFigure
    before: ShownFigure | None
    difference: str
    why_not: list[Text]


def effects(
    later: Sequence[ShownFigure], basis: Sequence[ShownFigure], language: str
) -> list[ShownEffect]:
    """Each later figure with the one of the same indicator, area and breakdown."""
    return [_effect(one, _same(one, basis), language) for one in later]


def _same(figure: ShownFigure, basis: Sequence[ShownFigure]) -> ShownFigure | None:
    """The latest one before it of the same series."""
    day = first_day(figure.entry.period)
    found = [
        one
        for one in basis
        if _series(one) == _series(figure) and first_day(one.entry.period) < day
    ]
    return max(found, key=lambda one: first_day(one.entry.period), default=None)


def _series(shown: ShownFigure) -> tuple[int | None, ...]:
    figure = shown.entry
    parts = (figure.category_1_id, figure.category_2_id, figure.category_3_id)
    return (figure.release.indicator_id, figure.area_id, *parts)


def _effect(
    figure: ShownFigure, before: ShownFigure | None, language: str
) -> ShownEffect:
    if before is None or not (_is_known(figure) and _is_known(before)):
        return ShownEffect(figure, before, "", [])
    indicator = figure.entry.release.indicator
    periods = (before.entry.period, figure.entry.period)
    reasons = [
        localized_entry(one, "reason", language)
        for one in breaks_among(indicator.breaks.all(), periods)
    ]
    if reasons:
        return ShownEffect(figure, before, "", reasons)
    change = figure.entry.value - before.entry.value
    text = isolated(_signed(change, indicator), language)
    return ShownEffect(figure, before, text, [])


def _is_known(figure: ShownFigure) -> bool:
    return figure.value is not None and figure.value.is_value


def _signed(change: Decimal, indicator: Indicator) -> str:
    """ "+1,5" with its unit; shares differ by percentage points."""
    text = number(change, indicator.decimals)
    sign = "+" if change > 0 else ""
    if indicator.unit == Unit.PERCENT:
        return _("%(number)s percentage points") % {"number": f"{sign}{text}"}
    return f"{sign}{with_unit(text, indicator.unit)}"

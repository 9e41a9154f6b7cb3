"""How public values are said: as text, as a mark, and aloud; in every language."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from herne_bildung.lib.localized import isolated
from herne_bildung.lib.time_periods import in_words
from monitoring.choices import Unit, ValueState
from monitoring.models.indicator import Indicator

# As tables of German official statistics have them. A zero is a true zero.
MARKS = {
    ValueState.SUPPRESSED: "·",
    ValueState.NOT_AVAILABLE: "…",
    ValueState.NOT_APPLICABLE: "x",
}
# The same in files: what stands in the column of the state.
CODES = {
    ValueState.VALUE: "",
    ValueState.SUPPRESSED: "suppressed",
    ValueState.NOT_AVAILABLE: "not_available",
    ValueState.NOT_APPLICABLE: "not_applicable",
}
MINUS = "\u2212"
# Numbers with the sign of a unit, where a language differs also by language (CLDR).
FORMS = {
    (Unit.PERCENT, ""): "{}\xa0%",
    (Unit.PERCENT, "en"): "{}%",
    (Unit.PERCENT, "tr"): "%{}",
    (Unit.PERCENT, "uk"): "{}%",
    (Unit.PERCENT, "pl"): "{}%",
    (Unit.PERCENT, "bg"): "{}%",
    (Unit.EURO, ""): "{}\xa0€",
    (Unit.EURO, "en"): "€{}",
    (Unit.EURO_PER_M2, ""): "{}\xa0€/m²",
    (Unit.M2, ""): "{}\xa0m²",
}


class HasState(Protocol):
    """An `Observation`, a `Figure` or a `series.Point`."""

    state: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value for a page. `text` is what stands there: the number, or the `mark` of a
    state without one. `spoken` is what is read aloud instead of a mark, else empty.
    """

    text: str
    mark: str
    state: str
    spoken: str

    def __str__(self) -> str:
        """In a sentence: the number, or the state in words."""
        return self.spoken or self.text

    @property
    def is_value(self) -> bool:
        return self.state == ValueState.VALUE


def shown(
    entry: HasState,
    language: str,
    *,
    indicator: Indicator | None = None,
    has_unit: bool = True,
) -> ShownValue:
    """An observation or a frozen figure as pages say it, in the active language, which
    `language` names. Of a list give the indicator, so that none is read again.
    """
    if entry.state != ValueState.VALUE or entry.value is None:
        state = ValueState(entry.state)
        return ShownValue(MARKS[state], MARKS[state], state, str(state.label))
    if indicator is None:
        indicator = entry.release.indicator
    text = number(entry.value, indicator.decimals)
    if has_unit:
        text = with_unit(text, indicator.unit)
    return ShownValue(isolated(text, language), "", ValueState.VALUE, "")


def absent() -> ShownValue:
    """Where a release says nothing of an area and a period: not available."""
    state = ValueState.NOT_AVAILABLE
    return ShownValue(MARKS[state], MARKS[state], state, str(state.label))


def number(value: Decimal, decimals: int) -> str:
    """A number as readers of the active language write it. A true zero is "0"; "0,0"
    is more than nothing.
    """
    if value == 0:
        return "0"
    step = Decimal(1).scaleb(-decimals)
    rounded = abs(value).quantize(step, rounding=ROUND_HALF_UP)
    text = number_format(rounded, decimals, use_l10n=True, force_grouping=True)
    return f"{MINUS}{text}" if value < 0 and rounded else text


def with_unit(text: str, unit: str) -> str:
    """A number with the sign of its unit. Units that are words ("years") are said
    beside the numbers (`unit_in_words`): words would bend with each number.
    """
    form = FORMS.get((unit, get_language())) or FORMS.get((unit, ""), "{}")
    return form.format(text)


def unit_in_words(indicator: Indicator) -> str:
    """ "percent", "euros per square metre"."""
    return indicator.get_unit_display()


def unit_beside(indicator: Indicator) -> str:
    """The same where a number needs it ("40.7 years"): it has no sign of its unit,
    and is more than a number.
    """
    needs_none = indicator.unit == Unit.NUMBER or (indicator.unit, "") in FORMS
    return "" if needs_none else unit_in_words(indicator)


def period_in_words(period: str, language: str) -> str:
    """ "2022", "15.05.2022", which keeps its order also where one reads from the
    right; see `lib.time_periods.in_words`.
    """
    return isolated(in_words(period), language)


def legend(used: Iterable[str] = tuple(MARKS)) -> list[dict[str, str]]:
    """What the marks mean, as `monitoring/legend.html` has it; zero first."""
    states = set(used)
    rows = [{"mark": "0", "state": "zero", "text": _("zero: counted, and none there")}]
    rows += [
        {"mark": mark, "state": str(state), "text": str(state.label)}
        for state, mark in MARKS.items()
        if state in states
    ]
    return rows


def indicator_url(indicator: Indicator) -> str:
    """The page of an indicator."""
    return reverse("indicator", args=[indicator.slug])


def release_url(indicator: Indicator, number: int) -> str:
    """The permanent address of a release."""
    return reverse("indicator_release", args=[indicator.slug, number])


def monitoring_step() -> dict[str, str]:
    """The overview in a breadcrumb: the way back up."""
    return {"label": _("Education monitoring"), "url": reverse("monitoring")}

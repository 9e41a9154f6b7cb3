"""What a draft of a finding says: which rule, which figures. It judges nothing, and is
German: people write the finding of it.
"""

from decimal import Decimal

from django.utils.translation import override

from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.time_periods import in_words
from monitoring.choices import RuleKind, Unit
from monitoring.in_words import number, unit_beside, with_unit
from monitoring.models import Indicator, WarningRule
from monitoring.warnings.rules import ABOVE, Match

LAST_SENTENCE = (
    "Das ist ein Hinweis einer Regel, kein Urteil. Ob daraus eine Erkenntnis wird, "
    "entscheiden Menschen."
)
LONGEST_TITLE = 200


def title(rule: WarningRule, match: Match) -> str:
    """ "Arbeitslosenquote: Wanne, 2022: 10,3 %"."""
    with override(DEFAULT_LANGUAGE):
        name = rule.indicator.name_de
        rest = f": {match.area.name}, {in_words(match.period)}: "
        rest += value_in_words(match.value, rule.indicator)
    return f"{name[: LONGEST_TITLE - len(rest)]}{rest}"


def text(rule: WarningRule, match: Match) -> str:
    """Rule and figures in sentences."""
    with override(DEFAULT_LANGUAGE):
        return (
            f"Die Regel „{rule.name}“ sucht {sought(rule)}. "
            f"{found(rule, match)} {LAST_SENTENCE}"
        )


def sought(rule: WarningRule) -> str:
    """What a rule looks for, in German, after "sucht"."""
    is_above = rule.side == ABOVE
    if rule.kind == RuleKind.TREND:
        word = "gestiegen" if is_above else "gesunken"
        return f"Werte, die in {rule.periods} Zeiträumen nacheinander {word} sind"
    limit = rule.threshold
    if rule.kind == RuleKind.RANK:
        return _places(int(limit), "höchsten" if is_above else "niedrigsten")
    if rule.kind == RuleKind.CHANGE:
        said = change_in_words(limit, rule.indicator)
        word = "gestiegen" if is_above else "gesunken"
        return (
            f"Werte, die gegenüber dem Zeitraum davor um mindestens {said} {word} sind"
        )
    said = value_in_words(limit, rule.indicator)
    return f"Werte {'über' if is_above else 'unter'} {said}"


def _places(number: int, word: str) -> str:
    if number == 1:
        return f"den Raum mit dem {word} Wert"
    return f"die {number} Räume mit den {word} Werten"


def found(rule: WarningRule, match: Match) -> str:
    """The figures of a match, oldest first."""
    figures = "; ".join(
        f"{in_words(period)}: {value_in_words(value, rule.indicator)}"
        for period, value in match.series
    )
    said = f"{match.area.name}: {figures}."
    if match.of:
        said += f" Platz {match.place} von {match.of} Räumen mit einem Wert."
    return said


def change_in_words(change: Decimal, indicator: Indicator) -> str:
    """A step from one value to the next; shares differ by percentage points."""
    if indicator.unit == Unit.PERCENT:
        return f"{number(change, indicator.decimals)} Prozentpunkte"
    return value_in_words(change, indicator)


def value_in_words(value: Decimal, indicator: Indicator) -> str:
    """A number with its unit."""
    said = with_unit(number(value, indicator.decimals), indicator.unit)
    return f"{said} {unit_beside(indicator)}".strip()

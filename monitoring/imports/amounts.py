"""What a number may be: values by kind of figure, bases, shares."""

from decimal import Decimal

from django.utils.translation import gettext as _

from monitoring.choices import Measured, Unit
from monitoring.imports.problems import BadValue
from monitoring.models import Indicator

# As the columns of `models.value.Value` hold.
LARGEST = Decimal(10) ** 14
HUNDRED, CENT = Decimal(100), Decimal("0.01")
# A share lies between nothing and all of its base.
WHOLE = {
    Unit.PERCENT: HUNDRED,
    Unit.PER_100: HUNDRED,
    Unit.PER_1000: Decimal(1_000),
    Unit.PER_10000: Decimal(10_000),
}
# Other percentages (changes, rates): beyond that a decimal sign is missing.
LEAST_PERCENT, MOST_PERCENT = Decimal(-100), Decimal(1_000)


def value_of(value: Decimal, indicator: Indicator | None = None) -> Decimal:
    """The value, if it is plausible for the indicator. Raises BadValue."""
    if abs(value) >= LARGEST:
        raise BadValue(_("The number is too large."))
    if indicator is None:
        return value
    if indicator.measured == Measured.COUNT and (value < 0 or value % 1):
        raise BadValue(
            _("“%(name)s” is a count: whole numbers from 0 only.") % {"name": indicator}
        )
    if indicator.measured == Measured.SHARE and indicator.unit in WHOLE:
        _between(value, Decimal(0), WHOLE[indicator.unit])
    elif indicator.unit == Unit.PERCENT:
        _between(value, LEAST_PERCENT, MOST_PERCENT)
    return value


def base_of(value: Decimal) -> Decimal:
    """How many people a value rests on. Raises BadValue."""
    if value < 0 or value % 1 or value >= LARGEST:
        raise BadValue(_("The base is a whole number from 0."))
    return value


def percentage_of(value: Decimal) -> Decimal:
    """A share in percent, to two decimal places. Raises BadValue."""
    _between(value, Decimal(0), HUNDRED)
    return value.quantize(CENT)


def _between(value: Decimal, least: Decimal, most: Decimal) -> None:
    if not least <= value <= most:
        raise BadValue(
            _(
                "%(value)s is not between %(least)s and %(most)s. Is the decimal sign "
                "right?"
            )
            % {"value": value, "least": least, "most": most}
        )

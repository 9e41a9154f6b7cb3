"""Closed weeks of an organisation, within their limits."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from herne_bildung.city.admin import NamedFields
from herne_bildung.freshness.models.people import TOO_LONG
from herne_bildung.freshness.pauses import (
    LONGEST_DAYS,
    MOST_DAYS_IN_A_YEAR,
    Period,
    longest,
    most_in_a_year,
)


class ClosedPeriodFormSet(NamedFields):
    """All of an organisation together: not too long at a time, nor in a year."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        periods = self._periods()
        if longest(periods) > LONGEST_DAYS:
            raise ValidationError(TOO_LONG)
        if most_in_a_year(periods) > MOST_DAYS_IN_A_YEAR:
            raise ValidationError(
                _("All closed periods of a year together are at most %(days)s days.")
                % {"days": MOST_DAYS_IN_A_YEAR}
            )

    def _periods(self) -> list[Period]:
        return [
            (form.cleaned_data["first_day"], form.cleaned_data["last_day"])
            for form in self.forms
            if form.cleaned_data.get("first_day") and form not in self.deleted_forms
        ]

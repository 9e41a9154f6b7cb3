"""Ages in words; stored in months, spoken in years where these are whole."""

from django.utils.translation import gettext, ngettext


def age_in_words(months: int) -> str:
    """ "7 months", "3 years", "42 months"."""
    if months % 12:
        return ngettext("%(number)s month", "%(number)s months", months) % {
            "number": months
        }
    years = months // 12
    return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}


def age_range_in_words(low: int | None, high: int | None) -> str:
    """A range of ages; empty where it is not known."""
    if low is None:
        return ""
    if high is None:
        return (
            gettext("all ages")
            if low == 0
            else gettext("from %(age)s") % {"age": age_in_words(low)}
        )
    if low == 0:
        return gettext("up to %(age)s") % {"age": age_in_words(high)}
    return gettext("%(low)s to %(high)s") % {
        "low": age_in_words(low),
        "high": age_in_words(high),
    }

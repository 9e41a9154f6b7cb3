"""Ages in words and back; stored in months, spoken in years where these are whole."""

import re
from fractions import Fraction

from django.utils.translation import gettext, ngettext, npgettext


def age_in_words(months: int) -> str:
    """ "7 months", "3 years", "42 months"."""
    if months % 12:
        return ngettext("%(number)s month", "%(number)s months", months) % {
            "number": months
        }
    years = months // 12
    return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}


def age_alone(months: int) -> str:
    """The same where it stands alone, not after "from" or "up to": some languages have
    another form for that.
    """
    if months % 12:
        said = npgettext("age alone", "%(number)s month", "%(number)s months", months)
        return said % {"number": months}
    years = months // 12
    said = npgettext("age alone", "%(number)s year", "%(number)s years", years)
    return said % {"number": years}


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


# "3", "1,5", "1½", "18 Monate", "2 Jahre 6 Monate", "3 years".
AMOUNT = r"(\d{1,3}\s1/2|1/2|\d{1,3}\s?½|½|\d{1,4}(?:[.,]\d{1,2})?)"
PART = re.compile(
    AMOUNT + r"\s*(j|y|m|jahr(?:en?)?|years?|yrs?|monat(?:en?)?|mon|months?)?"
    r"(?![a-zäöü])\.?",
    re.IGNORECASE,
)
AROUND = re.compile(r"^(?:ab|von|bis(?: zu)?|from|up to|to)\s+|\s+(?:alt|old)$", re.I)
JOINING = re.compile(r"\s*(?:,|und|and|\s)\s*", re.IGNORECASE)
BIRTH, OLDEST = 0, 120 * 12


def months_from_words(text: str) -> int:
    """An age as people say it ("3", "3 Jahre", "18 Monate", "1½ Jahre") in months; a
    bare number is years. ValueError where it is none or above 120 years.
    """
    rest = AROUND.sub("", AROUND.sub("", " ".join(text.split())))
    months = Fraction()
    position, units = 0, []
    while position < len(rest):
        found = PART.match(rest, position)
        if found is None:
            raise ValueError(f"no age: {text}")
        unit = (found[2] or "years")[0].lower()
        units.append("m" if unit == "m" else "y")
        months += _number(found[1]) * (1 if unit == "m" else 12)
        position = found.end()
        if position < len(rest):
            joining = JOINING.match(rest, position)
            if joining is None or joining.end() == len(rest):
                raise ValueError(f"no age: {text}")
            position = joining.end()
    if units not in (["y"], ["m"], ["y", "m"]) or months > OLDEST:
        raise ValueError(f"no age: {text}")
    return round(months)


def _number(text: str) -> Fraction:
    whole = text.replace("1/2", "½").replace(",", ".").strip()
    if not whole.endswith("½"):
        return Fraction(whole)
    return Fraction(whole[:-1].strip() or 0) + Fraction(1, 2)

"""Public holidays of North Rhine-Westphalia: Feiertagsgesetz NW, § 2 (1)."""

from datetime import date

from dateutil.easter import easter

# Month and day: New Year, 1 May, German Unity, All Saints, two days of Christmas.
FIXED = {(1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26)}
# Days after Easter Sunday: Good Friday, Easter Monday, Ascension, Whit Monday,
# Corpus Christi.
AFTER_EASTER = {-2, 1, 39, 50, 60}


def is_public_holiday(day: date) -> bool:
    """Whether nobody works on it in all of the Land."""
    if (day.month, day.day) in FIXED:
        return True
    return (day - easter(day.year)).days in AFTER_EASTER

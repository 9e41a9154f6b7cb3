"""Ages of children in words, as choices, and as stages with a few ages each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date, get_month_names
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from herne_bildung.lib.languages import BY_CODE
from offerings.ages import age_alone
from offerings.family.filters import EARLIEST_MONTHS, OLDEST_MONTHS

# Older children and their parents find their way through the catalogue and the routes.
SCHOOL_SOON, SCHOOL_AGE = 60, 72


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of childhood; `ages` (months) are offered as links."""

    key: str
    title: Any
    text: Any
    icon: str
    ages: tuple[int, ...]


STAGES = (
    Stage(
        "pregnancy",
        _("Pregnancy"),
        _("Before the birth: advice, courses, and what fits from the first day."),
        "heart",
        (-6, -3, -1),
    ),
    Stage(
        "first-year",
        _("The first year"),
        _("Groups for babies, other parents, help in the first months."),
        "child",
        (0, 3, 6, 9),
    ),
    Stage(
        "one-to-three",
        _("From 1 to 3 years"),
        _("Playing, moving, talking, and the first childcare."),
        "people",
        (12, 18, 24, 30),
    ),
    Stage(
        "three-to-six",
        _("From 3 to 6 years"),
        _("Kita, language, music, sport and courses for parents."),
        "home",
        (36, 48, 60),
    ),
    Stage(
        "school",
        _("School start and later"),
        _("Learning, all-day school, free time, and the ways through school."),
        "school",
        (72, 96, 120, 168),
    ),
)
CHOICES = (
    (_("Before birth"), tuple(range(EARLIEST_MONTHS, 0))),
    (_("The first year"), tuple(range(12))),
    (_("From 1 to 3 years"), tuple(range(12, 36))),
    (_("From 3 to 6 years"), tuple(range(36, 72, 6))),
    (_("School age"), tuple(range(72, 217, 12))),
)


def age_said(months: int) -> str:
    """ "8 months", "2 years and 3 months", "birth in about 3 months"."""
    if months < 0:
        return ngettext(
            "birth in about %(number)s month",
            "birth in about %(number)s months",
            -months,
        ) % {"number": -months}
    if months == 0:
        return gettext("newborn")
    years, rest = divmod(months, 12)
    if not years or not rest:
        return age_alone(months)
    return gettext("%(years)s and %(months)s") % {
        "years": age_alone(years * 12),
        "months": age_alone(rest),
    }


def age_groups(chosen: int | None) -> list[dict[str, Any]]:
    """The choices of the form; the chosen age stands among them, whatever it is."""
    groups = []
    for label, ages in CHOICES:
        shown = set(ages)
        if chosen is not None and ages[0] <= chosen <= _last(ages):
            shown.add(chosen)
        groups.append(
            {
                "label": label,
                "choices": [
                    {"value": age, "label": age_said(age), "selected": age == chosen}
                    for age in sorted(shown)
                ],
            }
        )
    return groups


def _last(ages: tuple[int, ...]) -> int:
    """The last month that belongs to a group: up to the next choice after it."""
    return ages[-1] + (ages[-1] - ages[-2]) - 1


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, 1)


def month_said(month: date, language: str) -> str:
    """ "Mai 2027", in the form that follows "from" in the language."""
    locale = BY_CODE[language].spoken_code
    return format_date(month, "MMMM y", locale=locale)


def birth_choices(today: date, language: str) -> dict[str, Any]:
    """Months and years for `static/js/family.js`; `now` is the month it counts from."""
    names = get_month_names(
        "wide", context="stand-alone", locale=BY_CODE[language].spoken_code
    )
    return {
        "now": f"{today:%Y-%m}",
        "months": [{"value": number, "label": names[number]} for number in names],
        "years": range(today.year + 1, today.year - OLDEST_MONTHS // 12 - 1, -1),
        "earliest": EARLIEST_MONTHS,
        "oldest": OLDEST_MONTHS,
    }

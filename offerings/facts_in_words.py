"""The facts of an offer in words, as its page, its paper and its mails say them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words, euros
from herne_bildung.lib.language_names import language_name
from offerings.ages import age_range_in_words
from offerings.choices import Format, OnlyFor, TargetGroup
from offerings.dates.schedules import weekly_times
from offerings.models import CostOption, Offering


def facts(offering: Offering, language: str) -> list[dict[str, Any]]:
    """The facts in the order people ask for them, for `components/fact_list.html`;
    what is not known has no lines.
    """
    ages = age_range_in_words(offering.age_min_months, offering.age_max_months)
    times = [*weekly_times(offering), *period(offering, language)]
    registration = offering.get_registration_display() if offering.registration else ""
    return [
        fact(_("Age"), "child", ages),
        fact(
            _("For whom"),
            "people",
            *labels(OnlyFor, filter(None, [offering.only_for])),
            *labels(TargetGroup, offering.target_groups),
        ),
        fact(_("When"), "calendar", *times),
        fact(_("How"), "home", *labels(Format, filter(None, [offering.format]))),
        fact(_("Costs"), "coin", *costs(offering, language)),
        fact(_("Registration"), "check", registration),
        fact(
            _("Languages"),
            "speech",
            *(language_name(code, language) for code in offering.languages),
        ),
        fact(
            _("Accessibility"),
            "accessible",
            yes_or_no(offering.is_accessible),
            offering.accessibility_note,
        ),
        fact(_("Childcare"), "child", yes_or_no(offering.has_childcare)),
    ]


def fact(label: str, icon: str, *lines: str) -> dict[str, Any]:
    """One line of the fact list."""
    return {
        "label": label,
        "icon": icon,
        "lines": [str(line) for line in lines if line],
    }


def labels(choices: Any, codes: Iterable[str]) -> list[str]:
    """Names of codes of a closed list."""
    return [str(choices(code).label) for code in codes]


def yes_or_no(fact: bool | None) -> str:
    """ "yes", "no", or nothing where it is not known."""
    return "" if fact is None else (_("yes") if fact else _("no"))


def period(offering: Offering, language: str) -> list[str]:
    """First and last day of the offer, as far as they are known."""
    found = []
    if offering.running_since:
        found.append(_("since %(year)s") % {"year": offering.running_since})
    if offering.starts_on and offering.starts_on > clock.today():
        day = day_in_words(offering.starts_on, language)
        found.append(_("from %(day)s") % {"day": day})
    if offering.ends_on:
        day = day_in_words(offering.ends_on, language)
        found.append(_("until %(day)s") % {"day": day})
    return found


def costs(offering: Offering, language: str) -> list[str]:
    """Free, or the prices, or that there are costs."""
    if offering.is_free:
        return [_("free of charge")]
    # Asked for once, whoever needs them next.
    prefetch_related_objects([offering], "cost_options")
    options = list(offering.cost_options.all())
    if options:
        return [price_in_words(option, language) for option in options]
    return [] if offering.is_free is None else [_("with costs")]


def price_in_words(option: CostOption, language: str) -> str:
    """ "3.50 € per date (reduced)"."""
    amount = f"{euros(option.amount, language)} {option.get_per_display()}"
    if option.kind == CostOption.Kind.REGULAR:
        return amount
    return f"{amount} ({option.get_kind_display()})"

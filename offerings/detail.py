"""One offer as its page shows it: every fact in words, unknown ones said so."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, localized_entry
from offerings.ages import age_range_in_words
from offerings.cards import date_in_words, language_names
from offerings.choices import Format, TargetGroup
from offerings.models import CostOption, Offering
from offerings.schedules import upcoming_dates, weekly_times


@dataclass(slots=True)
class Fact:
    """One line of the fact list; `texts` is empty where nothing is known."""

    label: str
    texts: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class Detail:
    """What `offerings/detail.html` shows. `entry` is the offer itself."""

    entry: Offering
    title: Text
    summary: Text
    description: Text
    next_step: Text
    topics: list[dict[str, Any]]
    facts: list[Fact]
    dates: list[str]
    places: list[dict[str, Any]]
    provider_name: Text
    is_machine_translated: bool
    is_documented: bool


def detail(offering: Offering, language: str) -> Detail:
    """Everything the page of an offer shows, in a language."""
    title = localized_entry(offering, "title", language)
    note = offering.translation_state.get(language, {}).get("title", {})
    return Detail(
        entry=offering,
        title=title,
        summary=localized_entry(offering, "summary", language),
        description=localized_entry(offering, "description", language),
        next_step=localized_entry(offering, "next_step", language),
        topics=[
            {"key": topic.key, "name": localized_entry(topic, "name", language)}
            for topic in offering.topics.all()
        ],
        facts=facts(offering),
        dates=[date_in_words(moment) for moment in upcoming_dates(offering, 6)],
        places=[place_facts(place) for place in offering.places.all()],
        provider_name=(
            localized_entry(offering.provider, "name", language)
            if offering.provider
            else Text("")
        ),
        is_machine_translated=bool(note) and not note.get("reviewed"),
        is_documented=bool(offering.as_of),
    )


def facts(offering: Offering) -> list[Fact]:
    """The facts in the order people ask for them."""
    return [
        Fact(_("Age"), words(age_range_in_words(
            offering.age_min_months, offering.age_max_months))),
        Fact(_("For whom"), [
            Text(str(TargetGroup(code).label)) for code in offering.target_groups]),
        Fact(_("When"), words(*weekly_times(offering), *period(offering))),
        Fact(_("How"), words(
            str(Format(offering.format).label) if offering.format else "")),
        Fact(_("Costs"), words(*costs(offering))),
        Fact(_("Registration"), words(
            offering.get_registration_display() if offering.registration else "")),
        Fact(_("Languages"), language_names(offering.languages)),
        Fact(_("Accessibility"), words(
            yes_or_no(offering.is_accessible), offering.accessibility_note)),
        Fact(_("Childcare"), words(yes_or_no(offering.has_childcare))),
    ]


def words(*texts: str) -> list[Text]:
    """The given texts without the empty ones."""
    return [Text(str(text)) for text in texts if text]


def yes_or_no(fact: bool | None) -> str:
    """ "yes", "no", or nothing where it is not known."""
    return "" if fact is None else (_("yes") if fact else _("no"))


def period(offering: Offering) -> list[str]:
    """First and last day of the offer, as far as they are known."""
    found = []
    if offering.running_since:
        found.append(_("since %(year)s") % {"year": offering.running_since})
    if offering.starts_on and offering.starts_on > clock.today():
        day = date_format(offering.starts_on, "j. F Y")
        found.append(_("from %(day)s") % {"day": day})
    if offering.ends_on:
        day = date_format(offering.ends_on, "j. F Y")
        found.append(_("until %(day)s") % {"day": day})
    return found


def costs(offering: Offering) -> list[str]:
    """Free, or the prices, or that there are costs."""
    if offering.is_free:
        return [_("free of charge")]
    options = list(offering.cost_options.all())
    if options:
        return [price_in_words(option) for option in options]
    return [] if offering.is_free is None else [_("with costs")]


def price_in_words(option: CostOption) -> str:
    """ "3.50 € per date (reduced)"."""
    amount = f"{option.amount:.2f} € {option.get_per_display()}"
    if option.kind == CostOption.Kind.REGULAR:
        return amount
    return f"{amount} ({option.get_kind_display()})"


def place_facts(place: Any) -> dict[str, Any]:
    """A place with its district, which may only be probable."""
    return {
        "name": place.name,
        "address": place.address,
        "district": place.district.name if place.district else "",
        "is_guessed": place.is_district_guessed,
        "accessible": yes_or_no(place.is_accessible),
        "note": place.accessibility_note,
        "as_of": place.as_of,
    }

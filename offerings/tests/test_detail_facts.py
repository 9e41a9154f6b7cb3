"""What the page of an offer knows, at the bounds where it changes."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils.translation import override

from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib import clock
from herne_bildung.lib.translation_state import mark_current
from offerings.detail import detail, whole
from offerings.models import CostOption, Offering
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 6)


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch):
    """Half past eleven in Herne, when the weekly dates of the tests begin."""
    moment = datetime(2026, 10, 6, 9, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


def shown(offering, language="en"):
    with override(language):
        return detail(whole(Offering.objects.filter(pk=offering.pk)), language)


def lines(offering, label: str) -> list[str]:
    """What stands beside a label of the fact list; nothing where it is not known."""
    return [
        line
        for fact in shown(offering).facts
        if fact["label"] == label
        for line in fact["lines"]
    ]


@pytest.mark.parametrize(
    ("ends_on", "has_ended"),
    [(date(2026, 10, 5), True), (TODAY, False), (date(2026, 10, 7), False)],
)
def test_an_offer_ends_after_its_last_day(ends_on, has_ended):
    assert shown(make_offering(ends_on=ends_on)).has_ended is has_ended


@pytest.mark.parametrize(
    ("values", "when"),
    [
        ({"starts_on": TODAY}, []),
        ({"starts_on": date(2026, 10, 7)}, ["from October 7, 2026"]),
        (
            {"running_since": 2007, "ends_on": date(2026, 12, 31)},
            ["since 2007", "until December 31, 2026"],
        ),
    ],
)
def test_period_names_what_still_matters(values, when):
    assert lines(make_offering(**values), "When") == when


@pytest.mark.parametrize(
    ("is_free", "prices", "said"),
    [
        (True, [("3.50", "regular")], ["free of charge"]),
        (False, [], ["with costs"]),
        (None, [], []),
        (
            None,
            [("3.50", "regular"), ("2", "reduced")],
            ["€3.50 once", "€2 once (reduced)"],
        ),
    ],
)
def test_costs_are_free_or_prices_or_only_that_there_are_some(is_free, prices, said):
    offering = make_offering(is_free=is_free)
    for amount, kind in prices:
        CostOption.objects.create(offering=offering, amount=amount, kind=kind)
    offering.refresh_from_db()

    assert sorted(lines(offering, "Costs")) == sorted(said)


@pytest.mark.parametrize(
    ("language", "mark", "is_said"),
    [
        ("tr", {"is_machine_made": True}, True),
        ("tr", {"is_reviewed": True}, False),
        ("de", {}, False),
    ],
)
def test_a_translation_nobody_read_is_called_so(language, mark, is_said):
    offering = make_offering("Kurs", title_tr="Kurs")
    if mark:
        mark_current(offering, "title", language, **mark)
        offering.save()

    assert shown(offering, language).is_machine_translated is is_said


@pytest.mark.parametrize(
    ("translated", "starts"),
    [
        ([], ["title"]),
        (["title"], ["summary"]),
        (["summary"], ["title", "next_step"]),
        (["title", "summary", "next_step", "description"], []),
    ],
)
def test_german_is_announced_once_where_it_begins(translated, starts):
    names = ("title", "summary", "next_step", "description")
    values = {f"{name}_de": "deutsch" for name in names}
    offering = make_offering(
        **values, **{f"{name}_tr": "türkçe" for name in translated}
    )

    assert shown(offering, "tr").fallback_starts == starts
    assert shown(offering, "de").fallback_starts == []


@pytest.mark.parametrize(
    ("own", "email"),
    [("kurs@example.org", "kurs@example.org"), ("", "haus@example.org")],
)
def test_the_offers_own_contact_comes_first(own, email):
    provider = make_organisation(email="haus@example.org")

    page = shown(make_offering(provider=provider, email=own))

    assert page.contact["email"] == email


@pytest.mark.parametrize(
    ("state", "title"), [("published", "Neuer Kurs"), ("archived", ""), ("draft", "")]
)
def test_only_a_successor_on_the_site_is_named(state, title):
    successor = make_offering("Neuer Kurs", state=state)

    page = shown(make_offering(successor=successor), "de")

    assert (page.follower.title.text if page.follower else "") == title


def test_the_next_six_dates_after_now_are_shown_each_once():
    offering = make_offering(schedule={"start_time": time(11, 30)})
    offering.schedules.create(
        weekdays=[1, 3], starts_on=date(2026, 1, 6), start_time=time(11, 30)
    )

    assert [date["text"] for date in shown(offering).dates] == [
        "Thu, Oct 8, 11:30",
        "Tue, Oct 13, 11:30",
        "Thu, Oct 15, 11:30",
        "Tue, Oct 20, 11:30",
        "Thu, Oct 22, 11:30",
        "Tue, Oct 27, 11:30",
    ]


def test_a_date_that_just_began_makes_room_for_one_more():
    offering = make_offering(schedule={"start_time": time(11, 30)})

    assert [date["text"].split(",")[1].strip() for date in shown(offering).dates] == [
        *("Oct 13", "Oct 20", "Oct 27", "Nov 3", "Nov 10", "Nov 17")
    ]


KNOWN = {"in_school_holidays": "yes"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "every Tuesday 9:30; in the school holidays: not known"),
        (
            {"weekdays": [0, 2], "end_time": time(11), "interval": 2, **KNOWN},
            "every 2 weeks on Monday, Wednesday 9:30–11:00,"
            " also in the school holidays",
        ),
        (
            {"frequency": "monthly", "week_of_month": -1, **KNOWN},
            "every last Tuesday of the month 9:30, also in the school holidays",
        ),
        (
            {"in_school_holidays": "no"},
            "every Tuesday 9:30, not in the school holidays",
        ),
        # Exceptions that are over are not told.
        (
            {"exceptions": [date(2020, 1, 7), date(2099, 1, 6)], **KNOWN},
            "every Tuesday 9:30, not on January 6, 2099, also in the school holidays",
        ),
        (
            {"frequency": "once", "weekdays": [], "starts_on": date(2099, 1, 6)},
            "on January 6, 2099 9:30",
        ),
    ],
)
def test_times_are_said_in_words(values, said):
    assert lines(make_offering(schedule=values), "When") == [said]

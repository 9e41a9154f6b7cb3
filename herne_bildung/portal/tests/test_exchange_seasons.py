"""Places left, pauses, cancelled and moved dates, what follows: as a table."""

from datetime import date, time

import pytest

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import LEADS, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.lib import clock
from herne_bildung.portal.tests.exchange import (
    checked,
    csv_of,
    header_of,
    problems,
    taken_over,
    undone,
)
from offerings.models import Occurrence, Offering
from offerings.tests.factories import make_offering

LONG_AGO = date(2026, 1, 2)
DATES = (
    "occurrences.day",
    "occurrences.start_time",
    "occurrences.state",
    "occurrences.new_day",
    "occurrences.new_end_time",
)


@pytest.fixture
def lead(db):
    ensure_groups()
    return make_user("", LEADS)


def table(facts: tuple[str, ...], *cells) -> bytes:
    header = header_of("offering", "key", "title_de", "summary_de", "provider", *facts)
    missing = [""] * (len(facts) - len(cells))
    return csv_of(header, ["k-1", "Kurs", "Kurz.", "Haus", *cells, *missing])


def test_changed_dates_come_in_and_are_taken_back(lead):
    make_organisation("Haus")
    first = table(DATES, "24.11.2026 | 1.12.2026", "9:30 |", "| moved", "| 2.12.2026")
    taken_over(first, by=lead)
    every = Occurrence.objects.values_list("day", "start_time", "state", "new_day")
    came = list(every)
    job = taken_over(table(DATES, "1.12.2026", "", "cancelled"), by=lead)
    later = list(every.all())
    undone(job, by=lead)

    assert came == [
        (date(2026, 11, 24), time(9, 30), "cancelled", None),
        (date(2026, 12, 1), None, "moved", date(2026, 12, 2)),
    ]
    assert later == [(date(2026, 12, 1), None, "cancelled", None)]
    assert list(every.all()) == came


def named(job) -> set[tuple[int, str]]:
    """Lines and columns of problems, without the letters of the columns."""
    return {(row, name.partition(" (")[2][:-1]) for row, name in problems(job)}


@pytest.mark.parametrize(
    ("facts", "cells", "column"),
    [
        (DATES, ["", "9:30"], "Geänderter Termin"),
        (DATES, ["24.11.2026", "", "moved"], "Neuer Tag"),
        (DATES, ["24.11.2026", "", "", "25.11.2026"], "Neuer Tag"),
        (DATES, ["24.11.2026 | 24.11.2026"], "Geänderter Termin"),
        (DATES, ["24.11.2026", "9:30", "vielleicht"], "Was mit ihm ist"),
        (DATES, ["24.11.2026", "9:30", "moved", "25.11.2026", "9:00"], "Neues Ende"),
        (("paused_until",), ["1.9.2027"], "Pause bis"),
        (("paused_from", "paused_until"), ["1.9.2027", "1.8.2027"], "Pause bis"),
        (("places_left",), ["viele"], "Freie Plätze"),
        (
            ("places_left", "places_left_on"),
            ["full", "1.1.2090"],
            "Freie Plätze, Stand",
        ),
        (("only_for",), ["alle"], "Nur für"),
        (("quality_areas",), ["Musik"], "Bereiche Familienzentrum"),
        (("successor",), ["Gibt es nicht"], "Nachfolger"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_column(lead, facts, cells, column):
    make_organisation("Haus")

    job = checked(table(facts, *cells), by=lead)

    assert named(job) == {(2, column)}


TIMES = ("schedules.weekdays", "schedules.start_time", "schedules.starts_on")
MOVED = (*TIMES, "occurrences.day", "occurrences.state", "occurrences.new_day")
BEGINS = ("Di", "9:30", "5.1.2027")


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ((*BEGINS, "12.1.2027", "moved", "19.1.2027"), {(2, "Neuer Tag")}),
        ((*BEGINS, "12.1.2027", "moved", "20.1.2027"), set()),
        (("Di", "", "5.1.2027", "12.1.2027", "moved", "19.1.2027"), {(2, "Beginn")}),
        (
            (
                "Di | Mi",
                "9:30 | 9:30",
                "5.1.2027 | 5.1.2027",
                "12.1.2027",
                "moved",
                "20.1.2027",
            ),
            {(2, "Neuer Tag")},
        ),
    ],
)
def test_a_date_is_not_moved_onto_another_one(lead, cells, columns):
    make_organisation("Haus")

    assert named(checked(table(MOVED, *cells), by=lead)) == columns


def test_a_table_that_does_not_change_dates_says_nothing_of_them(lead):
    make_organisation("Haus")
    taken_over(table(TIMES, *BEGINS), by=lead)
    offering = Offering.objects.get()
    for day in (12, 19):
        Occurrence.objects.create(
            offering=offering,
            day=date(2027, 1, day),
            state="moved",
            new_day=date(2027, 1, 20),
        )

    job = checked(table(("phone",), "02323 1"), by=lead)

    assert named(job) == set()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["full"], ("full", LONG_AGO)),
        (["free"], ("free", "today")),
        (["free", "3.1.2026"], ("free", date(2026, 1, 3))),
        (["full", "3.1.2026"], ("full", date(2026, 1, 3))),
        ([""], ("", None)),
    ],
)
def test_places_left_have_the_day_they_were_said(lead, cells, expected):
    make_organisation("Haus")
    facts = ("places_left", "places_left_on")
    taken_over(table(facts, "full", "2.1.2026"), by=lead)

    job = taken_over(table(facts[: len(cells)], *cells), by=lead)
    offering = Offering.objects.get()
    found = (offering.places_left, offering.places_left_on)
    if cells != ["full"]:
        undone(job, by=lead)

    offering.refresh_from_db()
    day = clock.today() if expected[1] == "today" else expected[1]
    assert found == (expected[0], day)
    assert (offering.places_left, offering.places_left_on) == ("full", LONG_AGO)


def test_what_follows_is_an_own_offer_that_does_not_lead_back(lead):
    own = make_organisation("Haus")
    user = make_user("", PROVIDERS)
    make_membership(user, own, "manager")
    following = make_offering("Danach", provider=own)
    make_offering("Fremd")
    say = {"by": user, "organisation_id": own.pk}

    job = checked(table(("successor",), "Fremd"), **say)
    taken_over(table(("successor",), "Danach"), **say)
    offering = Offering.objects.get(title_de="Kurs")
    following.successor = offering
    following.save()
    circle = checked(table(("successor",), f"Kurs #{offering.pk}"), **say)

    assert named(job) == {(2, "Nachfolger")}
    assert offering.successor == following
    assert named(circle) == {(2, "Nachfolger")}

"""Places left, cancelled and moved dates, a pause: one page, one click each."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from herne_bildung.city.models import EntryVersion, User, WaitingVersion
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, TRANSLATORS
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.city.versions import waiting
from herne_bildung.lib import clock
from offerings.models import Occurrence, Offering
from offerings.tests.administration import signed_in
from offerings.tests.factories import make_offering
from offerings.tests.today import TUESDAY, UNDO, changes, own_offer, sunday, undo

__all__ = ["sunday"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("with_groups", "sunday"),
]


def page_of(offering) -> str:
    return reverse("admin:offerings_offering_today", args=[offering.pk])


def press(client, offering, **sent):
    return client.post(page_of(offering), sent, follow=True)


def rows_on(page) -> list[tuple[str, bool]]:
    return [
        (row.date.key, row.date.change is not None) for row in page.context["desk"].rows
    ]


def test_places_are_said_with_one_click_and_taken_back_with_another(client):
    offering = own_offer(client, places_left="free", places_left_on=date(2026, 1, 2))

    page = press(client, offering, do="places", value="full")
    offering.refresh_from_db()
    full = (offering.places_left, offering.places_left_on)
    undo(client, page)
    offering.refresh_from_db()

    assert full == ("full", clock.today())
    assert (offering.places_left, offering.places_left_on) == (
        "free",
        date(2026, 1, 2),
    )


def test_the_next_dates_are_listed_without_those_that_are_over(client):
    offering = own_offer(client)
    Occurrence.objects.create(
        offering=offering, day=date(2026, 11, 17), state="cancelled"
    )

    assert rows_on(client.get(page_of(offering)))[:2] == [
        ("2026-11-24T09:30", False),
        ("2026-12-01T09:30", False),
    ]
    assert len(rows_on(client.get(page_of(offering)))) == 8
    assert len(rows_on(client.get(page_of(offering), {"more": 1}))) == 40


def test_a_date_is_cancelled_and_takes_place_again(client):
    offering = own_offer(client)

    page = press(
        client, offering, do="cancel", date="2026-11-24T09:30", reason="illness"
    )
    cancelled = changes(offering)
    offering.refresh_from_db()
    next_start = offering.next_start
    press(client, offering, do="keep", date="2026-11-24T09:30")

    assert rows_on(page)[0] == ("2026-11-24T09:30", True)
    assert cancelled == [(TUESDAY, time(9, 30), "cancelled", "illness", None, None)]
    assert next_start == clock.at(date(2026, 12, 1), time(9, 30))
    assert changes(offering) == []


def test_a_date_is_moved_and_moved_again(client):
    offering = own_offer(client)
    moved = {"do": "move", "date": "2026-11-24T09:30"}

    press(client, offering, **moved, new_day="2026-11-25", new_start_time="10:00")
    page = press(client, offering, **moved, new_day="2026-11-26")
    back = undo(client, page)

    assert "2026-11-24T09:30" in [key for key, _ in rows_on(page)]
    assert back.status_code == 200
    assert changes(offering) == [
        (TUESDAY, time(9, 30), "moved", "", date(2026, 11, 25), time(10))
    ]


def test_a_moved_date_is_cancelled_by_when_it_takes_place_now(client):
    """As the button of the start page sends it."""
    offering = own_offer(client)
    moved = {"do": "move", "date": "2026-11-24T09:30", "new_day": "2026-11-25"}
    press(client, offering, **moved)

    page = press(client, offering, do="cancel", now="2026-11-25T09:30")

    assert page.status_code == 200
    assert changes(offering) == [
        (TUESDAY, time(9, 30), "cancelled", "", None, None),
    ]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "new_day"),
        ({"new_day": "2026-11-24"}, "new_day"),
        ({"new_day": "2026-11-21"}, "new_day"),
        ({"new_day": "2099-11-24"}, "new_day"),
        ({"new_day": "morgen"}, "new_day"),
        ({"new_day": "2026-11-25", "new_end_time": "09:00"}, "new_end_time"),
        ({"new_day": "2026-11-25", "reason": "laune"}, "reason"),
    ],
)
def test_what_is_wrong_with_a_moved_date_is_said_at_its_field(client, sent, field):
    offering = own_offer(client)

    page = press(client, offering, do="move", date="2026-11-24T09:30", **sent)

    [row] = [row for row in page.context["desk"].rows if row.is_open]
    assert (list(row.form.errors), changes(offering)) == ([field], [])


def test_a_day_on_which_nothing_takes_place_names_the_nearest_dates(client):
    offering = own_offer(client)

    page = client.get(page_of(offering), {"day": "2026-12-10"})
    right = client.get(page_of(offering), {"day": "2026-12-08"})
    over = client.get(page_of(offering), {"day": "2026-11-17"})

    def shown(page):
        other = page.context["desk"].other_day
        return other.get("is_free"), [row.date.key for row in other.get("rows", [])]

    assert shown(page) == (
        True,
        ["2026-12-01T09:30", "2026-12-08T09:30", "2026-12-15T09:30"],
    )
    assert shown(right) == (False, ["2026-12-08T09:30"])
    assert shown(over) == (None, [])
    assert over.context["desk"].other_day["form"].errors != {}


def test_a_pause_begins_and_ends(client):
    offering = own_offer(client)

    press(client, offering, do="pause", paused_from="2026-12-01")
    offering.refresh_from_db()
    paused = (offering.paused_from, offering.paused_until)
    wrong = press(
        client,
        offering,
        do="pause",
        paused_from="2026-12-01",
        paused_until="2026-11-30",
    )
    press(client, offering, do="go_on")
    offering.refresh_from_db()

    assert paused == (date(2026, 12, 1), None)
    assert list(wrong.context["desk"].pause.errors) == ["paused_until"]
    assert (offering.paused_from, offering.paused_until) == (None, None)


def test_what_changes_from_week_to_week_is_public_without_approval(client):
    offering = own_offer(client, is_trusted=False)

    press(client, offering, do="cancel", date="2026-11-24T09:30")
    press(client, offering, do="places", value="full")
    press(client, offering, do="pause", paused_from="2026-12-01")

    offering.refresh_from_db()
    [version, *_] = EntryVersion.objects.all()
    assert (
        offering.places_left,
        offering.paused_from,
        changes(offering),
    ) == (
        "full",
        date(2026, 12, 1),
        [(TUESDAY, time(9, 30), "cancelled", "", None, None)],
    )
    assert (version.is_unread, list(WaitingVersion.objects.all())) == (True, [])


def test_what_waits_says_nothing_of_facts_written_at_once(client):
    offering = own_offer(client, is_trusted=False)
    author = User.objects.get()
    wanted = {"title_de": "Krabbelkreis", "places_left": "waiting_list"}
    waiting.store(offering, wanted, by=author)

    press(client, offering, do="places", value="full")
    [change] = WaitingVersion.objects.all()
    offering.refresh_from_db()
    said = offering.places_left, offering.title_de
    waits = change.state, waiting.proposed(change)
    waiting.store(offering, {**wanted, "title_de": "Krabbelgruppe"}, by=author)
    press(client, offering, do="places", value="free")
    change.refresh_from_db()

    assert said == ("full", "Krabbelgruppe")
    assert waits == ("waiting", {"title_de": "Krabbelkreis"})
    assert (change.state, waiting.proposed(change)) == ("withdrawn", {})


def test_an_old_way_back_changes_nothing_once_it_is_another_fact(client):
    offering = own_offer(client)
    page = press(client, offering, do="places", value="full")
    Offering.objects.update(places_left="waiting_list")

    undo(client, page)
    client.post(UNDO, {"token": "falsch"})

    assert Offering.objects.get().places_left == "waiting_list"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "x"},
        {"do": "places", "value": "viele"},
        {"do": "cancel"},
        {"do": "cancel", "date": "2026-11-25T09:30"},
        {"do": "cancel", "date": "2026-11-24T10:00"},
        {"do": "cancel", "date": "9" * 5000},
        {"do": "keep", "date": "2026-11-24T09:30"},
        {"do": "move", "date": "0000-00-00", "new_day": "9999-99-99"},
        {"do": "pause", "paused_from": "0001-01-01"},
        {"do": "pause", "paused_until": "2026-12-01"},
    ],
)
def test_what_no_button_sends_changes_nothing(client, sent):
    offering = own_offer(client)
    before = Offering.objects.values().get()

    page = client.post(page_of(offering), sent)

    assert page.status_code == 200
    assert (Offering.objects.values().get(), changes(offering)) == (before, [])


def test_only_its_own_people_and_the_office_reach_the_page(client):
    foreign = make_offering(provider=make_organisation("Fremd"), schedule={})
    answers = {}
    own_offer(client)
    answers["provider"] = client.get(page_of(foreign)).status_code
    token_page = press(
        client, Offering.objects.exclude(pk=foreign.pk).get(), do="places", value="full"
    )
    for group, values in (
        (ADVISERS, {}),
        (TRANSLATORS, {"translates": ["tr"]}),
        (OFFICE, {}),
        (LEADS, {}),
    ):
        signed_in(client, group, **values)
        sent = {"do": "places", "value": "full"}
        answers[group] = client.post(page_of(foreign), sent).status_code
    signed_in(client, ADVISERS)
    stolen = undo(client, token_page).status_code

    assert answers == {
        "provider": 404,
        ADVISERS: 403,
        TRANSLATORS: 403,
        OFFICE: 302,
        LEADS: 302,
    }
    assert stolen == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries(client, django_assert_num_queries, number):
    offering = own_offer(client)
    for week in range(number):
        Occurrence.objects.create(
            offering=offering, day=TUESDAY + timedelta(weeks=week), state="cancelled"
        )
    client.get(page_of(offering))

    with django_assert_num_queries(11):
        client.get(page_of(offering))

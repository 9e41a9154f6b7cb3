"""Entries to look after, as staff settle them."""

from datetime import timedelta

import pytest

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.administration import listed
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.models import (
    CareEvent,
    CareInterval,
    ClosedPeriod,
    Confirmation,
    MaintainedEntry,
    OutgoingMail,
)
from herne_bildung.freshness.rhythm import State, add_months, state_of
from herne_bildung.freshness.states import in_state
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
LIST = "/verwaltung/freshness/maintainedentry/"


def entry_called(name: str, **row) -> MaintainedEntry:
    return make_entry(make_organisation(name, phone="02323 1"), **row)


def page(entry: MaintainedEntry, what: str = "tun") -> str:
    return f"{LIST}{entry.pk}/{what}/"


@pytest.mark.parametrize("days", [None, -40, -14, -13, 0, 1, 21, 22])
@pytest.mark.parametrize(
    "row",
    [{}, {"as_of": "2017"}, {"hidden_at": "now"}, {"ended_at": "now"}],
    ids=["plain", "document", "hidden", "ended"],
)
def test_every_entry_is_in_the_state_that_is_shown(days, row):
    today = clock.today()
    row = {
        name: clock.now() if value == "now" else value for name, value in row.items()
    }
    due = None if days is None else today + timedelta(days=days)
    entry = make_entry(due_on=due, **row)

    found = [
        state
        for state in State.values
        if MaintainedEntry.objects.filter(in_state(state, today)).exists()
    ]

    assert found == [state_of(entry, today).value]


def test_list_is_cut_down_by_filters(office):
    entry_called("Aus Dokumenten", as_of="2017")
    entry_called("Überfällig", due_on="2020-01-01")
    entry_called("Aktuell", due_on="2099-01-01", step=1, step_on=clock.today())

    found = {
        query: listed(office.get(f"{LIST}?{query}"))
        for query in (
            "state=document",
            "state=overdue",
            "state=nonsense",
            "kind=offering",
            "document=yes",
            "document=no",
            "step__exact=1",
        )
    }

    assert found == {
        "state=document": ["Aus Dokumenten"],
        "state=overdue": ["Überfällig"],
        "state=nonsense": ["Aktuell", "Aus Dokumenten", "Überfällig"],
        "kind=offering": [],
        "document=yes": ["Aus Dokumenten"],
        "document=no": ["Aktuell", "Überfällig"],
        "step__exact=1": ["Aktuell"],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_list_number_of_queries(office, number, django_assert_num_queries):
    for _ in range(number):
        make_entry()
    office.get(LIST)

    with django_assert_num_queries(7):
        office.get(LIST)


def test_only_ticked_groups_are_confirmed(office):
    entry = entry_called("Haus")
    [contact, description] = office.get(page(entry, "change")).context["groups"]

    office.post(
        page(entry),
        {"do": "visit", "group": ["contact"], "seen-contact": contact.mark},
    )

    confirmation = Confirmation.objects.get()
    assert (confirmation.groups, confirmation.how) == (["contact"], "visit")
    assert description.name == "description"


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "phone"},
        {"do": "phone", "group": ["contact"], "seen-contact": "old"},
        {"do": "phone", "group": ["nonsense"]},
        {"do": "hide", "reason": " "},
        {"do": "import", "group": ["contact"]},
        {},
    ],
)
def test_nothing_is_noted_by_half_a_form(office, fields):
    entry = entry_called("Haus")

    office.post(page(entry), fields)

    entry.refresh_from_db()
    assert (Confirmation.objects.count(), entry.is_public) == (0, True)


def test_the_box_for_the_reason_stays_open_without_one(office):
    entry = entry_called("Haus")
    opened, marked = '<details class="care-more" open>', 'aria-invalid="true"'

    before = office.get(page(entry, "change")).content.decode()
    answer = office.post(page(entry), {"do": "hide", "reason": " "})
    after = office.get(answer["Location"].partition("#")[0]).content.decode()

    assert answer["Location"] == f"{page(entry, 'change')}?fehlt=1#care-reason"
    assert [(opened in one, marked in one) for one in (before, after)] == [
        (False, False),
        (True, True),
    ]


def test_hidden_with_a_reason_told_and_shown_again_with_one_click(office):
    entry = entry_called("Haus")
    make_recipient(entry.organisation, email="haus@example.org")

    office.post(page(entry), {"do": "hide", "reason": "Steht leer."})
    entry.refresh_from_db()
    told = sorted(OutgoingMail.objects.values_list("recipient", flat=True))
    hidden = (entry.is_public, entry.hidden_at is None, told)
    office.post(page(entry), {"do": "show"})

    entry.refresh_from_db()
    assert hidden == (False, False, ["bildungsbuero@localhost", "haus@example.org"])
    assert (entry.is_public, entry.hidden_at) == (True, None)
    assert Organisation.objects.get(pk=entry.object_id).status == "active"


def test_ended_and_not_ended_after_all(office):
    entry = entry_called("Haus")

    office.post(page(entry), {"do": "end", "reason": "geschlossen\0 "})
    entry.refresh_from_db()
    ended = entry.ended_at is not None
    office.post(page(entry), {"do": "not_ended"})

    entry.refresh_from_db()
    said = CareEvent.objects.order_by("pk").values_list("what", "note")
    assert (ended, entry.ended_at, entry.is_public) == (True, None, True)
    assert list(said) == [("ended", "geschlossen"), ("not_ended", "")]


def test_several_are_confirmed_and_shown_from_the_list(office):
    entries = [entry_called("A"), entry_called("B", hidden_at=clock.now())]
    chosen = {"_selected_action": [entry.pk for entry in entries]}

    office.post(LIST, {"action": "show_again", **chosen})
    assert MaintainedEntry.objects.filter(hidden_at=None).count() == 2
    office.post(LIST, {"action": "confirm_by_phone", **chosen})

    assert sorted(Confirmation.objects.values_list("how", "entry")) == [
        ("phone", entry.pk) for entry in entries
    ]


def test_what_lost_its_facts_meanwhile_does_not_stop_the_others(office):
    first, second = entry_called("A"), entry_called("B")
    Organisation.objects.filter(pk=first.object_id).update(phone="")

    response = office.post(
        LIST,
        {"action": "confirm_by_phone", "_selected_action": [first.pk, second.pk]},
        follow=True,
    )

    assert [str(found) for found in response.context["messages"]] == [
        "„A“ wurde inzwischen geändert. Bitte sehen Sie es sich noch einmal an.",
        "1 Eintrag vermerkt.",
    ]
    assert list(Confirmation.objects.values_list("entry", flat=True)) == [second.pk]


def test_an_entry_gets_its_own_interval(office):
    entry = entry_called("Haus")
    fields = {
        "intervals-TOTAL_FORMS": 1,
        "intervals-INITIAL_FORMS": 0,
        "intervals-0-facts": "organisation:contact",
    }

    too_long = office.post(page(entry, "change"), {**fields, "intervals-0-months": 13})
    assert CareInterval.objects.count() == 0
    office.post(page(entry, "change"), {**fields, "intervals-0-months": 2})

    [formset] = too_long.context["inline_admin_formsets"]
    assert list(formset.formset.errors[0]) == ["months"]
    assert list(
        CareInterval.objects.values_list("kind", "group", "entry", "months")
    ) == [("organisation", "contact", entry.pk, 2)]


def test_an_organisation_gets_closed_weeks_and_intervals_that_count_at_once(office):
    entry = entry_called("Haus")
    pk, today = entry.organisation_id, clock.today()
    office.post(LIST, {"action": "confirm_by_phone", "_selected_action": [entry.pk]})

    office.post(
        f"/verwaltung/freshness/caredfororganisation/{pk}/change/",
        {
            "responsibilities-TOTAL_FORMS": 0,
            "responsibilities-INITIAL_FORMS": 0,
            "closed_periods-TOTAL_FORMS": 1,
            "closed_periods-INITIAL_FORMS": 0,
            "closed_periods-0-first_day": "2026-12-01",
            "closed_periods-0-last_day": "2026-12-31",
            "care_intervals-TOTAL_FORMS": 1,
            "care_intervals-INITIAL_FORMS": 0,
            "care_intervals-0-facts": "organisation:contact",
            "care_intervals-0-months": 1,
        },
    )

    entry.refresh_from_db()
    assert ClosedPeriod.objects.get().organisation_id == pk
    assert entry.groups["contact"]["due"] == add_months(today, 1).isoformat()

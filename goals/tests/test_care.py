"""Measures, milestones and mandates in the engine that reminds."""

from datetime import date, timedelta

import pytest
from django.utils.translation import gettext, override

from goals.actions import KIND, reindex, set_status
from goals.choices import MandateStatus, MeasureStatus, Publication
from goals.models import Mandate, Measure, Milestone, Progress
from goals.tests.factories import (
    make_goal,
    make_mandate,
    make_measure,
    make_milestone,
    make_organisation_role,
    make_paper,
    make_period,
    make_whole_body,
)
from herne_bildung.city import search
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.entries import confirm, end, hide, undo_end
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.actions.sync import sync, sync_all
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    Confirmation,
    MaintainedEntry,
    Responsibility,
)
from herne_bildung.freshness.tests.factories import go_to, make_recipient
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
START = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def on_a_monday():
    go_to(START)


def row_of(kind: str, entry) -> MaintainedEntry:
    sync(kind, [entry.pk])
    return MaintainedEntry.objects.get(kind=kind, object_id=entry.pk)


def asked(row: MaintainedEntry) -> list[tuple[int, str]]:
    """Steps that were taken, and who was asked."""
    events = CareEvent.objects.filter(entry=row, what=CareEvent.What.STEP)
    return [
        (event.step, event.recipient.email if event.recipient else "")
        for event in events.order_by("pk")
    ]


def test_a_milestone_is_due_on_its_day_and_monthly_after_it():
    milestone = make_milestone(make_measure(), due_on=date(2027, 3, 1))
    row = row_of("milestone", milestone)
    before = row.due_on
    confirm(row, groups=None, how=Confirmation.How.PHONE)
    row.refresh_from_db()
    early = row.due_on
    go_to(date(2027, 3, 8))
    confirm(row, groups=None, how=Confirmation.How.PHONE)
    row.refresh_from_db()

    assert (before, early) == (date(2027, 3, 1), date(2027, 3, 1))
    assert row.due_on == date(2027, 4, 8)


def test_closed_periods_and_finished_measures_are_never_due():
    closed = make_goal(period=make_period(2013, is_closed=True))
    day = START - timedelta(days=100)
    old = make_measure(goal=closed, planned_end=day)
    done = make_measure(status=MeasureStatus.DONE, planned_end=day)
    for measure in (old, done):
        make_milestone(measure, due_on=day)
    paper = make_paper()
    closed.period.paper = paper
    closed.period.save()
    make_mandate(paper=paper, due_on=day)
    make_mandate(status=MandateStatus.DONE, due_on=day)
    open_one = make_measure(planned_end=day)

    sync_all()

    rows = MaintainedEntry.objects.filter(next_on__isnull=False)
    found = rows.values_list("kind", "object_id")
    assert list(found) == [("measure", open_one.pk)]


def test_the_role_is_asked_first_then_its_organisation_then_the_office():
    body = make_organisation()
    make_recipient(body, email="traeger@example.org")
    organisation = make_organisation(parent=body)
    # Who answered last would be asked first, were it not for the role.
    make_recipient(
        organisation, email="zentrale@example.org", last_answer_at=clock.now()
    )
    make_recipient(organisation, email="rolle@example.org")
    role = make_organisation_role(organisation, email="Rolle@example.org")
    measure = make_measure(role=role)
    milestone = make_milestone(measure, due_on=START - timedelta(days=1))
    row = row_of("milestone", milestone)

    for day in range(0, 126, 7):
        go_to(START + timedelta(days=day))
        take_steps(only_kind="milestone")

    assert asked(row) == [
        (1, "rolle@example.org"),
        (2, "rolle@example.org"),
        (3, "zentrale@example.org"),
        (4, "traeger@example.org"),
        (5, ""),
    ]
    row.refresh_from_db()
    assert (row.is_public, row.next_on) == (True, None)
    assert Call.objects.get().reason == Call.Reason.NO_ANSWER


def test_what_nobody_is_responsible_for_is_on_the_list_of_the_office_at_once():
    mandate = make_mandate(due_on=START - timedelta(days=1))
    row = row_of("mandate", mandate)

    take_steps(only_kind="mandate")

    call = Call.objects.get()
    assert (call.entry, call.reason) == (row, Call.Reason.NO_CONTACT)


def test_a_day_that_is_put_off_begins_a_new_round():
    organisation = make_organisation()
    make_recipient(organisation)
    measure = make_measure(organisation=organisation)
    milestone = make_milestone(measure, due_on=START)
    row = row_of("milestone", milestone)
    take_steps(only_kind="milestone")
    row.refresh_from_db()
    step = row.step
    milestone.due_on = START + timedelta(days=200)
    milestone.save()

    row = row_of("milestone", milestone)

    assert (step, row.step, row.round, row.due_on) == (1, 0, 2, milestone.due_on)


@pytest.mark.parametrize("name", ["measure", "milestone", "mandate"])
def test_done_is_said_and_can_be_undone(name):
    organisation = make_organisation()
    measure = make_measure(organisation=organisation)
    entry = {
        "measure": measure,
        "milestone": make_milestone(measure, due_on=START),
        "mandate": make_mandate(organisation=organisation),
    }[name]
    row = row_of(name, entry)
    facts = {
        "measure": lambda: Measure.objects.get().status,
        "milestone": lambda: Milestone.objects.get().done_on,
        "mandate": lambda: Mandate.objects.get().status,
    }[name]
    done = {"measure": "done", "milestone": START, "mandate": "done"}[name]
    open_again = {"measure": "running", "milestone": None, "mandate": "worked_on"}

    end(row)
    said = facts()
    undo_end(row)

    assert (said, facts()) == (done, open_again[name])


def test_a_correction_writes_status_and_progress():
    measure = make_measure()
    kind = kinds()["measure"]
    sent = {"status": "running", "reason": "Es geht los.", "reached": "Zwei Kurse."}

    form = kind.correction_form(sent, instance=kind.get(measure.pk))
    assert form.is_valid(), form.errors
    form.save()

    change = measure.status_changes.get()
    assert (change.status, change.reason_de, change.on) == (
        "running",
        "Es geht los.",
        START,
    )
    assert list(Progress.objects.values_list("year", "text_de")) == [
        (2026, "Zwei Kurse.")
    ]


@pytest.mark.parametrize("name", ["measure", "milestone", "mandate"])
def test_the_correction_form_changes_nothing_by_itself(name):
    measure = make_measure(status="running", planned_end=START)
    Progress.objects.create(measure=measure, year=2026, text_de="Ein Kurs.")
    entry = {
        "measure": measure,
        "milestone": make_milestone(measure, due_on=START),
        "mandate": make_mandate(outcome_de="Noch nichts."),
    }[name]
    kind = kinds()[name]
    found = kind.get(entry.pk)
    shown = kind.correction_form(instance=found)
    sent = {
        field: shown[field].value()
        for field in shown.fields
        if shown[field].value() is not None
    }

    form = kind.correction_form(sent, instance=found)

    assert form.is_valid(), form.errors
    assert form.changed_data == []


def test_internal_ones_wait_and_the_role_needs_to_be_a_contact():
    organisation = make_organisation()
    role = make_organisation_role(organisation, email="rolle@example.org")
    make_recipient(email="rolle@example.org")
    hidden = make_measure(state=Publication.INTERNAL, planned_end=START, role=role)
    shown = make_measure(planned_end=START, role=role)
    rows = [row_of("measure", one) for one in (hidden, shown)]

    take_steps(only_kind="measure")

    assert not Responsibility.objects.exists()
    assert rows[0].next_on is None
    assert [call.entry for call in Call.objects.all()] == [rows[1]]


def test_bodies_are_looked_after_and_leave_the_site_at_last():
    body = make_whole_body()
    kind, row = kinds()["body"], row_of("body", body)

    kind.hide(kind.get(body.pk))
    hidden = row_of("body", body).is_public
    kind.show(kind.get(body.pk))

    assert (list(row.groups), row.is_public, hidden) == (["task"], True, False)
    assert row_of("body", body).is_public


def test_nobody_is_asked_for_the_steps_of_a_measure_that_is_done():
    measure = make_measure(organisation=make_organisation())
    row = row_of("milestone", make_milestone(measure, due_on=START))
    before = row.is_public

    set_status(measure=measure, status="done", reason="Fertig.", on=START, by=None)

    row.refresh_from_db()
    assert (before, row.is_public, row.next_on) == (True, False, None)


def test_the_reason_is_german_whatever_the_responsible_reads():
    measure = make_measure()
    row = row_of("measure", measure)

    with override("tr"):
        end(row)

    with override("de"):
        said = gettext("Said by whoever is responsible.")
    assert measure.status_changes.get().reason_de == said


def test_words_of_a_hidden_measure_find_its_goal_no_more():
    measure = make_measure("Lesepaten")
    reindex([measure.goal_id])
    row = row_of("measure", measure)
    before = list(search.find(KIND, "Lesepaten", "de").ids)

    hide(row, reason="Umzug")

    assert before == [measure.goal_id]
    assert list(search.find(KIND, "Lesepaten", "de").ids) == []

"""A submitted report is a document: the database keeps it as it is."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from goals.models import Report, ReportFile
from goals.reports import actions
from goals.reports.tests.factories import MEETING, make_draft, make_released
from goals.tests.factories import make_measure
from herne_bildung.city.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    return make_measure("Elternbefragung")


@pytest.fixture
def report(measure):
    return make_released(measure.goal.period)


@pytest.mark.parametrize(
    "change",
    [
        {"snapshot": {}},
        {"title": "Ein anderer"},
        {"intro": "Nachgetragen"},
        {"committee": "Rat"},
        {"day": MEETING + timedelta(1)},
        {"state": "draft"},
        {"submitted_at": None},
        {"previous": None, "costs": "1 €"},
    ],
)
def test_database_refuses_changes_of_a_submitted_report(report, change):
    before = Report.objects.values().get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.update(**change)

    assert Report.objects.values().get() == before


def test_database_keeps_report_and_files(report):
    for rows in (ReportFile.objects.all(), Report.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete("default")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFile.objects.update(content=b"")

    counted = Report.objects.count(), ReportFile.objects.count()
    assert counted == (1, 2)


def test_login_of_who_made_it_can_be_removed(measure):
    person = make_user("")
    draft = make_draft(measure.goal.period)
    Report.objects.update(
        made_by=person, state="submitted", submitted_at=draft.taken_at
    )

    person.delete()

    assert Report.objects.get().made_by is None


def test_steps_are_taken_in_their_order(report):
    for step in (actions.remake, actions.submit, actions.release, actions.discard):
        with pytest.raises(actions.Refused):
            step(report)
    actions.withdraw(report)
    with pytest.raises(actions.Refused):
        actions.withdraw(report)
    actions.release(report)

    assert Report.objects.get().state == Report.State.RELEASED


def test_draft_can_be_thrown_away(measure):
    actions.discard(make_draft(measure.goal.period))

    assert not Report.objects.exists()


def test_later_report_says_what_changed_since_the_locked_one(report, measure):
    measure.status = "running"
    measure.save()
    period = measure.goal.period
    make_draft(period)

    later = make_draft(period, day=MEETING + timedelta(30))
    earlier = make_draft(period, day=MEETING - timedelta(30))

    assert (later.previous, earlier.previous) == (report, None)
    assert later.snapshot["changes"] == [
        {
            "goal": measure.goal.number,
            "subject": "Maßnahme „Elternbefragung“",
            "text": "nicht bekannt → läuft",
        }
    ]
    assert earlier.snapshot["changes"] is None

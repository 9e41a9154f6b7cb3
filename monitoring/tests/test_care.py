"""Indicators and survey instruments in the engine that reminds."""

from datetime import date, timedelta

import pytest

from goals.choices import Publication
from goals.tests.factories import make_organisation_role
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.entries import confirm, end, undo_end
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    Confirmation,
    MaintainedEntry,
)
from herne_bildung.freshness.tests.factories import go_to, make_recipient
from herne_bildung.lib import clock
from monitoring.choices import Cycle, ReleaseState
from monitoring.models import Indicator, Instrument
from monitoring.releases.actions import publish
from monitoring.tests.factories import make_indicator, make_release

pytestmark = pytest.mark.django_db
START = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_a_monday():
    go_to(START)


def row_of(kind: str, entry) -> MaintainedEntry:
    sync(kind, [entry.pk])
    return MaintainedEntry.objects.get(kind=kind, object_id=entry.pk)


def days_of(row: MaintainedEntry) -> dict[str, str]:
    """When each group is due."""
    return {name: group["due"] for name, group in row.groups.items()}


def make_instrument(**values) -> Instrument:
    values.setdefault("state", Publication.PUBLISHED)
    return Instrument.objects.create(
        slug="elternbefragung", name_de="Elternbefragung", **values
    )


def test_an_overdue_release_reminds_its_role_then_organisation_and_office():
    organisation = make_organisation()
    make_recipient(
        organisation, email="zentrale@example.org", last_answer_at=clock.now()
    )
    make_recipient(organisation, email="rolle@example.org")
    role = make_organisation_role(organisation, email="rolle@example.org")
    indicator = make_indicator(role=role, next_release_on=START - DAY)
    row = row_of("indicator", indicator)

    for week in range(20):
        go_to(START + 7 * week * DAY)
        take_steps(only_kind="indicator")

    steps = CareEvent.objects.filter(entry=row, what=CareEvent.What.STEP)
    asked = [
        event.recipient.email if event.recipient else ""
        for event in steps.order_by("pk")
    ]
    row.refresh_from_db()
    assert asked[:3] == ["rolle@example.org"] * 2 + ["zentrale@example.org"]
    assert (asked[-1], row.is_public) == ("", True)
    assert Call.objects.get().entry == row


def test_without_role_and_organisation_the_office_is_told():
    row = row_of("indicator", make_indicator(next_release_on=START - DAY))

    take_steps(only_kind="indicator")

    call = Call.objects.get()
    assert (call.entry, call.reason) == (row, Call.Reason.NO_CONTACT)


def test_new_values_end_the_reminders_until_the_next_ones():
    organisation = make_organisation()
    make_recipient(organisation)
    indicator = make_indicator(
        organisation=organisation,
        next_release_on=START - DAY,
        cycle=Cycle.YEARLY,
    )
    row = row_of("indicator", indicator)
    take_steps(only_kind="indicator")
    row.refresh_from_db()
    step = row.step
    draft = make_release(indicator, state=ReleaseState.DRAFT)

    publish(release=draft)

    row.refresh_from_db()
    assert (step, row.step, days_of(row)["values"]) == (1, 0, "2027-11-22")


def test_where_no_day_is_known_it_is_asked_a_year_after_the_last_values():
    indicator = make_indicator(cycle=Cycle.LONGER)
    never = make_indicator(cycle=Cycle.LONGER)
    make_release(indicator)

    rows = row_of("indicator", indicator), row_of("indicator", never)

    assert days_of(rows[0])["values"] == "2027-11-23"
    assert list(rows[1].groups) == ["definition"]


def test_confirmed_facts_are_due_again_by_their_interval():
    indicator = make_indicator(next_release_on=START)
    row = row_of("indicator", indicator)

    confirm(row, groups=None, how=Confirmation.How.PHONE)

    row.refresh_from_db()
    assert days_of(row) == {"values": "2026-12-23", "definition": "2028-11-23"}


def test_the_role_enters_the_new_day_without_a_login():
    indicator = make_indicator(next_release_on=START - DAY, definition_de="Anteil.")
    kind = kinds()["indicator"]
    shown = kind.correction_form(instance=kind.get(indicator.pk))
    sent = {
        name: shown[name].value()
        for name in shown.fields
        if shown[name].value() is not None
    }

    unchanged = kind.correction_form(sent, instance=kind.get(indicator.pk))
    form = kind.correction_form(
        {**sent, "next_release_on": "2027-03-01"}, instance=kind.get(indicator.pk)
    )
    assert (form.is_valid(), unchanged.changed_data) == (True, [])
    form.save()

    row = row_of("indicator", indicator)
    assert days_of(row)["values"] == "2027-03-01"


def test_values_that_come_once_need_nobody_and_that_can_be_undone():
    indicator = make_indicator(cycle=Cycle.YEARLY, next_release_on=START)
    row = row_of("indicator", indicator)

    end(row)
    said = Indicator.objects.get()
    is_asked = row_of("indicator", indicator).is_public
    undo_end(row)

    assert (said.cycle, said.next_release_on, is_asked) == (Cycle.ONCE, None, False)
    assert (Indicator.objects.get().cycle, said.is_published) == (Cycle.UNKNOWN, True)


def test_hidden_indicators_are_due_for_nobody():
    indicator = make_indicator(state=Publication.INTERNAL, next_release_on=START)

    assert row_of("indicator", indicator).next_on is None


def test_instruments_are_looked_after():
    organisation = make_organisation()
    instrument = make_instrument(organisation=organisation, target_de="Eltern")
    row = row_of("instrument", instrument)
    kind = kinds()["instrument"]
    found = kind.get(instrument.pk)

    facts = [fact.lines for fact in kind.facts(found, "de")["known"]]
    kind.hide(found)
    hidden = row_of("instrument", instrument).is_public

    assert [[line.text for line in lines] for lines in facts] == [
        ["Eltern"],
        [],
        [],
        [],
        [],
        [organisation.name_de],
    ]
    assert (list(row.groups), row.is_public, hidden) == (["known"], True, False)
    assert kind.page_path(found) == "/de/monitoring/befragungen/elternbefragung/"


def test_a_moved_day_is_a_version_of_the_indicator():
    indicator = make_indicator(next_release_on=START, cycle=Cycle.QUARTERLY)

    publish(release=make_release(indicator, state=ReleaseState.DRAFT))

    versions = EntryVersion.objects.filter(model="monitoring.indicator")
    days = [version.snapshot["next_release_on"] for version in versions]
    assert days == ["2027-02-23", "2026-11-23"]

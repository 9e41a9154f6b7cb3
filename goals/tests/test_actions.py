"""Statuses, names with an end, and what the history keeps of both."""

from datetime import date, timedelta

import pytest

from goals import actions
from goals.choices import MeasureStatus
from goals.models import OrganisationRole
from goals.tests.factories import make_goal, make_measure, make_organisation_role
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.city.versions import history, note
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
How = EntryVersion.How


@pytest.fixture
def office():
    ensure_groups()
    return make_user("büro", OFFICE)


def set_status(measure, status, *, on=date(2026, 3, 1), by=None, reason="Neu."):
    return actions.set_status(
        measure=measure, status=status, reason=reason, on=on, by=by
    )


def test_a_status_is_kept_with_its_reason_and_its_version(office):
    measure = make_measure()

    set_status(measure, "running", by=office, reason=" Das Geld ist da. ")

    measure.refresh_from_db()
    changes = measure.status_changes.values_list("status", "on", "reason_de")
    versions = EntryVersion.objects.order_by("number")
    assert measure.status == MeasureStatus.RUNNING
    assert list(changes) == [("running", date(2026, 3, 1), "Das Geld ist da.")]
    assert list(versions.values_list("how", "by", "comment")) == [
        (How.BEFORE, None, ""),
        (How.LOGIN, office.pk, "Das Geld ist da."),
    ]


def test_the_latest_day_counts_whenever_it_was_typed_in():
    measure = make_measure()

    set_status(measure, "done", on=date(2026, 9, 1))
    set_status(measure, "running", on=date(2026, 2, 1))

    measure.refresh_from_db()
    assert measure.status == MeasureStatus.DONE


@pytest.mark.parametrize(
    ("status", "reason"), [("", "Grund"), ("erledigt", "Grund"), ("done", "  ")]
)
def test_a_status_without_value_or_reason_is_refused(status, reason):
    measure = make_measure()

    with pytest.raises(ValueError, match="needs a value and a reason"):
        set_status(measure, status, reason=reason)

    assert measure.status_changes.count() == 0


def test_restoring_a_version_brings_its_status_back(office):
    measure = make_measure()
    set_status(measure, "running", by=office)
    before = history.versions_of(measure).first()
    set_status(measure, "given_up", on=date(2026, 4, 1), by=office)

    history.restore(measure, before, wanted=before.snapshot, by=office)

    measure.refresh_from_db()
    assert measure.status == MeasureStatus.RUNNING
    assert measure.status_changes.count() == 1


def test_names_vanish_after_their_day_and_stand_in_no_version():
    organisation, today = make_organisation(), clock.today()
    for title, days in (("Abgelaufen", -1), ("Heute", 0)):
        role = make_organisation_role(
            organisation,
            title,
            person_name="Erika Beispiel",
            name_consent_on=today - timedelta(days=9),
            name_shown_until=today + timedelta(days=days),
        )
        version = note(role, by=None, how=How.SEED)
        assert "Erika" not in str(version.snapshot)

    assert actions.forget_names() == 1

    found = OrganisationRole.objects.order_by("title_de")
    assert list(found.values_list("title_de", "person_name", "name_shown_until")) == [
        ("Abgelaufen", "", None),
        ("Heute", "Erika Beispiel", today),
    ]


def test_old_versions_of_goals_stay_without_the_names_of_staff(office, settings):
    settings.VERSIONS_KEPT_DAYS = 100
    goal = make_goal("Eins")
    note(goal, by=office, how=How.LOGIN)
    goal.title_de = "Zwei"
    goal.save()
    note(goal, by=office, how=How.LOGIN, accepted_by=office)
    EntryVersion.objects.update(at=clock.now() - timedelta(days=200))

    assert history.forget_old() == 0

    versions = EntryVersion.objects.order_by("number")
    assert list(versions.values_list("number", "by")) == [(1, None), (2, office.pk)]

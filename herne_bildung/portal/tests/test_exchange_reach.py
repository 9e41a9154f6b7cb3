"""Whose tables people see and undo; a table is checked before it is taken over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import AuditEntry, User
from herne_bildung.city.rights import LEADS, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.lib import clock
from herne_bildung.portal.exchange import actions, checking, work
from herne_bildung.portal.models import Import
from herne_bildung.portal.tests.exchange import (
    PAGE,
    checked,
    csv_of,
    header_of,
    taken_over,
    undone,
    worked,
)
from offerings.models import Offering

HEADER = header_of("offering", "key", "title_de", "summary_de", "provider")
TABLE = csv_of(
    HEADER,
    ["K1", "Töpfern", "Mit Ton.", "Volkshochschule"],
    ["K2", "Geheimer Entwurf", "Noch nicht.", "Musikschule"],
)


@pytest.fixture
def lead(db):
    ensure_groups()
    return make_user("", LEADS)


@pytest.fixture
def school(db):
    return make_organisation("Volkshochschule")


@pytest.fixture
def other(db):
    return make_organisation("Musikschule")


def manager_of(*organisations) -> User:
    ensure_groups()
    user = make_user("", PROVIDERS)
    for one in organisations:
        make_membership(user, one, "manager")
    return user


def states() -> list[str]:
    return list(Offering.objects.order_by("title_de").values_list("state", flat=True))


def test_a_table_of_staff_is_for_staff(client, lead, school, other):
    job = taken_over(TABLE, by=lead, organisation_id=school.pk)
    client.force_login(manager := manager_of(school))

    assert client.get(f"{PAGE}{job.pk}/").status_code == 404
    assert client.post(f"{PAGE}{job.pk}/", {"do": "undo"}).status_code == 404
    assert client.get(f"{PAGE}{job.pk}/fehler.csv").status_code == 404
    assert not actions.imports_of(manager).exists()
    with pytest.raises(PermissionDenied):
        actions.undo(job, by=manager)
    with pytest.raises(PermissionDenied):
        actions.discard(job, by=manager)
    assert states() == ["draft", "draft"]


def test_a_table_of_who_manages_more_is_not_for_who_manages_less(school, other):
    both, one = manager_of(school, other), manager_of(school)
    job = taken_over(TABLE, by=both, organisation_id=school.pk)

    assert not actions.imports_of(one).exists()
    assert actions.imports_of(both).get() == job
    assert actions.imports_of(manager_of(school, other)).get() == job


def test_colleagues_undo_each_others_tables(school):
    row = ["K1", "Töpfern", "Mit Ton.", "Volkshochschule"]
    job = taken_over(
        csv_of(HEADER, row), by=manager_of(school), organisation_id=school.pk
    )

    job = undone(job, by=manager_of(school))

    assert (job.state, states()) == ("undone", ["archived"])


def test_rows_out_of_reach_meanwhile_stay_when_an_import_is_undone(school, other):
    user = manager_of(school, other)
    job = taken_over(TABLE, by=user, organisation_id=school.pk)
    user.memberships.filter(organisation=other).delete()

    job = undone(job, by=User.objects.get(pk=user.pk))

    assert (job.state, job.counts["taken_back"], job.counts["stay"]) == ("undone", 1, 1)
    assert states() == ["draft", "archived"]


def test_who_lost_the_right_before_the_worker_came_undoes_nothing(school):
    user = manager_of(school)
    row = ["K1", "Töpfern", "Mit Ton.", "Volkshochschule"]
    job = taken_over(csv_of(HEADER, row), by=user, organisation_id=school.pk)
    actions.undo(job, by=user)
    user.memberships.all().delete()

    assert (worked(job).state, states()) == ("broken", ["draft"])


def test_a_table_that_broke_off_unchecked_is_checked(lead, school, other, monkeypatch):
    def broken(*_):
        raise RuntimeError("the worker ended")

    monkeypatch.setattr(checking, "vanished_records", broken)
    job = actions.hand_in(
        kind="offering",
        organisation_id=None,
        source="",
        file_name="tabelle.csv",
        data=TABLE,
        by=lead,
    )
    try:
        for times in range(work.MOST_ATTEMPTS):
            clock.shift(times * (work.CLAIM + timedelta(seconds=1)))
            with pytest.raises(RuntimeError):
                work.work()
        clock.shift(work.MOST_ATTEMPTS * (work.CLAIM + timedelta(seconds=1)))
        assert worked(job).state == "broken"
        monkeypatch.undo()

        job = worked(actions.go_on(job, by=lead))
    finally:
        clock.shift(timedelta())

    assert (job.state, job.counts["new"]) == (Import.State.CHECKED, 2)
    assert not Offering.objects.exists()


def test_the_list_of_what_is_wrong_is_noted_in_the_log(client, lead, school):
    job = checked(csv_of(HEADER, ["K1", "", "", "Niemand"]), by=lead)
    client.force_login(lead)

    client.get(f"{PAGE}{job.pk}/fehler.csv")

    entry = AuditEntry.objects.get(action="exported")
    assert (entry.about, entry.object_id) == ("tabelle.csv", str(job.pk))
    assert entry.details == {"rows": job.problems.count(), "form": "csv"}

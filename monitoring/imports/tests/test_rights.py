"""Who imports what, and who reads what a file says."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, STATISTICS
from herne_bildung.city.tests.factories import make_user
from monitoring.admin.imports import run_path
from monitoring.imports import actions
from monitoring.imports.rights import reads_values
from monitoring.imports.tests.files import HEADER, checked, csv_of, errors, raw, worked
from monitoring.models import ImportRun

DATA = csv_of(HEADER, ("Herne", 2021, "17"))


@pytest.fixture
def people(db):
    ensure_groups()
    groups = {name: [name] for name in (ADVISERS, OFFICE, LEADS, STATISTICS)}
    found = {name: make_user("", *of) for name, of in groups.items()}
    return {**found, "administrator": make_user("", is_superuser=True)}


def test_who_hands_in(people, share, secret, herne):
    allowed = {}
    for name, user in people.items():
        for indicator in (share, secret):
            try:
                actions.hand_in(
                    indicator=indicator, file_name="a.csv", data=DATA, by=user
                )
            except PermissionDenied:
                continue
            allowed.setdefault(name, []).append(indicator)

    assert allowed == {
        OFFICE: [share],
        LEADS: [share],
        STATISTICS: [share, secret],
        "administrator": [share],
    }


def test_a_file_with_rows_of_protected_indicators_is_refused(
    people, share, secret, herne
):
    data = csv_of(
        ("Kennzahl", *HEADER),
        (share.slug, "Herne", 2021, 5),
        (secret.slug, "Herne", 2021, 5),
    )

    run = checked(data, indicator=None, by=people[OFFICE])

    assert [(row, column) for row, column, _text in errors(run)] == [
        (3, "A (Kennzahl)")
    ]
    assert (run.indicator_ids, raw()) == ([share.pk], [])


def test_others_take_in_only_what_they_may_import(people, secret, herne):
    run = checked(DATA, indicator=secret, by=people[STATISTICS])

    for do in (actions.take_in, actions.discard):
        with pytest.raises(PermissionDenied):
            do(run, by=people[OFFICE])


def test_the_worker_asks_again_whether_the_person_may(people, secret, herne):
    user = people[STATISTICS]
    run = actions.take_in(checked(DATA, indicator=secret, by=user), by=user)
    user.groups.clear()

    run = worked(run)

    assert (run.state, raw()) == ("refused", [])


def test_values_are_read_by_the_statistics_office_alone(people, share, secret):
    runs = {
        "published": ImportRun(indicator=share),
        "protected": ImportRun(indicator=secret),
        "both": ImportRun(indicator_ids=[share.pk, secret.pk]),
    }

    assert {
        name: [kind for kind, run in runs.items() if reads_values(user, run)]
        for name, user in people.items()
    } == {
        ADVISERS: [],
        OFFICE: ["published"],
        LEADS: ["published"],
        STATISTICS: ["published", "protected", "both"],
        "administrator": ["published"],
    }


@pytest.mark.parametrize(
    ("role", "is_shown"), [(STATISTICS, True), (OFFICE, False), (ADVISERS, None)]
)
def test_pages_show_values_and_errors_to_who_reads_them(
    client, people, secret, herne, role, is_shown
):
    good = checked(DATA, indicator=secret, by=people[STATISTICS])
    data = csv_of(HEADER, ("Herne", 2021, "17,5"))
    wrong = checked(data, indicator=secret, by=people[STATISTICS])
    client.force_login(people[role])

    page = client.get(run_path(good))
    errors_page = client.get(run_path(wrong))
    table = client.get(reverse("admin:monitoring_importrun_errors", args=[wrong.pk]))

    if is_shown is None:
        answers = [page, errors_page, table]
        assert [one.status_code for one in answers] == [403] * 3
    else:
        found = [page.context["sample"], errors_page.context["errors"]]
        assert [bool(one) for one in found] == [is_shown] * 2
        assert (table.status_code == 200) == is_shown


def test_a_file_that_names_its_indicators_is_read_by_its_owner(people, share):
    run = ImportRun(started_by=people[OFFICE], indicator_ids=[share.pk])

    assert {name: reads_values(user, run) for name, user in people.items()} == {
        ADVISERS: False,
        OFFICE: True,
        LEADS: False,
        STATISTICS: True,
        "administrator": False,
    }


def test_a_first_row_with_values_is_shown_to_its_owner_only(client, people):
    run = checked(csv_of(("Herne", 2021, "17")), indicator=None, by=people[STATISTICS])
    client.force_login(people[OFFICE])

    page = client.get(run_path(run))
    answers = [client.post(run_path(run), {"do": do}) for do in ("assign", "discard")]

    assert page.context["columns"] == []
    assert [one.status_code for one in answers] == [403, 403]
    client.force_login(people[STATISTICS])
    assert len(client.get(run_path(run)).context["columns"]) == 3

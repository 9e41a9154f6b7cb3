"""The public list and page of reports."""

import pytest

from goals.reports.actions import withdraw
from goals.reports.tests.factories import make_draft, make_released
from goals.tests.factories import make_goal, make_measure, make_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def measure():
    return make_measure("Elternbefragung", goal=make_goal("Bildungsmonitoring"))


def addresses(report) -> list[str]:
    start = f"/de/ziele/berichte/{report.slug}/"
    names = ("", "sachstandsbericht.pdf", "sachstandsbericht.docx")
    return [start + name for name in names]


def test_list_says_that_there_is_none(client):
    response = client.get("/de/ziele/berichte/")

    assert response.context["reports"].cards == []
    assert "components/empty_state.html" in [one.name for one in response.templates]


def test_only_released_reports_are_public(client, measure):
    draft = make_draft()
    public = make_released()
    hidden = make_released()
    withdraw(hidden)

    response = client.get("/en/ziele/berichte/")

    assert response.context["reports"].cards == [
        {
            "title": "Sachstandsbericht zu den Handlungszielen 2023–2027",
            "url": f"/en/ziele/berichte/{public.slug}/",
            "committee": "Schulausschuss",
            "is_sample": False,
            "day": "December 3, 2026",
        }
    ]
    seen = {
        address: client.get(address).status_code
        for report in (draft, public, hidden)
        for address in addresses(report)
    }
    assert seen == {
        **dict.fromkeys(addresses(draft), 404),
        **dict.fromkeys(addresses(public), 200),
        **dict.fromkeys(addresses(hidden), 404),
    }


def test_files_are_saved_under_a_name_that_tells(client, measure):
    report = make_released()

    response = client.get(addresses(report)[1])

    assert response.content == b"a file"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="sachstandsbericht-2023-2027-2026-12-03.pdf"'
    )
    assert response.headers["Cache-Control"].startswith("public, max-age=")


def test_page_shows_the_snapshot_and_not_the_present(client, measure):
    report = make_released()
    measure.title_de = "Umbenannt"
    measure.save()

    response = client.get(addresses(report)[0])

    shown = response.content.decode()
    assert ("Elternbefragung" in shown, "Umbenannt" in shown) == (True, False)
    assert [part["text"] for part in response.context["report"].parts] == [
        "1 Anlass",
        "2 Auftrag und Grundlage",
        "3 Auf einen Blick",
        "4 Stand der Handlungsziele",
        "5 Veränderungen seit dem letzten Bericht",
        "6 Offene Aufträge",
        "7 Anlage: Methode und Quellen",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_for_one_as_for_three(
    client, measure, count, django_assert_num_queries
):
    for _ in range(count):
        make_released()

    with django_assert_num_queries(2):
        client.get("/de/ziele/berichte/")


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_for_one_goal_as_for_three(
    client, count, django_assert_num_queries
):
    period = make_period()
    for _ in range(count):
        make_measure(goal=make_goal(period=period))
    report = make_released(period)

    with django_assert_num_queries(2):
        client.get(addresses(report)[0])

"""The path of a table through its pages."""

import pytest
from django.urls import reverse

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import LEADS
from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.portal.exchange import work
from herne_bildung.portal.models import Import
from herne_bildung.portal.tests.exchange import (
    checked,
    csv_of,
    header_of,
    taken_over,
    upload,
)
from offerings.models import Offering

HEADER = header_of("offering", "key", "title_de", "summary_de", "provider", "state")


@pytest.fixture
def lead(db, client):
    ensure_groups()
    user = make_user("", LEADS)
    client.force_login(user)
    return user


def test_a_table_is_checked_taken_over_and_undone(client, lead):
    make_organisation("Volkshochschule")
    data = csv_of(
        HEADER,
        ["K1", "Töpfern", "Mit Ton.", "Volkshochschule", "veröffentlicht"],
        ["K2", "Malen", "Mit Farbe.", "Volkshochschule", "entwurf"],
    )

    answer = upload(client, data)
    job = Import.objects.get()
    address = reverse("exchange_import", args=[job.pk])

    assert (answer.status_code, answer["Location"]) == (302, address)
    assert client.get(address)["Refresh"] == "2"

    work.work()
    answer = client.get(address)

    assert "Refresh" not in answer
    assert answer.context["counts"] == {
        "new": 2, "kept_facts": 0, "asks": 0, "problems": 0, "vanished": 0, "known": 0,
    }  # fmt: skip
    assert Offering.objects.count() == 0

    client.post(address, {"do": "take_over"})
    client.post(address, {"do": "take_over"})
    work.work()

    assert list(Offering.objects.values_list("title_de", "state")) == [
        ("Malen", "draft"),
        ("Töpfern", "published"),
    ]
    assert client.get(address).context["counts"]["new"] == 2

    client.post(address, {"do": "undo"})
    work.work()

    assert client.get(address).context["job"].state == Import.State.UNDONE
    assert set(Offering.objects.values_list("state", flat=True)) == {"archived"}


def test_a_missing_tick_is_named(client, lead):
    """Rows with errors, and a large share that would go."""
    make_organisation("Volkshochschule")
    rows = [[f"K{n}", "Töpfern", "Mit Ton.", "Volkshochschule", ""] for n in range(3)]
    taken_over(csv_of(HEADER, *rows), by=lead)
    job = checked(csv_of(HEADER, rows[0], ["K9", "", "", "", ""]), by=lead)

    answer = client.post(
        reverse("exchange_import", args=[job.pk]),
        {"do": "take_over", "archives": "on"},
        follow=True,
    )

    assert [str(message)[:15] for message in answer.context["messages"]] == [
        "Einige Zeilen h",
        "Mehr als 20 % a",
    ]
    job.refresh_from_db()
    assert job.state == Import.State.CHECKED


def test_a_table_without_rows_takes_nothing_away(client, lead):
    make_organisation("Volkshochschule")
    taken_over(
        csv_of(HEADER, ["K1", "Töpfern", "Mit Ton.", "Volkshochschule", ""]), by=lead
    )

    jobs = [
        checked(data, by=lead)
        for data in (csv_of(HEADER), csv_of(HEADER, ["BEISPIEL-1", "X", "Y", "Z", ""]))
    ]

    assert [(job.state, bool(job.refusal)) for job in jobs] == [("refused", True)] * 2

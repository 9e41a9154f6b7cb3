"""What people look for: counted without them, told without small numbers."""

from datetime import date, time

import pytest
from django.utils.translation import override

from counselling.finder import counting
from counselling.finder.looked_for import table
from counselling.models import ConcernCount
from counselling.tasks import keep_concern_counts
from counselling.tests.factories import make_concern, make_office
from counselling.tests.finder import make_finder
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import make_user
from herne_bildung.lib import counts
from herne_bildung.lib.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
PATH = "/de/beratung/finden/"
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def nothing_counted():
    counts.take(counting.NAME)
    yield
    counts.take(counting.NAME)


def kept() -> list[tuple[str, date, int]]:
    rows = ConcernCount.objects.order_by("month", "concern__key")
    return list(rows.values_list("concern__key", "month", "number"))


def test_an_end_is_counted_once_with_its_month(client, clock_at):
    make_finder()
    with clock_at(at(date(2026, 11, 30), time(23, 50))):
        client.get(PATH)
        client.get(PATH, {"answers": "ich"})
        client.get(PATH, {"answers": "weiss-nicht"})
        client.head(PATH, {"answers": "kind"})
        client.get(PATH, {"answers": "ich.arbeit"})
        client.get(PATH, {"answers": "ich.arbeit"})
        client.get(PATH, {"answers": "ich.arbeit", "language": "tr"})
    with clock_at(at(date(2026, 12, 1), time(0, 5))):
        client.get("/tr/beratung/finden/", {"answers": "ich.arbeit"})

        assert keep_concern_counts() == 2

    december = date(2026, 12, 1)
    assert kept() == [("wiedereinstieg", MONTH, 1), ("wiedereinstieg", december, 1)]


def test_keeping_twice_adds_nothing_twice():
    make_concern(key="a")
    for _ in range(3):
        counting.note("a")
    counting.note("gibt-es-nicht")

    assert [counting.keep(), counting.keep()] == [1, 0]

    counting.note("a")
    counting.keep()

    assert [number for _, _, number in kept()] == [4]


def test_a_total_of_numbers_that_are_not_told_is_not_said_to_be_small():
    for number in range(3):
        concern = make_concern(f"Anliegen {number}")
        ConcernCount.objects.create(concern=concern, month=MONTH, number=4)

    assert table().totals == ["–"]


def test_small_numbers_are_not_told_not_by_the_total_either():
    names = ("A", "B", "C", "D")
    concerns = [make_concern(name, order=n) for n, name in enumerate(names)]
    for concern, number in zip(concerns, (4, 5, 12), strict=False):
        ConcernCount.objects.create(concern=concern, month=MONTH, number=number)
    make_office("Stelle", concerns=concerns[:1], cases_a_month=30)
    make_office("Muster", concerns=concerns[:1], is_sample=True)

    with override("en"):
        shown = table()

    assert shown.months == [MONTH]
    assert [row.numbers for row in shown.rows] == [
        ["fewer than 5"],
        ["5"],
        ["12"],
        ["fewer than 5"],
    ]
    assert shown.totals == ["17"]
    assert [[str(office) for office in row.offices] for row in shown.rows] == [
        ["Stelle"],
        [],
        [],
        [],
    ]


def test_staff_see_the_table_and_no_row_and_no_small_number(client):
    ensure_groups()
    client.force_login(make_user("", OFFICE))
    row = ConcernCount.objects.create(
        concern=make_concern("Deutsch lernen"), month=MONTH, number=3
    )
    path = "/verwaltung/counselling/concerncount/"

    page = client.get(path)
    file = b"".join(client.get(f"{path}tabelle.csv").streaming_content).decode()
    refused = [
        client.get(f"{path}{row.pk}/{rest}").status_code
        for rest in ("change/", "history/", "delete/")
    ]

    assert page.context["table"].months == [MONTH]
    assert "Deutsch lernen" in file
    assert ";3" not in file.replace('"', "")
    assert refused == [403, 403, 403]
    assert client.get(f"{path}tabelle.csv?number__lt=4").status_code == 400

"""Files of values and their descriptions."""

import csv
import io
from datetime import timedelta

import pytest

from goals.choices import Publication
from herne_bildung.lib import clock
from monitoring.choices import ReleaseState
from monitoring.models import Release
from monitoring.opendata.openness import current_of
from monitoring.tests.examples import make_whole_indicator
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_release,
)

pytestmark = pytest.mark.django_db
HEAD = (
    "indicator,area_key,area_name,official_key,level,period,period_start,geschlecht,"
    "geschlecht_label,value,state,base,participation,note,release"
)


def body(response) -> str:
    return b"".join(response.streaming_content).decode()


def rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(response))))


@pytest.fixture
def whole():
    return make_whole_indicator(slug="ganz")


def test_csv_has_all_values_with_their_states(client, whole):
    herne, bochum, hagen = (
        current_of(whole).observations.filter(area__name=name).first().area.key
        for name in ("Herne", "Bochum", "Hagen")
    )

    answer = client.get("/daten/ganz/werte.csv")

    assert body(answer).split("\r\n") == [
        HEAD,
        f"ganz,{herne},Herne,,stadt,2022,2022-01-01,mädchen,Mädchen,5.5,value,,,,3",
        f"ganz,{herne},Herne,,stadt,2020,2020-01-01,,,10.5,value,1200,60,,3",
        f"ganz,{herne},Herne,,stadt,2021,2021-01-01,,,11.25,value,,,Geschätzt,3",
        f"ganz,{herne},Herne,,stadt,2022,2022-01-01,,,0,value,,,,3",
        f"ganz,{bochum},Bochum,,kreis,2021,2021-01-01,,,,suppressed,,,,3",
        f"ganz,{bochum},Bochum,,kreis,2022,2022-01-01,,,,not_available,,,,3",
        f"ganz,{hagen},Hagen,,kreis,2022,2022-01-01,,,,not_applicable,,,,3",
        "",
    ]
    assert {
        name: answer[name]
        for name in ("Content-Type", "Access-Control-Allow-Origin", "Cache-Control")
    } == {
        "Content-Type": "text/csv; charset=utf-8; header=present",
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, max-age=300",
    }
    assert not answer.cookies


def test_texts_are_no_formulas_and_numbers_stay_numbers(client):
    release = make_release(make_indicator(slug="formel"))
    area = make_area('=cmd|"/c calc"!A1', key="boese")
    make_observation(release, area, "2020", "-12.5000", note="@SUM(A1)")
    make_observation(release, area, "2021", "1000", note="a, b\nc")

    found = rows(client.get("/daten/formel/werte.csv"))

    assert [[row[2], *row[7:12]] for row in found[1:]] == [
        ['\'=cmd|"/c calc"!A1', "-12.5", "value", "", "", "'@SUM(A1)"],
        ['\'=cmd|"/c calc"!A1', "1000", "value", "", "", "a, b\nc"],
    ]


def test_file_is_known_by_its_etag_until_a_name_changes(client, whole):
    answer = client.get("/daten/ganz/werte.csv")
    again = {"If-None-Match": answer["ETag"]}

    known = client.get("/daten/ganz/werte.csv", headers=again)
    whole.releases.get(number=3).observations.first().area.__class__.objects.update(
        name="Neu"
    )
    changed = client.get("/daten/ganz/werte.csv", headers=again)

    assert (known.status_code, known.content) == (304, b"")
    assert changed.status_code == 200


def test_head_reads_no_values(client, whole):
    answer = client.head("/daten/ganz/werte.csv")

    assert (answer.status_code, answer.getvalue(), answer["ETag"]) == (
        200,
        b"",
        client.get("/daten/ganz/werte.csv")["ETag"],
    )
    assert "Content-Length" not in answer


def test_former_releases_stay_and_withdrawn_ones_say_why(client, whole):
    former = rows(client.get("/daten/ganz/2/werte.csv"))
    gone = client.get("/daten/ganz/1/werte.csv")
    gone_package = client.get("/daten/ganz/1/datapackage.json")

    assert [row[9:] for row in former[1:]] == [["10", "value", "", "", "", "2"]]
    assert (gone.status_code, gone.content.decode(), gone["Cache-Control"]) == (
        410,
        "Zurückgezogen: Die Quelle hat sich geirrt.\n",
        "no-store",
    )
    assert (gone_package.status_code, gone_package.json()) == (
        410,
        {
            "name": "ganz",
            "release": {"number": 1, "state": "withdrawn"},
            "withdrawnBecause": "Die Quelle hat sich geirrt.",
        },
    )


def test_latest_address_says_why_where_the_last_release_was_withdrawn(client, whole):
    Release.objects.filter(indicator=whole, number=3).update(
        state=ReleaseState.WITHDRAWN,
        withdrawn_because_de="Doppelt gezählt.",
        ended_at=clock.now(),
    )

    answer = client.get("/daten/ganz/werte.csv")

    assert (answer.status_code, answer.content.decode()) == (
        410,
        "Zurückgezogen: Doppelt gezählt.\n",
    )


@pytest.mark.parametrize(
    "values",
    [
        {"state": Publication.DRAFT},
        {"state": Publication.INTERNAL},
        {"is_sample": True},
    ],
)
def test_what_is_not_open_has_no_address(client, values):
    make_release(make_indicator(slug="zu", **values))

    addresses = ["", "werte.csv", "datapackage.json", "1/werte.csv"]

    assert [client.get(f"/daten/zu/{one}").status_code for one in addresses] == [
        404
    ] * 4


def test_drafts_and_samples_of_releases_have_no_address(client):
    indicator = make_indicator(slug="fassungen")
    make_release(indicator, is_sample=True)
    make_release(indicator, state=ReleaseState.DRAFT)

    addresses = ["werte.csv", "1/werte.csv", "2/werte.csv", "99999999/werte.csv"]

    assert [client.get(f"/daten/fassungen/{one}").status_code for one in addresses] == [
        404
    ] * 4


def test_files_are_kept_until_other_values_become_public(client, whole):
    make_release(
        whole,
        state=ReleaseState.SCHEDULED,
        publish_at=clock.now() + timedelta(seconds=30),
    )

    answer = client.get("/daten/ganz/werte.csv")

    age = int(answer["Cache-Control"].removeprefix("public, max-age="))
    assert 1 <= age <= 30


@pytest.mark.parametrize("number", [1, 3])
def test_csv_needs_as_many_queries_for_many_values(
    client, django_assert_num_queries, number
):
    release = make_release(make_indicator(slug="viele"))
    for place in range(number):
        for year in range(2020, 2020 + number):
            make_observation(release, make_area(f"Ort {place} {year}"), str(year), 1)

    # The indicator, breakdowns, breaks, releases; names of areas; values.
    with django_assert_num_queries(6):
        found = rows(client.get("/daten/viele/werte.csv"))

    assert len(found) == 1 + number * number


def test_long_files_come_in_pieces(client):
    release = make_release(make_indicator(slug="lang"))
    area = make_area()
    model = make_observation(release, area, "1000", 1).__class__
    first = model.objects.get()
    model.objects.bulk_create(
        model(
            release=release,
            area=area,
            period=str(year),
            starts_on=first.starts_on,
            state=first.state,
            value=year,
        )
        for year in range(1001, 2300)
    )

    answer = client.get("/daten/lang/werte.csv")
    pieces = [piece.decode() for piece in answer.streaming_content]

    assert [piece.count("\r\n") for piece in pieces] == [1, 1000, 300]

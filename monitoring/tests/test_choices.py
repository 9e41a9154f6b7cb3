"""What is shown of many areas, levels and periods."""

import pytest

from herne_bildung.city.tests.factories import make_school
from monitoring.choices import Level, ValueState
from monitoring.models import IndicatorRelation
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_release,
)
from monitoring.tests.reading import errors, page, plain, table

pytestmark = pytest.mark.django_db


def test_the_first_level_with_values_is_shown(client):
    indicator = make_indicator(slug="klein", levels=[Level.QUARTER, Level.STATISTICAL])
    release = make_release(indicator)
    empty = make_area("Leer", level=Level.QUARTER)
    make_observation(release, empty, "2019", None, state=ValueState.NOT_AVAILABLE)
    make_observation(release, make_area("Voll", level=Level.STATISTICAL), "2019", 5)

    first = page(client, "/en/monitoring/klein/")
    asked = page(client, "/en/monitoring/klein/?level=ortsteil")

    assert table(first, "between-areas")[1:] == [["Voll", "5.0", "1"]]
    assert table(asked, "between-areas")[1:] == [["Leer", "not available"]]


def test_equal_values_share_a_rank_and_the_span_is_said(client):
    release = make_release(make_indicator(slug="rang", levels=[Level.COUNTY]))
    herne = make_area("Herne", level=Level.CITY)
    for area, value in (
        (make_area("Hoch"), 9),
        (herne, 5),
        (make_area("Gleich"), 5),
        (make_area("Tief"), 1),
        (make_area("Geheim"), None),
    ):
        make_observation(release, area, "2022", value)

    found = page(client, "/en/monitoring/rang/")

    assert table(found, "between-areas")[1:] == [
        ["Hoch", "9.0", "1"],
        ["Gleich", "5.0", "2"],
        ["Herne", "5.0", "2"],
        ["Tief", "1.0", "4"],
        ["Geheim", "kept secret to protect people", "–"],
    ]
    [glance] = found.xpath("//div[contains(@class, 'value-glance')]")
    assert [plain(line) for line in glance] == [
        "Herne, 2022",
        "5.0%",
        "Herne has rank 2 of 4; rank 1 is the highest.",
        "The values reach from 1.0% (Tief) to 9.0% (Hoch).",
    ]


def test_schools_stand_by_name_and_have_no_rank(client):
    release = make_release(make_indicator(slug="schule", levels=[Level.SCHOOL]))
    for name, value in (("Zoo-Schule", 9), ("Alte Schule", 1)):
        school = make_area(name, level=Level.SCHOOL, school=make_school(name))
        make_observation(release, school, "2022", value)

    found = page(client, "/en/monitoring/schule/")

    assert table(found, "between-areas") == [
        ["Area", "2022"],
        ["Alte Schule", "1.0"],
        ["Zoo-Schule", "9.0"],
    ]
    assert found.xpath("//div[contains(@class, 'value-glance')]") == []


def test_long_series_have_pages(client):
    release = make_release(make_indicator(slug="lang", levels=[Level.CITY]))
    herne = make_area("Herne", level=Level.CITY)
    for year in range(1980, 2025):
        make_observation(release, herne, str(year), 5)

    first, second, wrong = (
        page(client, f"/en/monitoring/lang/{query}")
        for query in ("", "?page=2", "?page=x")
    )

    assert [row[0] for row in table(first, "over-time")[1:]] == [
        str(year) for year in range(2024, 1984, -1)
    ]
    assert [row[0] for row in table(second, "over-time")[1:]] == [
        str(year) for year in range(1984, 1979, -1)
    ]
    assert "This page does not exist." in plain(wrong)


def test_too_many_areas_are_said_at_the_field(client):
    release = make_release(make_indicator(slug="viele", levels=[Level.COUNTY]))
    areas = [make_area(f"Ort {n:02}", order=n) for n in range(17)]
    for area in areas:
        for year in ("2021", "2022"):
            make_observation(release, area, year, 5)
    query = "&".join(f"compare={area.key}" for area in areas)

    found = page(client, f"/en/monitoring/viele/?{query}")

    assert errors(found) == ["Error: At most 15 at once; the first ones are shown."]
    assert table(found, "over-time")[0] == [
        "Period",
        *(f"Ort {number:02}" for number in range(15)),
    ]


def test_areas_of_another_level_are_let_go_without_a_message(client):
    levels = [Level.COUNTY, Level.QUARTER]
    release = make_release(make_indicator(slug="beide", levels=levels))
    far, near = make_area("Fern"), make_area("Nah", level=Level.QUARTER)
    for area in (far, near):
        make_observation(release, area, "2022", 5)

    found = page(client, f"/en/monitoring/beide/?level=ortsteil&compare={far.key}")

    assert errors(found) == []
    assert table(found, "between-areas")[1:] == [["Nah", "5.0", "1"]]


def test_a_level_chosen_shows_some_of_its_areas_beside_herne(client):
    levels = [Level.COUNTY, Level.QUARTER]
    release = make_release(make_indicator(slug="stufe", levels=levels))
    areas = [
        make_area("Herne", level=Level.CITY),
        make_area("Fern"),
        make_area("Nachbar", is_neighbour=True),
        *(make_area(f"Teil {n}", level=Level.QUARTER, order=n) for n in range(6)),
    ]
    for area in areas:
        for year in ("2021", "2022"):
            make_observation(release, area, year, 5)

    wide = page(client, "/en/monitoring/stufe/?level=kreis")
    near = page(client, "/en/monitoring/stufe/?level=ortsteil")

    parts = [f"Teil {number}" for number in range(4)]
    assert table(wide, "over-time")[0] == ["Period", "Herne", "Nachbar"]
    assert table(near, "over-time")[0] == ["Period", "Herne", *parts]
    head = near.xpath("//figure[@id='verlauf']//thead//th")
    assert [plain(one) for one in head] == ["Period", "Herne", *parts]


def test_single_schools_are_bars_by_name(client):
    release = make_release(make_indicator(slug="schulen", levels=[Level.SCHOOL]))
    for name, value in (("Zoo-Schule", 9), ("Alte Schule", 1)):
        school = make_area(name, level=Level.SCHOOL, school=make_school(name))
        make_observation(release, school, "2022", value)

    found = page(client, "/en/monitoring/schulen/")

    rows = found.xpath("//figure[@id='vergleich']//tbody/tr")
    assert [[plain(cell) for cell in row] for row in rows] == [
        ["Alte Schule", "1.0%"],
        ["Zoo-Schule", "9.0%"],
    ]


def test_captions_of_tables_differ_also_beside_other_definitions(client):
    release = make_release(make_indicator("Name", slug="namen", levels=[Level.COUNTY]))
    areas = [make_area("Herne", level=Level.CITY), make_area("A", is_neighbour=True)]
    for area in areas:
        for year in ("2021", "2022"):
            make_observation(release, area, year, 5)
    for name in ("Zweite", "Dritte"):
        other = make_indicator(name)
        make_observation(make_release(other), areas[0], "2022", 4)
        IndicatorRelation.objects.create(
            first=release.indicator, second=other, explanation_de="Anders."
        )

    found = page(client, "/en/monitoring/namen/")

    captions = [plain(one) for one in found.xpath("//caption")]
    beside = "Both definitions side by side: Herne"
    assert captions[:2] == ["Name (percent)", "Name – Areas compared: 2022 (percent)"]
    assert captions[-2:] == [
        f"{beside} – {one} (percent)" for one in ("Zweite", "Dritte")
    ]
    assert len(set(captions)) == len(captions)


@pytest.mark.parametrize("key", ["%00", "ort%00", "x" * 5000, "%F0%9F%98%80"])
def test_odd_keys_of_areas_are_a_message(client, key):
    release = make_release(make_indicator(slug="seltsam", levels=[Level.COUNTY]))
    for name in ("Eins", "Zwei"):
        make_observation(release, make_area(name), "2022", 5)

    found = page(client, f"/en/monitoring/seltsam/?compare={key}")

    assert len(errors(found)) == 1

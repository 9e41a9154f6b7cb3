"""Offers for each 1,000 children: only where both figures are known for the area."""

import pytest

from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_place
from monitoring.areas.tests.factories import make_city
from monitoring.choices import Level
from monitoring.models import Release
from monitoring.supply.children import POPULATION, SHARE
from monitoring.tests.administration import signed_in
from monitoring.tests.factories import make_indicator, make_observation, make_release
from monitoring.tests.reading import page, plain, table
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db
STAFF = "/verwaltung/monitoring/area/angebote/"


@pytest.fixture
def city():
    """Of Nord 5,547 people and 16.2 % under 18 are known, of Sued a few, of Dorf the
    people alone.
    """
    herne, nord, sued, dorf = make_city()
    people = make_release(
        make_indicator("Menschen", slug=POPULATION[0], unit="persons", decimals=0)
    )
    share = make_release(make_indicator("Unter 18", slug=SHARE))
    census = make_release(make_indicator("Zensus", slug=POPULATION[1], decimals=0))
    for area, number, percent in ((nord, 5547, "16.2"), (sued, 400, "16.2")):
        make_observation(people, area, "2019-12-31", number)
        make_observation(share, area, "2019-12-31", percent)
    make_observation(people, dorf, "2019-12-31", 9000)
    make_observation(share, herne, "2019-12-31", 16)
    make_observation(census, herne, "2022-05-15", 155446)
    there = make_place(district=nord.district)
    make_offering("Alle", places=[there], age_min_months=0, age_max_months=None)
    make_offering("Kita", places=[there], age_min_months=36, age_max_months=71)
    make_offering("Alt", places=[there], age_min_months=720, age_max_months=None)
    make_offering("Ohne Alter", places=[there])
    make_offering("Überall", is_citywide=True, age_min_months=0, age_max_months=35)
    make_offering("Entwurf", places=[there], age_min_months=0, state="draft")
    return herne, nord, sued, dorf


def supply(client, key: str):
    found = page(client, f"/en/monitoring/raum/{key}/")
    words = found.xpath("//section[@aria-labelledby='offers']/p|//section/ul/li")
    return table(found, "supply")[1:], " ".join(plain(one) for one in words)


def test_rates_rest_on_population_times_share_and_say_so(client, city):
    rows, words = supply(client, "stadtbezirk-nord")

    assert rows == [
        ["under 18 years", "2", "2.2", "1"],
        ["under 3 years", "1", "1.1", "1"],
        ["3 to 5 years", "2", "2.2", "0"],
        ["6 to 9 years", "1", "1.1", "0"],
        ["10 to 15 years", "1", "1.1", "0"],
        ["16 to 17 years", "1", "1.1", "0"],
    ]
    for said in (
        "This does not say how many offers are needed.",
        "People under 18 who live here: about 900. This is a calculation, rounded",
        "Menschen: 5,547 (12/31/2019). Source: Amtliche Quelle",
        "Unter 18: 16.2% (12/31/2019). Source: Amtliche Quelle",
        "Offers that do not say for which age they are: 1.",
    ):
        assert said in words
    assert "different days" not in words


def test_city_is_an_estimate_of_two_days(client, city):
    rows, words = supply(client, "stadt-herne")

    assert rows[0] == ["under 18 years", "2", "0.1", "1"]
    assert "People under 18 who live here: about 24,900." in words
    assert "The two figures are of different days" in words


def test_few_children_have_no_rate(client, city):
    rows, words = supply(client, "stadtbezirk-sued")

    assert [row[2] for row in rows] == ["not known"] * 6
    assert "Fewer than 100 people under 18: no rate is calculated." in words


def test_unknown_share_is_not_taken_from_above(client, city):
    rows, words = supply(client, "ortsteil-dorf")

    assert [row[2] for row in rows] == ["not known"] * 6
    assert "How many children live here is not in our figures: not known." in words


def test_secret_population_gives_no_rate(client, city):
    _herne, nord, *_rest = city
    release = Release.objects.get(indicator__slug=SHARE)
    make_observation(release, nord, "2020-12-31", None)

    rows, _words = supply(client, "stadtbezirk-nord")

    assert [row[2] for row in rows] == ["not known"] * 6


@pytest.mark.parametrize("number", [1, 3])
def test_staff_see_districts_beside_indicators(
    client, city, django_assert_num_queries, number
):
    _herne, nord, *_rest = city
    chosen = []
    for place in range(number):
        one = make_indicator(f"Zahl {place}", levels=[Level.BOROUGH])
        make_observation(make_release(one), nord, "2022", place)
        chosen.append(one.slug)
    signed_in(client, OFFICE)
    asked = {"level": "stadtbezirk", "indicators": chosen}
    client.get(STAFF, asked)

    with django_assert_num_queries(10):
        found = client.get(STAFF, asked)
    file = b"".join(client.get(STAFF, {**asked, "file": "csv"})).decode("utf-8-sig")

    assert [row.children for row in found.context["supply"].rows] == ["900", "60"]
    head, first, second = file.splitlines()
    assert head.split(";")[:6] == [
        "Schlüssel",
        "Raum",
        "Ebene",
        "Menschen unter 18 Jahren",
        "Angebote hier: unter 18 Jahren",
        "Angebote hier je 1.000 Menschen unter 18 Jahren: unter 18 Jahren",
    ]
    assert first.split(";")[:6] == [
        "stadtbezirk-nord", "Nord", "Stadtbezirk", "900", "2", "2,2",
    ]  # fmt: skip
    assert first.split(";")[16:19] == ["0", "2022", ""]
    assert second.split(";")[5] == ""
    assert second.split(";")[16:19] == ["", "", "nicht vorhanden"]


def test_staff_alone_see_the_table(client, city):
    answers = []
    for group in (ADVISERS, PROVIDERS):
        signed_in(client, group)
        answers.append(client.get(STAFF).status_code)

    assert answers == [200, 403]


def test_samples_are_no_supply_and_the_table_says_how_many(client, city):
    signed_in(client, OFFICE)
    before = client.get(STAFF, {"level": "stadtbezirk"}).context["supply"]
    there = make_place(district=city[1].district)
    for where in ({"places": [there]}, {"is_citywide": True}):
        make_offering("Erfunden", age_min_months=0, is_sample=True, **where)

    page = client.get(STAFF, {"level": "stadtbezirk"})

    found = page.context["supply"]
    assert [row.offers for row in found.rows] == [row.offers for row in before.rows]
    assert found.everywhere == before.everywhere
    assert (before.left_out, found.left_out[:2]) == ("", "2 ")
    assert found.left_out in page.content.decode()

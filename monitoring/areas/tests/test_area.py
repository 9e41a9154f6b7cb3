"""The picture of a district: whole values, what is hidden, how many queries."""

import pytest

from counselling.tests.factories import make_office
from goals.choices import Publication
from herne_bildung.city.models import School
from herne_bildung.city.tests.factories import make_place
from monitoring.areas.tests.factories import make_city
from monitoring.choices import Level, ReleaseState, ValueState
from monitoring.findings.tests.factories import make_finding
from monitoring.tests.factories import make_indicator, make_observation, make_release
from monitoring.tests.reading import page, plain, table
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db
NORD = "/en/monitoring/raum/stadtbezirk-nord/"
DORF = "/en/monitoring/raum/ortsteil-dorf/"


@pytest.fixture
def city():
    return make_city()


def known(name: str, *values, levels=(), **more):
    """An indicator with (area, period, value or state); its current release."""
    indicator = make_indicator(name, levels=list(levels), **more)
    release = make_release(indicator)
    for area, period, value in values:
        if isinstance(value, ValueState):
            make_observation(release, area, period, None, state=value)
        else:
            make_observation(release, area, period, value)
    return indicator


def headings(found) -> list[str]:
    return [plain(one) for one in found.xpath("//main//h2|//main//h3")]


def test_values_stand_beside_those_of_the_city_of_the_same_period(client, city):
    herne, nord, *_rest = city
    known("Anteil", (herne, "2021", 10), (herne, "2022", 12), (nord, "2021", 20))
    known("Stille", (herne, "2022", 5), (nord, "2022", ValueState.SUPPRESSED))
    known("Alt", (herne, "2020", 7), (nord, "2022", 0))
    known("Ohne Sinn", (nord, "2022", ValueState.NOT_APPLICABLE))
    known("Leer", (herne, "2022", 1), levels=[Level.BOROUGH])

    assert table(page(client, NORD), "own") == [
        ["Indicator", "Nord", "Herne"],
        ["Bildung"],
        ["Anteil 2021", "20.0%", "10.0%"],
        ["Stille 2022", "kept secret to protect people", "5.0%"],
        ["Alt 2022", "0%", "7.0% 2020"],
        ["Ohne Sinn 2022", "makes no sense here", "not available"],
        ["Leer", "not available", "1.0% 2022"],
    ]


@pytest.mark.parametrize("is_real", [False, True])
def test_a_page_is_called_made_up_only_where_all_its_figures_are(client, city, is_real):
    herne, nord, *_rest = city
    known("Erfunden", (nord, "2022", 3), is_sample=True)
    if is_real:
        known("Echt", (herne, "2022", 5))

    found = page(client, NORD)

    assert table(found, "own")[2][0] == "Erfunden (Sample) 2022"
    assert ("This is made up." in plain(found)) is not is_real


def test_what_is_known_above_only_is_said_to_be(client, city):
    herne, nord, *_rest = city
    known("Nur Stadt", (herne, "2022", 3))
    known("Bezirk", (herne, "2022", 4), (nord, "2020", 5), (nord, "2021", 6))
    known("Geheim", (herne, "2022", ValueState.SUPPRESSED))

    found = page(client, DORF)

    assert table(found, "own") == []
    assert "There are no figures for this area alone." in plain(found)
    assert table(found, "inherited") == [
        ["Indicator", "Known only for", "Value there"],
        ["Bildung"],
        ["Nur Stadt 2022", "Herne", "3.0%"],
        ["Bezirk 2021", "Nord", "6.0%"],
    ]
    heading = "//h3[.='Known neither here nor above']"
    [unknown] = found.xpath(f"{heading}/following-sibling::ul[1]")
    assert plain(unknown) == "Geheim"


def test_series_has_a_small_line_that_is_read_aloud(client, city):
    herne, nord, *_rest = city
    values = [(nord, str(year), year - 2015) for year in range(2019, 2023)]
    known("Reihe", *values, (herne, "2022", 1))

    [drawing] = page(client, NORD).xpath("//td[contains(@class, 'area-line')]/*")

    assert plain(drawing.xpath("./*[local-name()='desc']")[0]) == (
        "first: 4.0% (2019), last: 7.0% (2022), lowest: 4.0% (2019), "
        "highest: 7.0% (2022)"
    )


def test_place_among_the_areas(client, city):
    found = page(client, NORD)

    steps = found.xpath("//nav[@class='breadcrumb']//li")
    assert [plain(one) for one in steps] == [
        "Home",
        "Education monitoring",
        "Areas",
        "Herne",
        "Nord",
    ]
    groups = found.xpath("//section[@aria-labelledby='place']/*[self::h3 or self::ul]")
    assert [plain(one) for one in groups] == [
        "Part of",
        "Herne (city)",
        "Its parts",
        "Dorf (quarter (Ortsteil))",
        "Other parts of the same area",
        "Sued (borough (Stadtbezirk))",
    ]
    [notice] = found.xpath("//figure[contains(@class, 'area-map')]/div[1]")
    assert plain(notice) == "These borders are placeholders, not official ones."
    assert [
        plain(one) for one in found.xpath("//*[contains(@class, 'drawing__area-5')]/*")
    ] == ["Nord"]


def test_offers_schools_and_advice_of_a_district(client, city):
    _herne, _nord, sued, dorf = city
    there = make_place("Treff", district=dorf.district)
    sport = make_topic("Sport", key="sport")
    make_offering("Turnen", places=[there], topics=[sport])
    make_offering("Online", format="online", topics=[sport])
    make_offering("Süd", places=[make_place(district=sued.district)])
    make_offering("Irgendwo")
    make_offering("Geheim", places=[there], state="draft", topics=[sport])
    School.objects.create(
        number="100001", slug="schule", form="gymnasium", name="Schule Dorf",
        place=there, pupils=405, pupils_year="2024/25", source_title="Liste",
    )  # fmt: skip
    make_office("Rat", place=there)
    make_office("Rat für alle", is_citywide=True)
    make_office("Entwurf", place=there, state="draft")

    found = page(client, NORD)

    facts = found.xpath("//section[@aria-labelledby='offers']//dl/div")
    assert [plain(one) for one in facts] == [
        "Offers that take place here 1",
        "Perhaps here: the place is not sure 1",
        "For the whole city, online or at home 1",
    ]
    assert table(found, "topics")[1:] == [["Sport", "1", "1"]]
    [topic] = found.xpath("//a[.='Sport']")
    assert topic.get("href") == "/en/angebote/?district=stadtbezirk-nord&topic=sport"
    assert table(page(client, NORD), "schools") == [
        [
            "School",
            "School form",
            "Pupils, rounded to 5 (2024/25)",
            "Social index, 1 to 9",
        ],
        ["Schule Dorf", "Gymnasium", "405", "not known"],
    ]
    advice = found.xpath("//section[@aria-labelledby='advice']//li")
    assert [plain(one) for one in advice] == ["Rat (here)"]
    assert "Offices for the whole city: 1." in plain(found)
    assert "Which family centres lie here is not in our documents" in plain(found)


def test_findings_of_the_district_are_named(client, city):
    _herne, nord, *_rest = city
    make_finding("Zu sehen").districts.add(nord.district)
    make_finding("Entwurf", state=Publication.DRAFT).districts.add(nord.district)

    links = page(client, NORD).xpath("//section[@aria-labelledby='findings']//li/a")

    assert [plain(one) for one in links] == ["Zu sehen"]


@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.INTERNAL])
def test_hidden_indicators_appear_nowhere(client, city, state):
    herne, nord, *_rest = city
    known("Verborgen", (nord, "2022", 88), (herne, "2022", 77), state=state)
    draft = make_release(make_indicator("Offen"), state=ReleaseState.DRAFT)
    make_observation(draft, nord, "2022", 66)

    for path in (NORD, DORF, "/en/monitoring/raum/stadt-herne/"):
        text = plain(page(client, path))
        assert [
            word for word in ("Verborgen", "88", "77", "66.0") if word in text
        ] == []
    listed = page(client, "/en/monitoring/raum/").xpath("//ul[@class='area-tree']")
    assert "indicator" not in plain(listed[0])


def test_areas_are_a_tree_with_what_is_known_of_each(client, city):
    herne, nord, _sued, _dorf = city
    known("Eins", (herne, "2021", 1), (herne, "2022", 1), (nord, "2022", 2))
    known("Zwei", (herne, "2022", 1), (nord, "2022", ValueState.SUPPRESSED))

    found = page(client, "/en/monitoring/raum/")

    entries = found.xpath("//ul[@class='area-tree']//li")
    assert [
        [plain(one.xpath("./a")[0]), plain(one.xpath("./span")[0])] for one in entries
    ] == [
        ["Herne", "city · 2 indicators"],
        ["Nord", "borough (Stadtbezirk) · 1 indicator"],
        ["Dorf", "quarter (Ortsteil) · no figures for this area alone"],
        ["Sued", "borough (Stadtbezirk) · no figures for this area alone"],
    ]


def test_only_parts_of_the_city_have_a_picture(client, city):
    for key in ("nirgends", "kreis-05911"):
        assert client.get(f"/en/monitoring/raum/{key}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(client, city, django_assert_num_queries, number):
    herne, nord, *_rest = city
    for place in range(number):
        known(f"Zahl {place}", (nord, "2022", 1), (herne, "2022", 1))
        known(f"Stadt {place}", (herne, "2021", 1), (herne, "2022", 1))
        make_offering(places=[make_place(district=nord.district)])
        make_office(place=make_place(district=nord.district))
        make_finding().districts.add(nord.district)

    with django_assert_num_queries(15):
        client.get(NORD)
    with django_assert_num_queries(13):
        client.get("/en/monitoring/raum/stadt-herne/")
    with django_assert_num_queries(2):
        client.get("/en/monitoring/raum/")

"""The gap finder: offers by district, age and topic, and searches in vain."""

from datetime import date, timedelta

import pytest

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_place, make_user
from herne_bildung.lib import clock
from herne_bildung.portal.gaps.searches import forget_searches
from herne_bildung.portal.models import SearchWithoutResult
from herne_bildung.tests.document import parse
from monitoring.areas.tests.factories import make_city
from monitoring.tests.factories import make_indicator, make_observation, make_release
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db
PAGE = "/verwaltung/luecken/"


@pytest.fixture
def city():
    herne, nord, sued, dorf = make_city()
    families, music = (make_topic(key=key) for key in ("familie", "musik"))
    there = make_place(district=nord.district)
    guessed = make_place(district=sued.district, is_district_guessed=True)
    young = {"age_min_months": 0, "age_max_months": 35}
    make_offering("Eins", places=[there], topics=[families], **young)
    make_offering("Zwei", places=[there], topics=[families, music])
    make_offering("Drei", places=[guessed], topics=[families], **young)
    make_offering("Überall", is_citywide=True, topics=[families], **young)
    return herne, nord, sued, dorf


@pytest.fixture
def office(client):
    ensure_groups()
    client.force_login(make_user("", OFFICE))
    return client


def counted(page) -> dict[str, list[tuple[int, int]]]:
    return {
        row.part.area.name: [(cell.count, cell.maybe) for cell in row.cells]
        for row in page.context["gaps"].rows
    }


def test_topics_are_counted_for_an_age(office, city):
    page = office.get(PAGE, {"level": "stadtbezirk", "age": "0-2"})
    found = page.context["gaps"]

    assert [column.key for column in found.columns] == ["familie", "musik"]
    assert counted(page)["Nord"] == [(1, 0), (0, 0)]
    assert counted(page)["Sued"] == [(0, 1), (0, 0)]
    assert found.everywhere == [1, 0]


def test_numbers_lead_to_the_offers_they_count(office, city):
    page = office.get(PAGE, {"level": "stadtbezirk", "age": "all"})
    row = page.context["gaps"].rows[0]

    assert [cell.count for cell in row.cells] == [2, 1]
    for cell in row.cells:
        listed = office.get(cell.url).context["results"]
        # The list has what is for the whole city, too.
        titles = {card["title"]["text"] for card in listed.sure} - {"Überall"}
        assert len(titles) == cell.count


def test_ages_are_counted_for_a_topic(office, city):
    page = office.get(PAGE, {"level": "stadtbezirk", "topic": "familie"})

    assert counted(page)["Nord"] == [(1, 0), (1, 0), (0, 0), (0, 0), (0, 0), (0, 0)]


def test_the_form_shows_the_age_that_is_counted_without_a_choice(office, city):
    found = office.get(PAGE).context["gaps"]

    assert found.form["age"].value() == found.form.age_chosen.key


def test_indicators_stand_beside_it_and_in_the_file(office, city):
    release = make_release(
        make_indicator("SGB II", slug="sgb-ii", levels=["stadtbezirk"])
    )
    make_observation(release, city[1], "2019-12-31", "16.2")
    asked = {"level": "stadtbezirk", "age": "0-2", "indicators": "sgb-ii"}

    html = office.get(PAGE, asked).content.decode()
    file = office.get(PAGE, {**asked, "file": "offers"})

    head, *lines = file.content.decode("utf-8-sig").splitlines()
    assert "SGB II" in html
    assert head.split(";")[4:] == (
        "familie familie_may musik musik_may sgb-ii sgb-ii_period sgb-ii_state".split()
    )
    assert [line.split(";")[4:] for line in lines if ";Nord;" in line] == [
        ["1", "0", "0", "0", "16.2", "2019-12-31", ""]
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"level": "nowhere", "age": "x", "topic": "y", "indicators": "z"},
        {"level": "stadtbezirk", "age": "0-99", "topic": "%s"},
        {"age": "0-2"},
    ],
)
def test_unknown_choices_are_named(office, city, query):
    page = office.get(PAGE, query)

    errors = page.context["gaps"].form.errors
    assert (page.status_code, set(errors) <= set(query)) == (200, True)
    assert bool(errors) == ("level" in query)


def test_rare_words_are_not_shown(office, client):
    month = clock.today().replace(day=1)
    for words, count in (("yoga", 5), ("anna muster", 4)):
        SearchWithoutResult.objects.create(words=words, month=month, count=count)

    page = office.get(PAGE).content.decode()
    file = office.get(PAGE, {"file": "searches"}).content.decode("utf-8-sig")

    assert ("yoga" in page, "muster" in page) == (True, False)
    assert "1 seltenes Wort" in page or "1 rare word" in page
    assert file.splitlines()[1:] == [f"yoga;5;{month:%Y-%m};{month:%Y-%m}"]


def test_old_and_rare_words_go():
    rows = [
        (date(2025, 12, 1), "alt", 90),
        (date(2026, 8, 1), "selten", 4),
        (date(2026, 10, 1), "selten im herbst", 4),
        (date(2026, 8, 1), "oft", 3),
        (date(2026, 11, 1), "oft", 2),
    ]
    for month, words, count in rows:
        SearchWithoutResult.objects.create(words=words, month=month, count=count)
    clock.shift(date(2026, 12, 1) - clock.today() + timedelta())

    removed = forget_searches()

    left = SearchWithoutResult.objects.values_list("words", flat=True)
    assert (removed, sorted(left)) == (2, ["oft", "oft", "selten im herbst"])


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_a_fixed_number_of_questions(
    office, city, django_assert_num_queries, number
):
    for one in range(number):
        make_offering(f"Mehr {one}", places=[make_place(district=city[1].district)])
        SearchWithoutResult.objects.create(
            words=f"wort {one}", month=clock.today().replace(day=1), count=9
        )
    office.get(PAGE)

    with django_assert_num_queries(12):
        office.get(PAGE)


@pytest.mark.parametrize("group", [ADVISERS, PROVIDERS])
def test_only_staff_see_it(client, group):
    ensure_groups()
    client.force_login(make_user("", group))

    assert client.get(PAGE).status_code == 403


def test_the_start_of_the_administration_leads_there(office):
    links = parse(office.get("/verwaltung/").content.decode()).links

    assert PAGE in links

"""The gap finder: offers by district, age and topic, and searches in vain."""

from csv import reader
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
from monitoring.in_words import unit_in_words
from monitoring.supply.children import POPULATION, SHARE
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


def csv(response) -> list[list[str]]:
    lines = response.content.decode("utf-8-sig").splitlines()
    return list(reader(lines, delimiter=";"))


def test_topics_are_counted_for_an_age(office, city):
    page = office.get(PAGE, {"level": "stadtbezirk", "age": "0-2"})
    found = page.context["gaps"]

    assert [column.key for column in found.columns] == ["all", "familie", "musik"]
    # "Zwei" says no age.
    assert counted(page)["Nord"] == [(1, 1), (1, 1), (0, 1)]
    assert counted(page)["Sued"] == [(0, 1), (0, 1), (0, 0)]
    assert [cell.count for cell in found.everywhere] == [1, 1, 0]
    assert found.without_age == 1


def test_numbers_lead_to_the_offers_they_count(office, city):
    page = office.get(PAGE, {"level": "stadtbezirk", "age": "all"})
    row = page.context["gaps"].rows[0]

    assert [cell.count for cell in row.cells] == [2, 2, 1]
    for cell in row.cells:
        listed = office.get(cell.url).context["results"]
        # The list has what is for the whole city, too.
        titles = {card["title"]["text"] for card in listed.sure} - {"Überall"}
        assert len(titles) == cell.count


def test_ages_are_counted_for_a_topic(office, city):
    page = office.get(PAGE, {"level": "stadtbezirk", "topic": "familie"})

    assert counted(page)["Nord"] == [(2, 0), (1, 1), (1, 1), *[(0, 1)] * 4]


def test_samples_are_no_supply(office, city):
    there = make_place(district=city[1].district)
    before = office.get(PAGE, {"age": "all", "level": "stadtbezirk"})
    for where in ({"places": [there]}, {"is_citywide": True}):
        make_offering("Erfunden", is_sample=True, **where)

    page = office.get(PAGE, {"age": "all", "level": "stadtbezirk"})
    file = csv(office.get(PAGE, {"file": "offers"}))

    found = page.context["gaps"]
    assert counted(page) == counted(before)
    assert found.everywhere == before.context["gaps"].everywhere
    assert (before.context["gaps"].left_out, found.left_out[:2]) == ("", "2 ")
    assert found.left_out in page.content.decode()
    assert [f"# {found.left_out}"] in file


def test_the_form_shows_the_age_that_is_counted_without_a_choice(office, city):
    found = office.get(PAGE).context["gaps"]

    assert found.form["age"].value() == found.form.age_chosen.key


def test_indicators_stand_beside_it_and_in_the_file(office, city):
    indicator = make_indicator("SGB II", slug="sgb-ii", levels=["stadtbezirk"])
    unit = unit_in_words(indicator)
    release = make_release(indicator)
    make_observation(release, city[1], "2019-12-31", "16.2")
    asked = {"level": "stadtbezirk", "age": "0-2", "indicators": "sgb-ii"}

    page = office.get(PAGE, asked)
    html = page.content.decode()
    file = office.get(PAGE, {**asked, "file": "offers"})

    lines = [line for line in csv(file) if not line[0].startswith("# ")]
    head, nord, _sued, everywhere = lines
    assert "SGB II" in html
    names = [column.label for column in page.context["gaps"].columns]
    perhaps = head[6].removeprefix(f"{names[0]} – ")
    assert head == [
        "Schlüssel",
        "Raum",
        "Ebene",
        "Menschen unter 18 Jahren",
        "Menschen unter 18 Jahren: Zeitraum",
        *(f"{one}{more}" for one in names for more in ("", f" – {perhaps}")),
        f"SGB II ({unit})",
        "SGB II: Zeitraum",
        "SGB II: Status",
    ]
    assert nord[1:] == [
        *("Nord", "Stadtbezirk", "", ""),
        *("1", "1", "1", "1", "0", "1"),
        *("16,2", "2019-12-31", ""),
    ]
    assert everywhere[5:] == ["1", "0", "1", "0", "0", "0", "", "", ""]


RIGHT = {"level": "stadtbezirk", "age": "0-2", "topic": "musik"}


@pytest.mark.parametrize("name", ["level", "age", "topic", "indicators"])
@pytest.mark.parametrize("value", ["nowhere", "%s"])
def test_one_wrong_choice_leaves_the_others(office, city, name, value):
    make_indicator(slug="sgb-ii", levels=["stadtbezirk"])
    asked = {**RIGHT, "indicators": ["sgb-ii"]}
    wrong = [value, "sgb-ii"] if name == "indicators" else value

    page = office.get(PAGE, {**asked, name: wrong})
    file = office.get(PAGE, {**asked, name: wrong, "file": "offers"})

    form = page.context["gaps"].form
    instead = {"level": "ortsteil", "age": "0-17", "indicators": "sgb-ii"}
    usual = {**RIGHT, "indicators": "sgb-ii"}
    expected = {**usual, name: instead.get(name, "")}
    assert list(form.errors) == [name]
    assert {one: "".join(form.chosen(one)) for one in usual} == expected
    assert file.headers["Content-Type"].startswith("text/html")
    query = form.query
    assert csv(office.get(f"{PAGE}?{query}&file=offers"))[0][0].startswith("# ")


def test_an_age_alone_is_a_choice(office, city):
    form = office.get(PAGE, {"age": "0-2"}).context["gaps"].form

    assert (form.errors, form.age_chosen.key, form.level_chosen) == (
        {},
        "0-2",
        "ortsteil",
    )


def test_of_too_many_indicators_the_first_are_shown(office, city):
    slugs = [f"zahl-{number}" for number in range(9)]
    for slug in slugs:
        make_indicator(slug, slug=slug, levels=["stadtbezirk"])

    found = office.get(PAGE, {"indicators": slugs}).context["gaps"]

    assert list(found.form.errors) == ["indicators"]
    assert [one.slug for one in found.indicators] == slugs[:8]


def test_rare_words_are_not_shown(office, client):
    month = clock.today().replace(day=1)
    for words, count in (("yoga", 5), ("anna muster", 4)):
        SearchWithoutResult.objects.create(words=words, month=month, count=count)

    page = office.get(PAGE).content.decode()
    file = csv(office.get(PAGE, {"file": "searches"}))

    assert ("yoga" in page, "muster" in page) == (True, False)
    assert "1 seltenes Wort" in page
    assert file[-1] == ["yoga", "5", f"{month:%Y-%m}", f"{month:%Y-%m}"]
    assert len(file) == 4


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


def test_children_are_said_with_their_days(office, city):
    for slug, value, day in ((SHARE, "15", "2020"), (POPULATION[0], "60000", "2019")):
        one = make_indicator(slug, slug=slug, levels=["stadtbezirk"])
        make_observation(make_release(one), city[1], day, value)

    row = office.get(PAGE, {"level": "stadtbezirk"}).context["gaps"].rows[0]

    assert (row.number_of_children, row.children.number) == ("9.000", 9000)
    assert row.days_of_children == "2019 / 2020"


@pytest.mark.parametrize("group", [ADVISERS, PROVIDERS])
def test_only_staff_see_it(client, group):
    ensure_groups()
    client.force_login(make_user("", group))

    assert client.get(PAGE).status_code == 403


def test_the_start_of_the_administration_leads_there(office):
    links = parse(office.get("/verwaltung/").content.decode()).links

    assert PAGE in links

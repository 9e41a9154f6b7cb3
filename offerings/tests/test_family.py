"""The family portal: what fits now by need, what fits soon, what may fit."""

from datetime import date, time, timedelta

import pytest
from django.http import QueryDict
from django.utils import translation

from herne_bildung.city.tests.factories import make_district, make_place
from herne_bildung.lib import clock, page_cache
from herne_bildung.lib.filtering import AgeField
from offerings.family.ages import CHOICES, STAGES, age_groups, month_after
from offerings.family.results import family_results, years_of
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db


def asked(query):
    with translation.override("en"):
        return family_results(QueryDict(query), "/en/familie/", "en")


def titles(parts):
    return {part.key: [card["title"]["text"] for card in part.cards] for part in parts}


def found(query):
    result = asked(query)
    return titles(result.groups), titles(result.maybe)


def months(query):
    return [
        (month.title, month.age, [card["title"]["text"] for card in month.cards])
        for month in asked(query).months
    ]


@pytest.fixture
def on_day():
    """Set the clock of the portal to a day."""

    def move(day, wall=time(12)):
        clock.shift(timedelta())
        clock.shift(clock.at(day, wall) - clock.now())

    yield move
    clock.shift(timedelta())


def test_nothing_is_shown_before_an_age_is_given():
    make_offering("Babys", age_min_months=0, age_max_months=12)

    result = asked("")

    assert (result.is_asked, result.groups, result.maybe) == (False, (), ())


def test_what_fits_the_age_now_and_what_may_fit_families():
    make_offering("Babys", age_min_months=0, age_max_months=12)
    make_offering("Ab zwei", age_min_months=24)
    make_offering("Für Familien", target_groups=["families"])
    make_offering("Für Werdende", target_groups=["expectant"])
    make_offering("Für Lehrkräfte", target_groups=["teachers"])

    assert found("age_months=8") == ({"more": ["Babys"]}, {"more": ["Für Familien"]})
    assert found("age_months=30") == (
        {"more": ["Ab zwei"]},
        {"more": ["Für Familien"]},
    )
    assert found("age_months=-3") == (
        {"more": ["Für Werdende"]},
        {"more": ["Für Familien"]},
    )


def test_needs_group_what_fits_and_topics_inherit_theirs():
    whole = make_topic(family_need="learn")
    part = make_topic(parent=whole)
    other = make_topic(parent=whole, family_need="advice")
    without = make_topic()
    make_offering("Spielen", topics=[part], age_min_months=0)
    make_offering("Rat", topics=[other, without], age_min_months=0)
    make_offering("Beides", topics=[part, other], age_min_months=0)
    make_offering("Sonst", topics=[without], age_min_months=0)
    make_offering("Ohne Thema", age_min_months=0)

    result = asked("age_months=8")

    assert titles(result.groups) == {
        "advice": ["Beides", "Rat"],
        "learn": ["Spielen", "Beides"],
        "more": ["Ohne Thema", "Sonst"],
    }
    assert result.empty_needs == ("Meet other families, Childcare, Language, Health")


def test_all_of_a_need_stands_in_the_catalogue_with_age_and_district(client):
    topic = make_topic(family_need="meet")
    here = make_place(district=make_district("Wanne", code="wanne"))
    for number in range(5):
        make_offering(f"{number}", topics=[topic], places=[here], age_min_months=0)
    make_offering("Zu alt", topics=[topic], places=[here], age_min_months=9)

    [group] = asked("age_months=8&district=stadtbezirk-wanne").groups
    text = client.get(group.url).content.decode()

    assert group.url == "/en/angebote/?need=meet&age=0.67&district=stadtbezirk-wanne"
    assert (group.count, len(group.cards), group.rest) == (5, 3, 2)
    assert text.count("<article") == 5


def test_the_folder_is_asked_for_with_age_and_district(client):
    make_district("Wanne", code="wanne")
    href = 'href="/de/familie/mappe/{}"'

    bare = client.get("/de/familie/").content.decode()
    asked = client.get(
        "/de/familie/?age_months=2&district=stadtbezirk-wanne"
    ).content.decode()

    assert href.format("") in bare
    assert href.format("?age_months=2&amp;district=stadtbezirk-wanne") in asked


def test_every_age_means_the_same_in_the_catalogue():
    field = AgeField()

    assert [field.clean(years_of(age)) for age in range(217)] == list(range(217))


def test_what_fits_soon_says_from_which_month(on_day):
    on_day(date(2026, 11, 30))
    make_offering("Jetzt", age_min_months=0, age_max_months=40)
    make_offering("Ab neun", age_min_months=9)
    make_offering("Ab eins", age_min_months=12)
    make_offering("Später", age_min_months=15)

    assert months("age_months=8") == [
        ("From December 2026", "9 months", ["Ab neun"]),
        ("From March 2027", "1 year", ["Ab eins"]),
    ]

    on_day(date(2026, 12, 1))
    assert months("age_months=8")[0][0] == "From January 2027"


def test_before_birth_the_first_half_year_is_ahead(on_day):
    on_day(date(2026, 11, 22))
    make_offering("Von Anfang an", age_min_months=0, age_max_months=3)
    make_offering("Ab sechs", age_min_months=6)
    make_offering("Ab sieben", age_min_months=7)

    assert months("age_months=-3") == [
        ("From February 2027", "newborn", ["Von Anfang an"]),
        ("From August 2027", "6 months", ["Ab sechs"]),
    ]


def test_a_page_of_the_old_month_is_not_kept_into_the_new_one(client, on_day):
    make_offering("Ab neun", age_min_months=9)
    on_day(date(2026, 11, 30), time(23, 59, 40))
    before = client.get("/en/familie/?age_months=8")
    on_day(date(2026, 12, 1), time(0, 0, 1))
    page_cache.outdate()
    after = client.get("/en/familie/?age_months=8")

    seconds = int(before["Cache-Control"].removeprefix("public, max-age="))
    assert 0 < seconds <= 20
    assert before["ETag"] != after["ETag"]
    assert "From December 2026" in before.content.decode()
    assert "From January 2027" in after.content.decode()


def test_district_narrows_what_fits_now_and_soon():
    here = make_place(district=make_district("Wanne", code="wanne"))
    there = make_place(district=make_district("Sodingen", code="sodingen"))
    for place, name in ((here, "Hier"), (there, "Dort")):
        make_offering(name, places=[place], age_min_months=0)
        make_offering(f"{name} bald", places=[place], age_min_months=9)

    query = "age_months=8&district=stadtbezirk-wanne"

    assert found(query) == ({"more": ["Hier"]}, {})
    assert [shown for _, _, shown in months(query)] == [["Hier bald"]]
    assert asked(query).everywhere_url == "/en/familie/?age_months=8"
    assert asked(query).months[0].url == (
        "/en/familie/?age_months=9&district=stadtbezirk-wanne"
    )


def test_school_age_leads_over_to_the_catalogue():
    school = make_topic(key="schule-und-lernen")
    make_topic("Lernförderung", key="lernfoerderung", parent=school)

    small, soon, large = (asked(f"age_months={age}") for age in (59, 60, 96))

    assert (small.school_links, soon.is_school_soon, large.is_school_age) == (
        (),
        True,
        True,
    )
    assert list(large.school_links) == [
        {"label": "Lernförderung", "url": "/en/angebote/?topic=lernfoerderung&age=8"}
    ]


@pytest.mark.parametrize("age", ["-10", "217", "acht", "1e9", "8.5", "٣x"])
def test_a_bad_age_says_what_to_do(age):
    query = QueryDict(mutable=True)
    query["age_months"] = age

    result = family_results(query, "/en/familie/", "en")

    assert list(result.errors) == ["age_months"]
    assert result.is_asked is False


def test_a_chosen_age_always_stands_in_the_list():
    chosen = [
        [
            choice["value"]
            for group in age_groups(age)
            for choice in group["choices"]
            if choice["selected"]
        ]
        for age in range(-9, 217)
    ]

    assert chosen == [[age] for age in range(-9, 217)]


def test_stages_lead_to_ages_that_can_be_chosen():
    known = {age for _, ages in CHOICES for age in ages}

    assert {age for stage in STAGES for age in stage.ages} - known == set()


def test_months_are_counted_over_the_turn_of_years():
    day = date(2026, 11, 22)

    assert [month_after(day, number) for number in (0, 1, 2, 14)] == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2028, 1, 1),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_two_questions(client, django_assert_num_queries, number):
    topic = make_topic(family_need="meet")
    for _ in range(number):
        make_offering("Babys", topics=[topic], age_min_months=0)
        make_offering("Bald", topics=[topic], age_min_months=12)
        make_offering("Vielleicht", topics=[topic], target_groups=["families"])
    client.get("/en/familie/?age_months=8")

    with django_assert_num_queries(2):
        text = client.get("/en/familie/?age_months=9").content.decode()

    assert text.count("<article") == number

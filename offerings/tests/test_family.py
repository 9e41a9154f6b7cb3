"""The first page of the family portal."""

import pytest
from django.http import QueryDict

from herne_bildung.city.tests.factories import make_district, make_place
from offerings.family.results import family_results
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


def found(query):
    result = family_results(QueryDict(query), "/de/familie/", "de")
    return (
        [card["title"]["text"] for card in result.sure],
        [card["title"]["text"] for card in result.maybe],
    )


def test_nothing_is_shown_before_an_age_is_given():
    make_offering("Babys", age_min_months=0, age_max_months=12)

    result = family_results(QueryDict(""), "/de/familie/", "de")

    assert (result.is_asked, result.sure, result.maybe) == (False, [], [])


def test_what_fits_the_age_now_and_what_may_fit_families():
    make_offering("Babys", age_min_months=0, age_max_months=12)
    make_offering("Ab zwei", age_min_months=24)
    make_offering("Für Familien", target_groups=["families"])
    make_offering("Für Lehrkräfte", target_groups=["teachers"])

    assert found("age_months=8") == (["Babys"], ["Für Familien"])
    assert found("age_months=30") == (["Ab zwei"], ["Für Familien"])


def test_district_narrows():
    here = make_place(district=make_district("Wanne", code="wanne"))
    there = make_place(district=make_district("Sodingen", code="sodingen"))
    make_offering("Hier", places=[here], age_min_months=0)
    make_offering("Dort", places=[there], age_min_months=0)

    assert found("age_months=8&district=stadtbezirk-wanne") == (["Hier"], [])


@pytest.mark.parametrize("age", ["-1", "217", "acht", "1e9", "8.5", "٣x"])
def test_a_bad_age_says_what_to_do(age):
    query = QueryDict(mutable=True)
    query["age_months"] = age

    result = family_results(query, "/en/familie/", "en")

    assert list(result.errors) == ["age_months"]
    assert result.is_asked is False


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_two_questions(client, django_assert_num_queries, number):
    for _ in range(number):
        make_offering("Babys", age_min_months=0)
    client.get("/de/familie/?age_months=8")

    with django_assert_num_queries(2):
        text = client.get("/de/familie/?age_months=9").content.decode()

    assert text.count("offer-card") >= number

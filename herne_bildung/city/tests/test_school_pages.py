import re
from datetime import date

import pytest
from django.utils.translation import override

from herne_bildung.city import reference
from herne_bildung.city.actions import index_schools
from herne_bildung.city.models import DistrictAlias, School
from herne_bildung.city.tests.factories import make_district, make_place, make_school
from herne_bildung.lib import page_cache

pytestmark = pytest.mark.django_db
Form = School.Form


@pytest.fixture(autouse=True)
def fresh():
    """No page and no district of another test."""
    reference.forget()
    page_cache.outdate()
    yield
    reference.forget()


def shown(response) -> list[str]:
    """Names of the schools on a page, in order."""
    results = response.context["results"]
    return [card["title"]["text"] for card in (*results.sure, *results.maybe)]


def counts(response, name: str) -> dict[str, int]:
    """How many schools the choices of a filter would leave."""
    for group in response.context["results"].panel:
        if group["name"] == name:
            return {choice["value"]: choice["count"] for choice in group["choices"]}
    raise AssertionError(name)


def test_list_shows_schools_by_name(client):
    make_school("Zollvereinschule")
    make_school("Ährenschule")
    make_school("Bergschule")
    make_school("Alte Schule", vanished_on=date(2026, 1, 1))

    response = client.get("/de/schulen/")

    assert shown(response) == ["Ährenschule", "Bergschule", "Zollvereinschule"]
    assert response.headers["Cache-Control"].startswith("public, max-age=")
    assert response.cookies == {}


def test_typing_error_marks_what_was_meant(client):
    make_school("Josefschule")
    index_schools()

    page = client.get("/de/schulen/?q=josefschle").text

    assert re.findall("<mark>(.*?)</mark>", page) == ["Josefschule"]


def test_list_filters_by_form_and_counts(client):
    make_school("Gymnasium Nord", form=Form.GRAMMAR)
    make_school("Gymnasium Süd", form=Form.GRAMMAR)
    make_school("Grundschule West")

    response = client.get("/de/schulen/", {"form": "gymnasium"})

    assert shown(response) == ["Gymnasium Nord", "Gymnasium Süd"]
    assert counts(response, "form") == {"grundschule": 3, "gymnasium": 2}
    assert [chip["url"] for chip in response.context["results"].chips] == [
        "/de/schulen/"
    ]


def test_list_by_district_takes_those_below_and_names_probable_ones(client):
    borough = make_district("Wanne")
    quarter = make_district("Crange", level="ortsteil", parent=borough)
    other = make_district("Sodingen")
    make_school("Sichere Schule", place=make_place(district=quarter))
    make_school(
        "Vermutete Schule", place=make_place(district=quarter, is_district_guessed=True)
    )
    make_school("Andere Schule", place=make_place(district=other))
    make_school("Schule ohne Bezirk", place=make_place())

    response = client.get("/de/schulen/", {"district": borough.key})

    results = response.context["results"]
    assert [card["title"]["text"] for card in results.sure] == ["Sichere Schule"]
    assert [card["title"]["text"] for card in results.maybe] == [
        "Schule ohne Bezirk",
        "Vermutete Schule",
    ]
    assert counts(response, "district")[borough.key] == 3
    assert [chip["label"] for chip in results.chips] == ["Wanne"]
    with override("en"):
        assert results.count_text == "3 schools, 2 of them probably"


def test_list_understands_former_key_of_a_district(client):
    district = make_district("Wanne")
    DistrictAlias.objects.create(key="stadtbezirk-alt", district=district)
    make_school("Schule in Wanne", place=make_place(district=district))
    make_school("Andere", place=make_place(district=make_district("Sodingen")))

    response = client.get("/de/schulen/", {"district": "stadtbezirk-alt"})

    assert shown(response) == ["Schule in Wanne"]
    assert response.context["results"].chips == [
        {"label": "Wanne", "url": "/de/schulen/"}
    ]


def test_list_tells_districts_of_one_name_apart(client):
    borough = make_district("Wanne", code="wanne")
    make_district("Wanne", code="wanne", level="ortsteil", parent=borough)

    response = client.get("/de/schulen/?district=ortsteil-wanne")

    results = response.context["results"]
    assert [entry["label"] for entry in results.panel[1]["choices"]] == [
        "Herne",
        "Wanne – Stadtbezirk",
        "Wanne – Ortsteil",
    ]
    assert results.chips == [{"label": "Wanne – Ortsteil", "url": "/de/schulen/"}]


@pytest.mark.parametrize("words", ["mont cenis", "Montcenis", "mont-cenis-gesamtschul"])
def test_list_finds_by_words(client, words):
    make_school("Mont-Cenis-Gesamtschule", form=Form.COMPREHENSIVE)
    make_school("Otto-Hahn-Gymnasium", form=Form.GRAMMAR)
    index_schools()

    assert shown(client.get("/de/schulen/", {"q": words})) == [
        "Mont-Cenis-Gesamtschule"
    ]


def test_list_with_nothing_found_shows_ways_on(client):
    make_school("Bergschule")
    index_schools()

    response = client.get("/de/schulen/", {"q": "asdf qwer", "form": "grundschule"})

    assert shown(response) == []
    assert [way["url"] for way in response.context["results"].ways_on] == [
        "/de/schulen/?q=asdf+qwer",
        "/de/schulen/?q=asdf",
        "/de/schulen/?q=qwer",
        "/de/schulen/",
    ]
    assert 'class="empty-state"' in response.content.decode()


def test_list_with_bad_values_says_so_and_keeps_other_filters(client):
    make_school("Gymnasium Nord", form=Form.GRAMMAR)
    make_school("Grundschule West")

    response = client.get(
        "/de/schulen/", {"form": "gymnasium", "district": "mond\0", "page": "x"}
    )

    results = response.context["results"]
    assert shown(response) == ["Gymnasium Nord"]
    assert list(results.filters.errors_by_field) == ["district"]
    assert not results.is_page_known


def test_list_has_pages_of_twenty(client):
    for number in range(21):
        make_school(f"Schule {number:02}")

    first, second = client.get("/de/schulen/"), client.get("/de/schulen/?page=2")

    assert len(shown(first)) == 20
    assert shown(second) == ["Schule 20"]
    assert first.context["results"].pager["next_url"] == "/de/schulen/?page=2"


@pytest.mark.parametrize("schools", [1, 3])
def test_list_needs_two_queries(client, django_assert_num_queries, schools):
    district = make_district()
    for _ in range(schools):
        make_school(place=make_place(district=district))
    reference.districts()

    with django_assert_num_queries(2):
        client.get("/de/schulen/?form=grundschule")


@pytest.mark.parametrize("schools", [1, 3])
def test_list_with_words_needs_three_queries(
    client, django_assert_num_queries, schools
):
    for _ in range(schools):
        make_school("Bergschule")
    index_schools()
    reference.districts()

    with django_assert_num_queries(3):
        client.get("/de/schulen/?q=bergschule")


def test_school_page_needs_one_query(client, django_assert_num_queries):
    school = make_school(place=make_place(district=make_district()))

    with django_assert_num_queries(1):
        client.get(f"/de/schulen/{school.slug}/")


def facts(response) -> dict[str, object]:
    """Label and text of every fact of a school page."""
    return {
        str(fact["label"]): fact.get("lines") or fact["value"]
        for fact in response.context["school"].facts
    }


def test_school_page_says_what_is_known_and_what_is_not(client):
    place = make_place(
        street="Bergstr. 1",
        postal_code="44625",
        district=make_district("Sodingen"),
        is_district_guessed=True,
    )
    school = make_school(
        "Bergschule",
        place=place,
        pupils=1195,
        pupils_year="2024/25",
        social_index=9,
        social_index_year="2025/26",
        is_startchancen=True,
        talent_school_since=2019,
        as_of="2024",
        source_title="IT.NRW",
        licence="dl-de/by-2-0",
        phone="02323 1234",
    )

    response = client.get(f"/en/schulen/{school.slug}/")

    found = facts(response)
    assert found["District"] == ["probably Sodingen"]
    assert found["Address"] == "Bergstr. 1, 44625 Herne"
    assert found["All-day school"] == "not known"
    assert found["Pupils"] == ["about 1,195", "School year 2024/25, rounded to 5"]
    assert found["Social index"][0] == "step 9 of 9 (school year 2025/26)"
    assert found["Talentschule"][0] == "chosen in 2019"
    assert "Operator" not in found
    page = response.content.decode()
    assert '<h1 lang="de" dir="ltr">Bergschule</h1>' in page
    assert 'href="tel:023231234"' in page
    assert "IT.NRW" in page
    assert "dl-de/by-2-0" in page
    outside = re.findall(r'(?:href|src)="(https?://(?!127\.0\.0\.1)[^"]+)"', page)
    assert outside == []


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("de", "<h1>Bergschule</h1>"),
        ("de-simple", "<h1>Bergschule</h1>"),
        ("ar", '<h1 lang="de" dir="ltr">Bergschule</h1>'),
    ],
)
def test_school_name_has_its_own_language(client, language, heading):
    school = make_school("Bergschule")

    response = client.get(f"/{language}/schulen/{school.slug}/")

    assert heading in response.content.decode()
    assert f'<html lang="{language}"' in response.content.decode()

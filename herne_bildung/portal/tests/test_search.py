import re

import pytest

from counselling.actions import reindex
from counselling.tests.factories import make_concern, make_office
from goals.actions import reindex as reindex_goals
from goals.tests.factories import make_goal
from herne_bildung.city.actions import index_organisations
from herne_bildung.city.tests.factories import make_district, make_place
from herne_bildung.lib import counts, page_cache, searches_without_result
from herne_bildung.portal import search
from herne_bildung.portal.search import SiteResults
from herne_bildung.portal.tests.factories import (
    make_found_organisation,
    make_found_school,
    make_offering,
)
from offerings.models import Offering
from offerings.tests.centres import make_centre
from offerings.tests.factories import make_offering as make_placed

pytestmark = pytest.mark.django_db


def answer(client, words: str, **more: str) -> SiteResults:
    """What a German page of the search shows; never a kept page."""
    page_cache.outdate()
    return client.get("/de/suche/", {"q": words, **more}).context["results"]


def found(client, words: str, **more: str) -> list[tuple]:
    """(kind, number of results, titles shown) of a search."""
    results = answer(client, words, **more)
    return [
        (group.name, group.total, [card["title"]["text"] for card in group.cards])
        for group in results.shown
    ]


def test_finds_every_kind_by_one_search(client):
    make_offering("Musik für Kinder")
    make_found_school("Musikschule am Park")
    make_found_organisation("Verein für Musik")
    make_found_organisation("Sportverein")
    make_goal("Musik für alle")
    make_goal("Musik im Entwurf", state="draft")
    reindex_goals()

    assert found(client, "musik") == [
        ("offering", 1, ["Musik für Kinder"]),
        ("school", 1, ["Musikschule am Park"]),
        ("goal", 1, ["Musik für alle"]),
        ("organisation", 1, ["Verein für Musik"]),
    ]


def test_family_centre_is_found_by_its_kitas_and_is_no_organisation_besides(client):
    kita = make_found_organisation("Kita Löwenzahn")
    make_centre("Regenbogen", kitas=[kita])
    index_organisations()

    assert found(client, "löwenzahn") == [
        ("family_centre", 1, ["Regenbogen"]),
        ("organisation", 1, ["Kita Löwenzahn"]),
    ]
    assert found(client, "regenbogen") == [("family_centre", 1, ["Regenbogen"])]
    assert found(client, "Familienzentren") == [("family_centre", 1, ["Regenbogen"])]


def test_results_lead_to_their_pages(client):
    make_offering("Musik", slug="musik")
    make_found_school("Musikschule", slug="musikschule")
    make_found_organisation("Musikverein", slug="musikverein")

    links = re.findall(
        r'<h3[^>]*><a href="([^"]+)"', client.get("/tr/suche/?q=musik").text
    )

    assert links == [
        "/tr/angebote/musik/",
        "/tr/schulen/musikschule/",
        "/tr/anbieter/musikverein/",
    ]


def test_words_searched_for_are_marked_and_nothing_else_becomes_markup(client):
    make_offering("Musik <b>laut</b>")

    response = client.get("/de/suche/?q=musik")

    assert "<mark>Musik</mark> &lt;b&gt;laut&lt;/b&gt;" in response.text


def test_typing_error_finds_and_says_so(client):
    make_offering("Krabbelgruppe")

    assert found(client, "krabelgruppe") == [("offering", 1, ["Krabbelgruppe"])]
    assert answer(client, "krabelgruppe").meant == "krabbelgruppe"
    assert answer(client, "krabbelgruppe").meant == ""


def test_typing_error_marks_what_was_meant(client):
    make_offering("Krabbelgruppe")
    make_found_school("Krabbelgruppenschule")
    make_found_organisation("Verein Krabbelgruppe")

    page = client.get("/de/suche/?q=krabelgruppe").text

    assert re.findall("<mark>(.*?)</mark>", page) == [
        "Krabbelgruppe",
        "Krabbelgruppenschule",
        "Krabbelgruppe",
    ]
    assert re.search("[„“]krabbelgruppe[“”]", page)


def test_similar_words_of_one_kind_do_not_join_exact_hits_of_another(client):
    make_offering("Krabbelgruppe")
    assert found(client, "krabelgruppe") == [("offering", 1, ["Krabbelgruppe"])]

    make_found_organisation("Krabelgruppe e. V.")

    assert found(client, "krabelgruppe") == [
        ("organisation", 1, ["Krabelgruppe e. V."])
    ]


def test_unseen_entries_are_not_found(client):
    make_offering("Musik eins")
    make_offering("Musik zwei", state=Offering.State.ARCHIVED)
    make_offering("Musik drei", visible_from="2100-01-01")
    make_found_school("Musikschule", vanished_on="2025-08-01")

    assert found(client, "musik") == [("offering", 1, ["Musik eins"])]


def test_nonsense_finds_nothing_shows_ways_on_and_is_counted(client):
    make_offering("Musik")
    counts.take(searches_without_result.NAME)

    response = client.get("/de/suche/?q=Asdf+QWER")

    assert response.context["results"].total == 0
    assert re.findall(
        r'<li><a href="([^"]+)">[^<]+<span class="icon', response.text
    ) == [
        "/de/angebote/",
        "/de/beratung/",
        "/de/familie/",
        "/de/schulen/",
        "/de/ziele/",
    ]
    assert counts.take(searches_without_result.NAME) == {"asdf qwer": 1}


@pytest.mark.parametrize("page", ["/de/suche/", "/de/angebote/"])
def test_search_in_vain_is_counted_when_someone_reads_the_page(client, page):
    counts.take(searches_without_result.NAME)

    client.head(page, {"q": "asdf"})
    client.get(page, {"q": "qwer"})

    assert counts.take(searches_without_result.NAME) == {"qwer": 1}


@pytest.mark.parametrize("words", ["", "   ", "\0"])
def test_empty_search_helps_and_counts_nothing(client, words):
    counts.take(searches_without_result.NAME)

    response = client.get("/de/suche/", {"q": words})

    assert (response.status_code, response.context["results"].groups) == (200, [])
    assert counts.take(searches_without_result.NAME) == {}


def test_groups_show_some_and_lead_to_all_pages(client, monkeypatch):
    monkeypatch.setattr(search, "IN_A_GROUP", 2)
    monkeypatch.setattr(search, "PER_PAGE", 3)
    for number in range(1, 5):
        make_found_school(f"Musikschule {number}")

    all_of_them = [f"Musikschule {number}" for number in range(1, 5)]
    assert found(client, "musik") == [("school", 4, all_of_them[:2])]
    assert found(client, "musik", kind="school") == [("school", 4, all_of_them[:3])]
    assert found(client, "musik", kind="school", page="2") == [
        ("school", 4, all_of_them[3:])
    ]
    pager = answer(client, "musik", kind="school", page="2").pager
    assert (pager["previous_url"], pager["next_url"]) == (
        "/de/suche/?q=musik&kind=school",
        "",
    )


def test_pager_leads_to_the_results(client, monkeypatch):
    monkeypatch.setattr(search, "PER_PAGE", 1)
    for number in (1, 2):
        make_found_school(f"Musikschule {number}")

    page = client.get("/de/suche/?q=musik&kind=school&page=2").text

    assert '?q=musik&amp;kind=school#results-start"' in page
    assert re.findall('<h2 id="results-start" tabindex="-1">(.*)</h2>', page) == [
        'Schulen<span class="kern-sr-only">, Seite 2</span>'
    ]


def test_a_word_and_a_district_find_offers_there(client):
    wanne = make_district("Wanne")
    make_placed("Schwimmkurs", places=[make_place(district=wanne)])
    make_placed("Schwimmkurs woanders", places=[make_place(district=make_district())])
    make_placed("Schwimmkurs irgendwo")
    make_placed("Yoga", is_citywide=True)

    results = answer(client, "schwimkurs wanne")

    assert found(client, "schwimkurs wanne") == [
        ("offering", 2, ["Schwimmkurs", "Schwimmkurs irgendwo"])
    ]
    assert found(client, "schwimmkurs wanne", kind="offering") == [
        ("offering", 2, ["Schwimmkurs", "Schwimmkurs irgendwo"])
    ]
    assert (results.meant, results.remarks) == (
        "schwimmkurs",
        ["Angebote in Wanne werden auch angezeigt."],
    )
    assert [card["may_fit_reasons"] for card in results.shown[0].cards] == [
        [],
        ["Ort nicht bekannt"],
    ]
    assert found(client, "wanne") == [("offering", 2, ["Schwimmkurs", "Yoga"])]
    assert found(client, "asdf wanne") == []


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "9" * 400])
def test_page_that_does_not_exist_says_so(client, number):
    make_found_school("Musikschule")

    assert found(client, "musik", kind="school", page=number) == [
        ("school", 1, ["Musikschule"])
    ]
    assert answer(client, "musik", kind="school", page=number).is_page_known is False


def test_unknown_kind_is_ignored(client):
    make_found_school("Musikschule")

    assert found(client, "musik", kind="nothing") == [("school", 1, ["Musikschule"])]


def test_search_in_another_language_says_where_texts_are_german(client):
    make_offering("Musik")
    make_found_school("Musikschule")

    arabic = client.get("/ar/suche/?q=musik").text

    assert arabic.count('<h3 lang="de" dir="ltr">') == 2
    assert arabic.count('class="fallback-note"') == 1


def test_typed_words_are_escaped_and_keep_their_direction(client):
    response = client.get("/ar/suche/", {"q": "<i>deutsch"})

    assert "\u2068&lt;i&gt;deutsch\u2069" in response.text
    assert "<i>deutsch" not in response.text


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow(client, django_assert_num_queries, number):
    for _ in range(number):
        make_offering("Musik")
        make_found_school("Musikschule")
        make_found_organisation("Musikverein", parent=make_found_organisation("Stadt"))
        make_office("Musikberatung", concerns=[make_concern()])
        make_goal("Musik für alle")
    reindex()
    reindex_goals()
    client.get("/de/suche/?q=warm")

    with django_assert_num_queries(24):
        client.get("/de/suche/?q=musik")


def test_number_of_queries_when_only_similar_words_are_found(
    client, django_assert_num_queries
):
    make_offering("Krabbelgruppe")
    client.get("/de/suche/?q=warm")

    with django_assert_num_queries(26):
        client.get("/de/suche/?q=krabelgruppe")

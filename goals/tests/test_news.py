"""News of the Bildungsbüro: list, pages and feed."""

import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from goals.choices import Publication
from goals.models import NewsLink
from goals.news.listing import PER_PAGE
from goals.tests.factories import make_goal, make_news
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
HIDDEN = "Nur für uns"
ATOM = "{http://www.w3.org/2005/Atom}"


def hidden() -> list:
    tomorrow = clock.today() + timedelta(days=1)
    return [
        make_news(HIDDEN, state=Publication.DRAFT),
        make_news(HIDDEN, state=Publication.INTERNAL),
        make_news(HIDDEN, published_on=tomorrow),
    ]


def titles(response) -> list[str]:
    return [card["title"].text for card in response.context["news"].cards]


def test_list_is_newest_first_and_shows_nothing_hidden(client):
    make_news("Alt", published_on=date(2026, 10, 1))
    make_news("Neu", published_on=date(2026, 11, 1), internal_note=HIDDEN)
    hidden()

    response = client.get("/de/ziele/neues/")

    assert titles(response) == ["Neu", "Alt"]
    assert HIDDEN not in response.text
    assert 'href="/de/abo/neues/alle/"' in response.text


def test_list_has_pages(client):
    for number in range(PER_PAGE + 1):
        make_news(f"Nachricht {number}")

    first, second, third = (
        client.get("/de/ziele/neues/", {"page": page}) for page in (1, 2, 3)
    )

    assert (len(titles(first)), len(titles(second))) == (PER_PAGE, 1)
    assert [one.context["news"].is_page_known for one in (first, second, third)] == [
        True,
        True,
        False,
    ]


def test_list_without_news_says_so(client):
    hidden()

    response = client.get("/en/ziele/neues/")

    assert "There are no news yet" in response.text
    assert HIDDEN not in response.text


def test_page_shows_paragraphs_links_goals_and_source(client):
    item = make_news(
        "Neu im Netzwerk",
        slug="neu-im-netzwerk",
        text_de="Erster Absatz.\n\nZweiter <b>Absatz</b>.",
        internal_note=HIDDEN,
        source_title="Bildungsbericht",
    )
    NewsLink.objects.create(
        item=item, title_de="Mehr dazu", url="https://example.org/mehr"
    )
    item.goals.add(
        make_goal("Sprache", slug="sprache"),
        make_goal(HIDDEN, state=Publication.INTERNAL),
    )

    page = client.get("/de/ziele/neues/neu-im-netzwerk/").text

    assert "<p>Erster Absatz.</p>" in page
    assert "Zweiter &lt;b&gt;Absatz&lt;/b&gt;." in page
    assert '<a href="https://example.org/mehr" rel="external noopener">' in page
    assert ("Sprache" in page, "Bildungsbericht" in page) == (True, True)
    assert HIDDEN not in page
    assert '<time datetime="2026-11-02">2. November 2026</time>' in page


def test_german_text_says_that_it_is_german(client):
    make_news("Neu im Netzwerk", slug="neu", text_de="Text.")

    page = client.get("/ar/ziele/neues/neu/").text

    assert '<h1 lang="de" dir="ltr">Neu im Netzwerk</h1>' in page
    assert '<div class="prose" lang="de" dir="ltr"><p>Text.</p></div>' in page


def test_hidden_items_are_not_found_and_exist(client):
    assert [
        client.get(f"/de/ziele/neues/{item.slug}/").status_code for item in hidden()
    ] == [404, 404, 404]


def test_feed_has_what_is_shown_without_samples(client):
    make_news("Neu", slug="neu", summary_tr="Yeni.", title_tr="Yeni haber")
    make_news("Beispiel", is_sample=True)
    hidden()

    response = client.get("/tr/ziele/neues/feed/")

    root = ElementTree.fromstring(response.content)
    entries = [
        (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}id"))
        for entry in root.findall(f"{ATOM}entry")
    ]
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [(title, link.partition("/tr/")[2]) for title, link in entries] == [
        ("Yeni haber", "ziele/neues/neu/")
    ]


def test_no_item_takes_the_place_of_the_feed():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_news(slug="feed")


@pytest.mark.parametrize("number", [1, 3])
def test_list_and_page_ask_a_fixed_number_of_questions(
    client, number, django_assert_num_queries
):
    items = [make_news() for _ in range(number)]
    for item in items:
        item.goals.add(make_goal())
        for place in range(number):
            NewsLink.objects.create(
                item=item, title_de=f"Link {place}", url="https://example.org"
            )
    client.get("/de/ziele/neues/?page=9")

    with django_assert_num_queries(2):
        client.get("/de/ziele/neues/")
    with django_assert_num_queries(3):
        client.get(f"/de/ziele/neues/{items[0].slug}/")
    with django_assert_num_queries(1):
        client.get("/de/ziele/neues/feed/")

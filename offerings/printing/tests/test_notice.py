"""Notices: one sheet, whatever the list is."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from herne_bildung.city.tests.factories import make_place
from offerings.models import PrintOrder
from offerings.printing import work
from offerings.printing.booklet import content_of
from offerings.printing.entries import in_portions
from offerings.printing.entries import read as read_offers
from offerings.printing.notice import SIZES, Notice, first_of, notice_file
from offerings.printing.tests.reading import claims, languages, links, read, words
from offerings.printing.tests.test_orders import order
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db


def make_offers(number: int) -> list[str]:
    """Titles of offers as long as real ones."""
    topics, place = [make_topic("Sprachen"), make_topic("Eltern")], make_place("Haus")
    titles = [f"Kurs Nummer {n:03}" for n in range(number)]
    for n, title in enumerate(titles):
        make_offering(
            title,
            summary_de="Wir treffen uns jede Woche, lesen, spielen und lernen Wörter.",
            title_ar=f"دورة رقم {n:03}",
            topics=[topics[n % 2]],
            places=[place],
            schedule={},
        )
    return titles


def order_of(paper: str = "a4", language: str = "de", second: str = "") -> PrintOrder:
    return PrintOrder(kind="notice", paper=paper, language=language, second=second)


def made(**choices: str) -> tuple[object, tuple[int, int]]:
    """The file, and how many offers of how many it has."""
    told: list[tuple[int, int]] = []
    content = notice_file(order_of(**choices), lambda *numbers: told.append(numbers))
    return read(content), told[-1]


@pytest.mark.parametrize("paper", ["a3", "a4", "a5"])
def test_few_offers_fill_the_sheet_in_large_type(paper):
    titles = make_offers(3)

    found, numbers = made(paper=paper)

    text = words(found)
    assert (len(found.pages), numbers) == (1, (3, 3))
    assert [one for one in titles if one not in text] == []
    assert claims(found) == ("de", True, True, 1)


@pytest.mark.parametrize(
    ("paper", "many", "language", "second"),
    [
        ("a4", 40, "de", ""),
        ("a4", 30, "de", "ar"),
        ("a5", 16, "ar", ""),
        ("a5", 12, "ar", "de"),
    ],
)
def test_many_offers_stay_on_one_sheet_that_says_what_is_left_out(
    paper, many, language, second, settings
):
    settings.PUBLIC_ADDRESS = "https://bildung.example"
    make_offers(many)

    found, (number, total) = made(paper=paper, language=language, second=second)

    text = words(found)
    assert (len(found.pages), total) == (1, many)
    assert 1 < number < many
    assert str(many - number) in text
    assert links(found).count(f"https://bildung.example/{language}/angebote/") == 1
    assert claims(found) == (language, True, True, 1)
    assert languages(found) >= {*filter(None, [second])}


def test_type_gets_smaller_before_offers_are_left_out():
    sizes = []
    for number in (2, 8, 8):
        make_offers(number)
        chosen = order_of()
        content = content_of(chosen.query, chosen.language)
        offers = read_offers(first_of(content, chosen))
        shown = in_portions(offers, chosen.languages, lambda *_numbers: None)
        size, on_sheet = Notice(chosen, content, offers, shown).setting()
        assert on_sheet == len(content)
        sizes.append(size)

    assert sizes == sorted(set(sizes), reverse=True)
    assert sizes[-1] > SIZES[-1]


def test_offers_that_may_fit_are_the_first_to_be_left_out():
    make_offers(1)
    sure = make_offering("Bezahlt", is_free=False)
    chosen = order_of()
    chosen.query = "cost=paid"

    content = content_of(chosen.query, chosen.language)

    first, *others = first_of(content, chosen)
    assert (first, len(others)) == (sure.pk, 1)


def test_page_of_an_order_says_how_many_offers_stand_on_the_sheet(client: Client):
    make_offers(16)
    page = order(client, language="en", kind="notice", paper="a5")

    work.work()

    made_one = PrintOrder.objects.get()
    assert (made_one.state, made_one.pages, made_one.total) == ("done", 1, 16)
    sentence = f"{made_one.done} of 16 offers have room"
    assert sentence in client.get(page).content.decode()


def test_more_offers_than_a_booklet_may_have_make_a_notice(client: Client, settings):
    settings.BOOKLET_MOST_OFFERS = 2
    make_offers(3)

    page = order(client, language="en", kind="notice")
    work.work()

    assert PrintOrder.objects.get().state == "done"
    assert "have room" not in client.get(page).content.decode()


def test_sheet_is_one_even_where_its_list_has_a_long_name():
    make_offers(12)
    chosen = order_of("a5", "de", "ar")
    chosen.query = urlencode({"q": " ".join(["Kurs"] * 60)})

    found = read(notice_file(chosen, lambda *_numbers: None))

    assert len(found.pages) == 1

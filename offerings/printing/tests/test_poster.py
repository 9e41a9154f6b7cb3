"""The poster of an offer."""

import pytest

from herne_bildung.city.tests.factories import make_place
from offerings.models import Offering
from offerings.printing.tests.reading import claims, languages, links, read, words
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer() -> Offering:
    return make_offering(
        "Krabbelgruppe",
        slug="krabbelgruppe",
        title_tr="Oyun grubu",
        summary_de="Eltern und Babys treffen sich.",
        schedule={},
        price="3.50",
        places=[make_place("Haus am Park")],
    )


def poster(client, query: str = "", language: str = "de"):
    answer = client.get(f"/{language}/angebote/krabbelgruppe/aushang.pdf?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return read(answer.content)


def test_poster_says_what_when_where_and_leads_to_the_page(client, offer, settings):
    settings.PUBLIC_ADDRESS = "https://bildung.example"

    found = poster(client)

    text = words(found)
    shown = ("Krabbelgruppe", "09:30", "3,50 €", "Haus am Park", "bildung.example/de/")
    assert [one for one in shown if one not in text] == []
    assert claims(found) == ("de", True, True, 1)
    assert links(found) == ["https://bildung.example/de/angebote/krabbelgruppe/"]
    assert found.metadata.title == "Krabbelgruppe"


@pytest.mark.parametrize(
    ("query", "size"),
    [("", (595, 842)), ("paper=a5", (420, 595)), ("paper=a3", (842, 1191))],
)
def test_poster_is_one_sheet_of_the_size_asked_for(client, offer, query, size):
    offer.title_de = "Ein sehr langer Name, der kaum auf ein Blatt passt " * 3
    offer.summary_de = offer.next_step_de = "Viele Worte über wenig. " * 15
    offer.save()

    found = poster(client, f"{query}&with=ar")

    box = found.pages[0].mediabox
    assert (len(found.pages), (round(box.width), round(box.height))) == (1, size)


def test_second_language_stands_below_with_its_own_code(client, offer, settings):
    settings.PUBLIC_ADDRESS = "https://bildung.example"

    found = poster(client, "with=tr")

    text = words(found)
    assert text.index("Krabbelgruppe") < text.index("Oyun grubu")
    assert links(found) == [
        f"https://bildung.example/{code}/angebote/krabbelgruppe/"
        for code in ("de", "tr")
    ]
    assert "tr" in languages(found)


def test_german_text_in_an_arabic_poster_says_so(client, offer):
    found = poster(client, language="ar")

    assert claims(found) == ("ar", True, True, 1)
    assert "de" in languages(found)
    assert found.trailer["/Root"]["/ViewerPreferences"]["/Direction"] == "/R2L"


def test_values_that_name_nothing_are_not_heard(client, offer):
    usual = poster(client)

    found = poster(client, "paper=a0&with=xx&with=%00")

    assert words(found) == words(usual)
    assert found.pages[0].mediabox == usual.pages[0].mediabox


def test_poster_is_kept_until_something_changes(client, offer):
    path = "/de/angebote/krabbelgruppe/aushang.pdf"

    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    offer.title_de = "Spielkreis"
    offer.save()
    changed = client.get(path, headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"].startswith("public, max-age=")
    assert (again.status_code, changed.status_code) == (304, 200)


def test_offer_off_the_site_has_no_poster(client, offer):
    offer.state = Offering.State.DRAFT
    offer.save()

    answer = client.get("/de/angebote/krabbelgruppe/aushang.pdf")

    assert answer.status_code == 404


def test_page_of_the_offer_leads_to_its_poster(client, offer):
    page = client.get("/de/angebote/krabbelgruppe/").content.decode()

    assert 'action="/de/angebote/krabbelgruppe/aushang.pdf"' in page

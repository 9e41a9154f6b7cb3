"""A page in two languages at once: which pages, and who may frame what."""

import pytest

from counselling.tests.factories import make_office

pytestmark = pytest.mark.django_db
TWO = "/de/nebeneinander/"


def halves(response) -> list[str]:
    return [half.url for half in response.context["shown"].halves]


@pytest.mark.parametrize(
    ("query", "urls"),
    [
        ("", ["/de/", "/en/"]),
        ("page=/angebote/&with=tr", ["/de/angebote/", "/tr/angebote/"]),
        ("page=/tr/angebote/&with=ar&first=tr", ["/tr/angebote/", "/ar/angebote/"]),
        ("page=/suche/%3Fq%3Da%26b%3D2", ["/de/suche/?q=a&b=2", "/en/suche/?q=a&b=2"]),
        ("page=/schulen/&first=tr&with=tr", ["/tr/schulen/", "/de/schulen/"]),
        ("page=/schulen/&first=xx&with=%3Cb%3E", ["/de/schulen/", "/en/schulen/"]),
    ],
)
def test_both_halves_are_the_page_in_their_language(client, query, urls):
    assert halves(client.get(f"{TWO}?{query}")) == urls


def test_an_address_may_be_copied_whole(client, settings):
    settings.PUBLIC_ADDRESS = "https://lernen.example"

    own = client.get(TWO, {"page": "https://lernen.example/tr/ueber/"})
    other = client.get(TWO, {"page": "http://lernen.example/tr/ueber/"})

    assert (halves(own), halves(other)) == (["/de/ueber/", "/en/ueber/"], [])


@pytest.mark.parametrize(
    "page",
    [
        "https://example.org/",
        "//example.org/",
        "/de//example.org/",
        "/\\example.org/",
        "/angebote/../verwaltung/",
        "/verwaltung/",
        "/verwaltung/konto/anmelden/",
        "/pflege/abc/",
        "/vorschau/abc/",
        "/angebote/melden/1/",
        "/barrierefreiheit/melden/",
        "/nebeneinander/?page=/",
        "/feed/",
        "/robots.txt",
        "/gibt/es/nicht/",
        "angebote/",
        "javascript:alert(1)",
        "http://[",
        '/"><script>alert(1)</script>/',
        "/" + "a" * 3000,
    ],
)
def test_no_other_page_is_framed(client, page):
    response = client.get(TWO, {"page": page})

    assert (response.status_code, halves(response)) == (200, [])
    assert "<iframe" not in response.text
    assert "<script>alert" not in response.text
    assert 'aria-describedby="two-page-error"' in response.text


def test_frames_say_their_language(client):
    page = client.get(f"{TWO}?page=/schulen/&with=ar").text

    assert [part.split(">")[0] for part in page.split("<iframe ")[1:]] == [
        'src="/de/schulen/" title="Deutsch" lang="de" dir="ltr" data-half="de"',
        'src="/ar/schulen/" title="العربية" lang="ar" dir="rtl" data-half="ar"',
    ]


def framing(response) -> tuple[str, str, bool]:
    """X-Frame-Options, who may frame it, and whether it frames pages of ours."""
    policy = response["Content-Security-Policy"]
    [ancestors] = [p for p in policy.split("; ") if p.startswith("frame-ancestors")]
    return response["X-Frame-Options"], ancestors, "frame-src 'self'" in policy


OWN = ("SAMEORIGIN", "frame-ancestors 'self'", False)
NOBODY = ("DENY", "frame-ancestors 'none'", False)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/de/angebote/", OWN),
        ("/ar/impressum/", OWN),
        ("/de/gibt-es-nicht/", OWN),
        (TWO, ("DENY", "frame-ancestors 'none'", True)),
        ("/de/feed/", NOBODY),
        ("/robots.txt", NOBODY),
        ("/de/pflege/unbekannt/", NOBODY),
        ("/de/barrierefreiheit/melden/", NOBODY),
        ("/verwaltung/konto/anmelden/", NOBODY),
        ("/verwaltung/", NOBODY),
        ("/verwaltung/gibt-es-nicht/", NOBODY),
        ("/gibt-es-nicht/", NOBODY),
    ],
)
def test_only_our_own_pages_frame_public_ones(client, address, expected):
    assert framing(client.get(address)) == expected
    # What is kept for others has the same headers.
    assert framing(client.get(address)) == expected


def test_every_public_page_leads_here(client):
    office = make_office()
    link = "/tr/nebeneinander/?page=%2Fberatung%2F{}%2F%3Fa%3Db"

    page = client.get(f"/tr/beratung/{office.slug}/?a=b").text
    others = [
        client.get(address).text
        for address in (TWO, "/de/gibt-es-nicht/", "/de/barrierefreiheit/melden/")
    ]

    assert f'href="{link.format(office.slug)}" rel="nofollow" target="_top"' in page
    assert ["nebeneinander/?" in text for text in others] == [False] * 3


def test_queries(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(f"{TWO}?page=/angebote/&with=pl")

"""Places as pages show them, and the way there."""

import pytest

from herne_bildung.city.route_planner import route_url
from herne_bildung.city.tests.factories import make_organisation, make_place
from herne_bildung.lib.address_template import address_template
from offerings.tests.factories import make_offering

PLANNER = "https://planner.example/trip"
KNOWN = {"latitude", "longitude", "address", "language"}


@pytest.fixture
def by_position(settings):
    settings.ROUTE_PLANNER_URL = PLANNER + "?to={latitude},{longitude}&lang={language}"


@pytest.fixture
def by_address(settings):
    settings.ROUTE_PLANNER_URL = PLANNER + "?to={address}"


@pytest.mark.django_db
def test_route_by_position(by_position):
    known = make_place(latitude=51.5, longitude=7.2)
    made_up = make_place(latitude=51.5, longitude=7.2, is_sample=True)

    assert [
        route_url(known, "tr"),
        route_url(known, "de-simple"),
        route_url(make_place(), "de"),
        route_url(made_up, "de"),
    ] == [
        f"{PLANNER}?to=51.500000,7.200000&lang=tr",
        f"{PLANNER}?to=51.500000,7.200000&lang=de",
        "",
        "",
    ]


@pytest.mark.django_db
def test_route_by_address(by_address):
    place = make_place(street="Straße & Co. 1", postal_code="44623")

    assert route_url(place, "de") == (
        f"{PLANNER}?to=Stra%C3%9Fe%20%26%20Co.%201%2C%2044623%20Herne"
    )
    assert route_url(make_place("Hall", street=""), "de") == ""


@pytest.mark.django_db
def test_no_planner_no_link():
    assert route_url(make_place(latitude=51.5, longitude=7.2), "de") == ""


@pytest.mark.parametrize(
    "text",
    [
        "http://planner.example/{address}",
        "https://planner.example/{name}",
        "https://planner.example/{}",
        "https://planner.example/{address.__class__}",
        "https://planner.example/{address",
        "https://{address}/",
        "https:///{address}",
        "javascript:alert(1)",
    ],
)
def test_templates_that_cannot_be_meant(text):
    with pytest.raises(ValueError, match="ROUTE_PLANNER_URL must be"):
        address_template("ROUTE_PLANNER_URL", text, KNOWN)


@pytest.mark.django_db
def test_pages_lead_to_the_planner_and_the_map(client, by_position):
    place = make_place("Library", latitude=51.5, longitude=7.2)
    provider = make_organisation("Town", slug="town", is_provider=True)
    provider.places.add(place)
    make_offering("Reading", slug="reading", places=[place], provider=provider)
    route = f"{PLANNER}?to=51.500000,7.200000&amp;lang=en"

    for path in ("/en/angebote/reading/", "/en/anbieter/town/"):
        text = client.get(path).content.decode()

        assert f'href="{route}" rel="external noopener"' in text
        assert f'href="/en/angebote/karte/?place={place.pk}"' in text

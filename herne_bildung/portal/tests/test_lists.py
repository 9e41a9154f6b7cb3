"""What all pages with results say before their results."""

import re

import pytest

from herne_bildung.lib import page_cache
from herne_bildung.portal.tests.factories import (
    make_found_organisation,
    make_found_school,
    make_offering,
)

pytestmark = pytest.mark.django_db
NO_SUCH_PAGE = "This page does not exist. You see the nearest one."
SIMILAR = "Found for “%s”. Nothing was found for exactly the words you typed."
NO_SUCH_ORDER = "We do not know this order."


def notices(client, address: str) -> list[str]:
    """Texts of the notices of a page, in order."""
    page_cache.outdate()
    found = r'<div class="kern-alert__body">([^<]*)</div>'
    return re.findall(found, client.get(address).text)


@pytest.fixture(autouse=True)
def entries():
    """One of each kind, found by the same word; the body has one of the offers."""
    body = make_found_organisation("Schwimmverein", slug="schwimmverein")
    make_offering("Schwimmkurs", provider=body, age_min_months=0)
    make_found_school("Schwimmschule")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("angebote/?q=schwimkurss", [SIMILAR % "schwimmkurs"]),
        ("angebote/?q=schwimkurss&page=9", [SIMILAR % "schwimmkurs", NO_SUCH_PAGE]),
        ("angebote/?q=schwimmkurs&sort=x&page=9", [NO_SUCH_ORDER, NO_SUCH_PAGE]),
        ("angebote/?q=schwimmkurs&sort=name&page=1", []),
        ("schulen/?q=schwimschulle&page=x", [SIMILAR % "schwimmschule", NO_SUCH_PAGE]),
        ("schulen/?q=schwimmschule", []),
        ("suche/?q=schwimschulle", [SIMILAR % "schwimmschule"]),
        ("suche/?q=schwimmschule&kind=school&page=2", [NO_SUCH_PAGE]),
        ("suche/?q=schwimmschule", []),
        ("familie/?age_months=8", []),
        ("anbieter/schwimmverein/?page=2", [NO_SUCH_PAGE]),
        ("anbieter/schwimmverein/", []),
    ],
)
def test_lists_say_what_to_know_before_reading(client, address, said):
    assert notices(client, f"/en/{address}") == said

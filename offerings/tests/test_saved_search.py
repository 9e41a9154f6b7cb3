"""The key of a search that somebody follows."""

from urllib.parse import quote

import pytest
from django.http import QueryDict

from offerings.filters import OfferingFilter
from offerings.saved_search import LONGEST, key_of, search_of
from offerings.tests.factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sewing():
    return make_topic("Nähen", key="naehen")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "alle"),
        ("page=2&sort=name&when=today&near=51.538,7.219&within=2", "alle"),
        ("topic=naehen&age=1,5", "age=1.5&topic=naehen"),
        ("q=Nähen %26 Kochen/Backen 100%25", "q=Nähen %26 Kochen%2FBacken 100%25"),
        ("q=" + "я" * 150, "q=" + "я" * 150),
        ("q=" + "/" * 150, ""),
    ],
)
def test_a_key_is_readable_and_leads_to_the_same_search(query, expected):
    found = key_of(OfferingFilter(QueryDict(query), language="de"))

    assert found == expected
    assert len(found) <= LONGEST
    if found:
        assert key_of(search_of(found, "de")) == found


@pytest.mark.parametrize(
    "strange",
    [
        "x",
        "topic=gibt-es-nicht",
        "age=900",
        "sort=name",
        "when=today",
        "=",
        "a=b&",
        "&",
    ],
)
def test_what_is_no_search_cannot_be_followed(client, strange):
    assert search_of(strange, "de") is None
    assert client.get(f"/de/abo/suche/{quote(strange)}/").status_code == 404

"""What pages say to machines: schema.org on every page with a way up, Open Graph on
all.
"""

import re

import pytest
from django.test import Client

from herne_bildung.lib import schema_org as made
from herne_bildung.tests import pages
from herne_bildung.tests.schema_org import faults, nodes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]
PROPERTY = re.compile(r'<meta property="(og:\w+)" content="([^"]*)">')
DETAILS = {
    "offering": {"Event", "Course", "Service"},
    "provider": {"Organization"},
    "office": {"Service"},
    "school": {"School"},
}


@pytest.fixture(scope="module")
def answers(content) -> dict[pages.Page, str]:
    """The HTML of all German pages."""
    client = Client()
    found = {page: client.get(page.address("de")) for page in content}
    return {
        page: answer.content.decode()
        for page, answer in found.items()
        if answer["Content-Type"].startswith("text/html")
        and page.name not in pages.FRAMED_BY_EVERYONE
    }


def test_what_pages_say_is_of_schema_org(answers):
    wrong = {
        page.rest: found
        for page, html in answers.items()
        if (found := [fault for node in nodes(html) for fault in faults(node)])
    }

    assert wrong == {}


def test_pages_with_a_way_up_say_it_to_machines(answers):
    without = [
        page.rest
        for page, html in answers.items()
        if ('class="breadcrumb"' in html)
        != any(node["@type"] == "BreadcrumbList" for node in nodes(html))
    ]

    assert without == []


@pytest.mark.parametrize("name", DETAILS)
def test_details_say_what_they_are_about(answers, name):
    kinds = {
        node["@type"]
        for page, html in answers.items()
        if page.name == name
        for node in nodes(html)
    }

    assert kinds - {"BreadcrumbList"} <= DETAILS[name]
    assert kinds & DETAILS[name]


def test_pages_have_open_graph_of_their_own(answers):
    found = {page.rest: dict(PROPERTY.findall(html)) for page, html in answers.items()}

    assert {
        rest: facts
        for rest, facts in found.items()
        if not {"og:title", "og:url", "og:image", "og:site_name"} <= facts.keys()
        or not facts["og:url"].startswith("http")
    } == {}
    assert len({facts["og:url"] for facts in found.values()}) == len(found)


def test_arabic_says_its_language(client):
    html = client.get("/ar/angebote/willkommensbesuche/").content.decode()
    facts = dict(PROPERTY.findall(html))

    assert (facts["og:locale"], "Willkommensbesuche für" in facts["og:title"]) == (
        "ar",
        False,
    )
    assert facts["og:description"]


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Happening"}, "/Happening: no type of schema.org"),
        ({"@type": "Event", "price": 1}, "/Event: no property price"),
        (
            {"@type": "Event", "location": {"@type": "Offer", "price": 1}},
            "/Event: location must not be {'@type': 'Offer', 'price': 1}",
        ),
    ],
)
def test_the_check_sees_faults(node, fault):
    assert faults(node) == [fault]


def test_no_text_ends_a_data_block_or_says_nothing():
    name = "</script><script>alert(1)</script>"
    html = made.script({"@type": "Place", "name": name, "geo": {"@type": "GeoShape"}})

    assert html.count("<") == 2
    assert nodes(html) == [
        {"@context": "https://schema.org", "@type": "Place", "name": name}
    ]

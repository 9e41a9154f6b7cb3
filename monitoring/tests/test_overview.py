"""The overview: themes, filters, the site search."""

import pytest
from django.core.management import call_command

from monitoring.choices import Level
from monitoring.search import reindex
from monitoring.tests.examples import make_series, make_whole_indicator
from monitoring.tests.factories import make_indicator, make_theme
from monitoring.tests.reading import errors, names, page, plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole() -> None:
    make_whole_indicator(slug="ganz")


def test_overview_has_themes_and_the_latest_value(client, whole):
    make_indicator("Lesen", theme=make_theme("sprache"), levels=[Level.SCHOOL])
    reindex()

    found = page(client, "/en/monitoring/")

    assert [plain(one) for one in found.xpath("//section[@class='stack']/h2")] == [
        "Bildung",
        "Sprache",
    ]
    [value] = found.xpath("//article[.//a[contains(@href, '/ganz/')]]//p[last()]")
    assert plain(value) == "0%"
    assert [
        names(client, f"/en/monitoring/?{query}")
        for query in ("theme=sprache", "level=school", "q=lesen", "q=ganze", "q=zzz")
    ] == [["Lesen"], ["Lesen"], ["Lesen"], ["Ganze Kennzahl"], []]


def test_overview_names_wrong_filters(client, whole):
    found = page(client, "/en/monitoring/?theme=mond&level=x&q=&page=9")

    assert errors(found) == [
        "Error: We do not know this choice: mond",
        "Error: We do not know this choice: x",
    ]
    assert "This page does not exist." in plain(found)


def test_indicators_are_found_by_the_site_search(client, whole):
    call_command("reindex", verbosity=0)

    response = client.get("/en/suche/?q=ganze kennzahl")

    groups = response.context["results"].groups
    assert [(one.name, one.total) for one in groups] == [("indicator", 1)]
    assert groups[0].cards[0]["url"] == "/en/monitoring/ganz/"


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_overview_do_not_grow(client, django_assert_num_queries, number):
    make_series(number)

    with django_assert_num_queries(7):
        client.get("/en/monitoring/")

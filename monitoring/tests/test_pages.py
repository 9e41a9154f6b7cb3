"""Overview, indicator and release: whole values, what is hidden, how many queries."""

import re

import pytest

from goals.choices import Publication
from monitoring.choices import Level, ReleaseState
from monitoring.models import Indicator, IndicatorRelation
from monitoring.search import reindex
from monitoring.tests.examples import make_series, make_whole_indicator
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_release,
)
from monitoring.tests.reading import errors, names, page, plain, table

pytestmark = pytest.mark.django_db
STATES = {
    "0": "0",
    "·": "kept secret to protect people",
    "…": "not available",
    "x": "makes no sense here",
}


@pytest.fixture
def whole() -> Indicator:
    return make_whole_indicator(slug="ganz")


def test_values_over_time_in_german_as_they_are_seen(client, whole):
    found = table(page(client, "/de/monitoring/ganz/"), "over-time", is_seen=True)

    note = "11,3 Geschätzt"
    assert [row[1:] for row in found if len(row) > 1] == [
        ["Herne", "Bochum"],
        ["0", "…"],
        [note, "·"],
        [found[-1][1], "…"],
    ]
    assert found[-1][0] == "2020"
    assert re.findall(r"\d[\d.,]*", found[-1][1]) == ["10,5", "1.200", "60"]
    assert [row[0].partition(". ")[2] for row in found if len(row) == 1] == [
        "Doppelter Jahrgang.",
        "Neue Zählung.",
    ]


def test_four_states_are_read_aloud_and_a_break_stands_between_its_periods(
    client, whole
):
    assert table(page(client, "/en/monitoring/ganz/"), "over-time") == [
        ["Period", "Herne", "Bochum"],
        ["2022", "0", "not available"],
        ["Exceptional: 2022. Doppelter Jahrgang."],
        ["2021", "11.3 Geschätzt", "kept secret to protect people"],
        ["Break in the series from 2021. Neue Zählung."],
        ["2020", "10.5 of 1,200 people participation 60%", "not available"],
    ]
    assert table(page(client, "/en/monitoring/ganz/"), "between-areas") == [
        ["Area", "2022", "Rank"],
        ["Herne", "0", "1"],
        ["Bochum", "not available", "–"],
        ["Hagen", "makes no sense here", "–"],
    ]


def test_legend_explains_every_sign(client, whole):
    found = page(client, "/en/monitoring/ganz/")

    legend = found.xpath("//dl[@class='value-legend']/div")
    assert {plain(one[0]): plain(one[1]) for one in legend} == {
        **STATES,
        "0": "zero: counted, and none there",
    }


def test_arabic_page_keeps_figures_and_german_texts_apart(client, whole):
    found = page(client, "/ar/monitoring/ganz/")

    headings = found.xpath("//div[@aria-labelledby='over-time-caption']//th/span[@dir]")
    assert {(one.get("lang"), one.get("dir")) for one in headings} == {("de", "ltr")}
    rows = table(found, "over-time", is_seen=True)
    assert [row[1] for row in rows if len(row) > 1][1:3] == ["0", "11,3 Geschätzt"]
    [note] = found.xpath("//span[contains(@class, 'value__note')]/span")
    assert (note.get("lang"), note.get("dir"), plain(note)) == (
        "de",
        "ltr",
        "Geschätzt",
    )


def test_choices_lead_the_tables(client, whole):
    hagen = whole.releases.first().observations.get(area__name="Hagen").area

    girls = page(client, "/en/monitoring/ganz/?geschlecht=mädchen&period=2022")
    with_hagen = page(client, f"/en/monitoring/ganz/?level=kreis&compare={hagen.key}")

    assert table(girls, "over-time") == [
        ["Period", "Herne"],
        ["2022", "5.5"],
        ["Exceptional: 2022. Doppelter Jahrgang."],
    ]
    assert table(with_hagen, "over-time")[0] == ["Period", "Herne", "Hagen"]
    assert table(page(client, "/en/monitoring/ganz/"), "by-geschlecht") == [
        ["geschlecht", "2022"],
        ["Mädchen", "5.5"],
        ["Jungen", "not available"],
    ]


def test_wrong_choices_are_named_at_their_fields_and_the_rest_works(client, whole):
    found = page(
        client,
        "/en/monitoring/ganz/?level=mond&compare=nirgends&period=1800"
        "&geschlecht=katzen&x=1",
    )

    assert errors(found) == [
        f"Error: We do not know this choice: {word}"
        for word in ("mond", "1800", "nirgends", "katzen")
    ]
    [alert] = found.xpath("//*[contains(@class, 'kern-alert--warning')]")
    assert plain(alert) == "We do not know this choice: x"
    assert table(found, "over-time")[0] == ["Period", "Herne"]


def test_two_definitions_stand_side_by_side(client, whole):
    [relation] = IndicatorRelation.objects.all()
    name = f"beside-{relation.second.slug}"

    there = page(client, "/en/monitoring/ganz/")
    back = page(client, f"/en/monitoring/{relation.second.slug}/")

    assert table(there, name) == [
        ["Year", "Ganze Kennzahl", "Andere Zählung"],
        ["2021", "11.3", "8.0"],
    ]
    assert table(back, "beside-ganz")[1] == ["2021", "8.0", "11.3"]
    assert "Sie zählt nur Arbeitslose." in plain(there)


def test_other_definition_that_is_hidden_is_not_named(client, whole):
    Indicator.objects.exclude(pk=whole.pk).update(state=Publication.DRAFT)

    assert "Andere Zählung" not in plain(page(client, "/en/monitoring/ganz/"))


def test_releases_say_their_state_and_a_withdrawn_one_shows_no_figure(client, whole):
    found = {
        number: page(client, f"/en/monitoring/ganz/fassung/{number}/")
        for number in (1, 2, 3)
    }

    notices = {
        number: plain(one.xpath("//p[@class='kern-title']")[0])
        for number, one in found.items()
    }
    assert notices == {
        1: "Release 1: withdrawn",
        2: "Release 2: replaced by a newer one",
        3: "Release 3: current",
    }
    assert found[1].xpath("//table[.//td]//caption[contains(., 'Ganze')]") == []
    assert "99.5" not in plain(found[1])
    assert "Die Quelle hat sich geirrt." in plain(found[1])
    assert table(found[2], "over-time")[0:2] == [["Period", "Herne"], ["2020", "10.0"]]
    assert "What changed: 2020 war falsch." in plain(found[2])
    assert table(found[3], "over-time")[1] == ["2022", "0", "not available"]


@pytest.mark.parametrize("state", [ReleaseState.DRAFT, ReleaseState.SCHEDULED])
def test_release_that_is_not_public_has_no_page_and_no_trace(client, whole, state):
    herne = make_area("Mond", level=Level.COUNTY, is_neighbour=True)
    hidden = make_release(whole, state=state, publish_at="2100-01-01T00:00Z")
    make_observation(hidden, herne, "2022", "77.7")

    assert client.get("/en/monitoring/ganz/fassung/4/").status_code == 404
    text = plain(page(client, "/en/monitoring/ganz/"))
    assert [word for word in ("Mond", "77.7", "Release 4") if word in text] == []


@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.INTERNAL])
def test_hidden_indicator_is_nowhere(client, whole, state):
    reindex()
    Indicator.objects.filter(pk=whole.pk).update(state=state)

    for path in ("ganz/", "ganz/fassung/3/", "ganz/fassung/99999999/"):
        assert client.get(f"/en/monitoring/{path}").status_code == 404
    assert names(client, "/en/monitoring/") == ["Andere Zählung"]
    assert names(client, "/en/monitoring/?q=ganze") == []


def test_indicator_without_values_says_so(client):
    make_indicator("Leer", slug="leer", source_title="Quelle")

    found = page(client, "/en/monitoring/leer/")

    assert "No values have been published yet." in plain(found)


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_an_indicator_do_not_grow(client, django_assert_num_queries, number):
    indicator = make_series(number)

    with django_assert_num_queries(19):
        client.get(f"/en/monitoring/{indicator.slug}/?period=2020")

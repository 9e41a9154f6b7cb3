"""The catalogue as DCAT-AP.de, and what its shapes say."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from monitoring.choices import Cycle, Level
from monitoring.opendata.catalogue import catalogue, written
from monitoring.opendata.checks import frictionless, shacl
from monitoring.opendata.openness import current_of, with_values
from monitoring.tests.examples import make_whole_indicator
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_release,
)

pytestmark = pytest.mark.django_db
STANDARD = Path(settings.BASE_DIR).parent / "shared" / "standards" / "dcat-ap-de-3.0"
ROOT = settings.PUBLIC_ADDRESS
GEO = "http://dcat-ap.de/def/politicalGeocoding/"
needs_shapes = pytest.mark.skipif(
    not STANDARD.is_dir(), reason="the shapes of DCAT-AP.de are not here"
)


def make_open(slug: str, **values):
    """An indicator with a value for Herne and one for a neighbour."""
    indicator = make_indicator(slug=slug, licence="dl-de/by-2-0", **values)
    release = make_release(indicator)
    herne = make_area("Herne", level=Level.CITY, official_key="05916")
    make_observation(release, herne, "2020", 5)
    bochum = make_area("Bochum", official_key="05911")
    make_observation(release, bochum, "2021-Q3", 6)
    return indicator


def objects(graph: Graph, slug: str, name: URIRef) -> set[str]:
    dataset = URIRef(f"{ROOT}/daten/{slug}/#dataset")
    return {str(one) for one in graph.objects(dataset, name)}


def test_catalogue_says_all_that_is_known(client):
    make_open("eins", cycle=Cycle.YEARLY, name_en="One", question_en="How many?")

    graph = Graph().parse(
        data=client.get("/daten/katalog.ttl").content, format="turtle"
    )

    dataset = URIRef(f"{ROOT}/daten/eins/#dataset")
    assert {
        (one.value, one.language) for one in graph.objects(dataset, DCTERMS.title)
    } == {("Kennzahl", "de"), ("One", "en")}
    assert objects(graph, "eins", DCTERMS.spatial) == {
        f"{GEO}municipalityKey/05916000",
        f"{GEO}districtKey/05911",
    }
    assert objects(graph, "eins", DCTERMS.accrualPeriodicity) == {
        "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
    }
    [time] = graph.objects(dataset, DCTERMS.temporal)
    assert {
        str(graph.value(time, name)) for name in (DCAT.startDate, DCAT.endDate)
    } == {"2020-01-01", "2021-09-30"}
    files = {
        str(graph.value(node, DCAT.downloadURL)): (
            str(graph.value(node, DCTERMS.license)),
            str(graph.value(node, DCAT.mediaType)),
        )
        for node in graph.objects(dataset, DCAT.distribution)
    }
    licence = "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
    media = "https://www.iana.org/assignments/media-types/"
    assert files == {
        f"{ROOT}/daten/eins/werte.csv": (licence, f"{media}text/csv"),
        f"{ROOT}/daten/eins/datapackage.json": (licence, f"{media}application/json"),
    }


def test_data_without_known_licence_stand_there_without_files():
    make_release(make_indicator(slug="ohne", licence=""))
    make_release(make_indicator(slug="fremd", licence="nur privat"))

    graph = catalogue(list(with_values()))

    datasets = {str(one) for one in graph.subjects(RDF.type, DCAT.Dataset)}
    assert datasets == {f"{ROOT}/daten/{slug}/#dataset" for slug in ("ohne", "fremd")}
    assert list(graph.subjects(RDF.type, DCAT.Distribution)) == []


def test_samples_drafts_and_what_has_no_values_are_not_there():
    make_release(make_indicator(slug="beispiel", is_sample=True))
    make_release(make_indicator(slug="beispiel-fassung"), is_sample=True)
    make_release(make_indicator(slug="entwurf", state="draft"))
    make_indicator(slug="leer")
    make_release(make_indicator(slug="echt"))

    assert [one.slug for one in with_values()] == ["echt"]


def test_contact_and_contributor_only_where_they_are_set(settings):
    make_open("eins")
    indicators = list(with_values())
    contact = URIRef(f"{ROOT}/daten/#kontakt")
    contributor = URIRef("http://dcat-ap.de/def/dcatde/contributorID")

    without = catalogue(indicators)
    settings.OPEN_DATA_MAILBOX = "daten@example.org"
    settings.OPEN_DATA_CONTRIBUTOR = "beispiel"
    with_both = catalogue(indicators)

    mailbox = URIRef("http://www.w3.org/2006/vcard/ns#hasEmail")
    assert (without.value(contact, mailbox), objects(without, "eins", contributor)) == (
        None,
        set(),
    )
    assert with_both.value(contact, mailbox) == URIRef("mailto:daten@example.org")
    assert objects(with_both, "eins", contributor) == {
        "http://dcat-ap.de/def/contributors/beispiel"
    }


# rdflib's own parser uses it.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_both_forms_say_the_same_in_one_order(client):
    make_open("eins")

    turtle = client.get("/daten/katalog.ttl")
    linked = client.get("/daten/katalog.jsonld")

    first = Graph().parse(data=turtle.content, format="turtle")
    second = Graph().parse(data=linked.content, format="json-ld")
    assert set(first) == set(second)
    ids = [one["@id"] for one in json.loads(linked.content)["@graph"]]
    assert len(ids) == len(set(ids)) > 5
    graph = catalogue(list(with_values()))
    assert written(graph, "jsonld") == linked.content.decode()
    assert (turtle["Content-Type"], linked["Content-Type"]) == (
        "text/turtle; charset=utf-8",
        "application/ld+json; charset=utf-8",
    )
    assert turtle["Access-Control-Allow-Origin"] == "*"
    assert client.get("/daten/katalog.xml").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_catalogue_needs_as_many_queries_for_many(
    client, django_assert_num_queries, number
):
    for place in range(number):
        make_open(f"nummer-{place}")

    # Indicators, breakdowns, breaks, releases; periods and areas of these; all areas.
    with django_assert_num_queries(7):
        client.get("/daten/katalog.ttl")


def test_known_coverage_is_not_read_again(client, django_assert_num_queries):
    make_open("eins")
    client.get("/daten/katalog.ttl")

    with django_assert_num_queries(5):
        client.get("/daten/katalog.jsonld")


@needs_shapes
def test_catalogue_conforms(settings):
    """One with all it can say, one of three levels, one without licence."""
    pytest.importorskip("pyshacl")
    settings.OPEN_DATA_MAILBOX = "daten@example.org"
    make_whole_indicator()
    make_open("eins", cycle=Cycle.TWO_YEARS, name_ar="واحد", name_de_simple="Eins")
    make_release(make_indicator(slug="ohne"))
    indicators = list(with_values())

    conforms, results = shacl(catalogue(indicators), STANDARD)

    assert len(indicators) == 4
    assert (conforms, dict(results)) == (True, {})


@needs_shapes
def test_shapes_find_what_is_missing():
    pytest.importorskip("pyshacl")
    make_open("eins")
    graph = catalogue(list(with_values()))
    graph.remove((None, DCTERMS.license, None))
    graph.remove((None, DCAT.theme, None))
    dataset = URIRef(f"{ROOT}/daten/eins/#dataset")
    graph.set((dataset, DCTERMS.accrualPeriodicity, URIRef("http://example.org/oft")))
    graph.set((dataset, DCTERMS.issued, Literal("gestern")))

    conforms, results = shacl(graph, STANDARD)

    assert not conforms
    assert (
        results["Violation", "DE: dcat:Distribution: MUSS eine dcterms:license haben."]
        == 2
    )


@pytest.mark.sweep
@needs_shapes
def test_all_seeded_data_conform():
    pytest.importorskip("pyshacl")
    pytest.importorskip("frictionless")
    call_command("seed", verbosity=0)
    indicators = list(with_values())

    conforms, results = shacl(catalogue(indicators), STANDARD)
    wrong = {
        one.slug: errors
        for one in indicators
        if (errors := frictionless(one, current_of(one)))
    }

    assert len(indicators) > 40
    assert (conforms, dict(results), wrong) == (True, {}, {})

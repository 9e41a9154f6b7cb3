"""The catalogue of all open indicators as DCAT-AP.de 3.0.

Publisher is the city, as in the imprint; how to reach it only where it is set. Former
releases are no data sets of their own (portals would list each): `dcat:version` says
which one holds, the page of the data set names all.
"""

import json
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS

from monitoring.models import Indicator
from monitoring.opendata import terms
from monitoring.opendata.coverage import areas_by_id, coverage_of
from monitoring.opendata.dataset import add_dataset, moment
from monitoring.opendata.openness import current_of, first_published, whole
from monitoring.opendata.package import PUBLISHER
from monitoring.opendata.written import in_order, json_text

TITLE = "Offene Daten des Bildungsportals „Lernen! in Herne“"
DESCRIPTION = (
    "Kennzahlen des Bildungsmonitorings der Stadt Herne: Bildung, Bevölkerung, Arbeit "
    "und Wohnen in Herne, teils im Vergleich mit dem Ruhrgebiet."
)
# (name in addresses, word of rdflib, media type)
KINDS = {
    "ttl": ("turtle", "text/turtle; charset=utf-8"),
    "jsonld": ("json-ld", "application/ld+json; charset=utf-8"),
}


def catalogue(indicators: Sequence[Indicator]) -> Graph:
    """A catalogue of these, each with a current release."""
    graph = Graph()
    for prefix, space in terms.PREFIXES.items():
        graph.bind(prefix, space)
    page = whole(reverse("open_data"))
    node, publisher = URIRef(f"{page}#katalog"), URIRef(f"{page}#herausgeber")
    _add_publisher(graph, publisher)
    _add_catalogue(graph, node, page, publisher, indicators)
    releases = {one.pk: current_of(one) for one in indicators}
    coverage = coverage_of(list(releases.values()))
    areas = areas_by_id()
    contact = _contact(graph, page)
    for one in indicators:
        covered = coverage[releases[one.pk].pk]
        dataset = add_dataset(graph, one, covered, areas, publisher)
        graph.add((node, DCAT.dataset, dataset))
        if contact is not None:
            graph.add((dataset, DCAT.contactPoint, contact))
    return graph


def written(graph: Graph, kind: str) -> str:
    """The catalogue as a file of this kind, the same for the same content."""
    form, _media_type = KINDS[kind]
    if form == "json-ld":
        context = {name: str(space) for name, space in terms.PREFIXES.items()}
        text = graph.serialize(format=form, context=context)
        return json_text(in_order(json.loads(text)))
    return graph.serialize(format=form)


def _add_publisher(graph: Graph, node: URIRef) -> None:
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, RDF.type, FOAF.Organization))
    graph.add((node, FOAF.name, Literal(PUBLISHER, lang="de")))
    graph.add((node, DCTERMS.type, terms.PUBLISHER_TYPE.LocalAuthority))


def _add_catalogue(
    graph: Graph,
    node: URIRef,
    page: str,
    publisher: URIRef,
    indicators: Sequence[Indicator],
) -> None:
    graph.add((URIRef(page), RDF.type, FOAF.Document))
    graph.add((URIRef(terms.THEMES), RDF.type, SKOS.ConceptScheme))
    themes = Literal("Data themes of the EU", lang="en")
    graph.add((URIRef(terms.THEMES), DCTERMS.title, themes))
    facts = [
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, Literal(TITLE, lang="de")),
        (DCTERMS.description, Literal(DESCRIPTION, lang="de")),
        (DCTERMS.publisher, publisher),
        (FOAF.homepage, URIRef(page)),
        (DCTERMS.language, terms.LANGUAGE.DEU),
        (DCAT.themeTaxonomy, URIRef(terms.THEMES)),
        (terms.DCATAP.availability, terms.AVAILABILITY.AVAILABLE),
    ]
    issued = [first_published(one) for one in indicators]
    modified = [current_of(one).published_at for one in indicators]
    if indicators:
        facts.append((DCTERMS.issued, moment(min(issued))))
        facts.append((DCTERMS.modified, moment(max(modified))))
    for name, value in facts:
        graph.add((node, name, value))


def _contact(graph: Graph, page: str) -> URIRef | None:
    """How to reach the publisher; None where no mailbox is set."""
    if not settings.OPEN_DATA_MAILBOX:
        return None
    node = URIRef(f"{page}#kontakt")
    graph.add((node, RDF.type, terms.VCARD.Kind))
    graph.add((node, RDF.type, terms.VCARD.Organization))
    graph.add((node, terms.VCARD.fn, Literal(PUBLISHER, lang="de")))
    mailbox = URIRef(f"mailto:{settings.OPEN_DATA_MAILBOX}")
    graph.add((node, terms.VCARD.hasEmail, mailbox))
    return node

"""One indicator in the catalogue: a data set with its files."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from herne_bildung.lib.languages import LANGUAGES
from monitoring.choices import OF_HERNE, Cycle, Level
from monitoring.models import Area, Indicator
from monitoring.opendata import terms
from monitoring.opendata.coverage import Coverage
from monitoring.opendata.licences import Licence, licence_of
from monitoring.opendata.openness import (
    current_of,
    file_url,
    first_published,
    set_url,
)
from monitoring.opendata.package import attribution_of

PARTS_OF_HERNE = {*OF_HERNE, Level.SCHOOL}
# (name of the address, title, media type, term of the format)
FILES = (
    ("csv", "Werte als CSV", "text/csv", "CSV"),
    ("package", "Beschreibung der Werte (Data Package)", "application/json", "JSON"),
)


def add_dataset(
    graph: Graph,
    indicator: Indicator,
    coverage: Coverage,
    areas: dict[int, Area],
    publisher: URIRef,
) -> URIRef:
    """Write an indicator with a current release into the graph; its name there.

    Without a known licence it has no files there: the profile wants a licence for each
    file, and none is invented.
    """
    node = URIRef(f"{set_url(indicator)}#dataset")
    release = current_of(indicator)
    page = URIRef(set_url(indicator))
    graph.add((page, RDF.type, FOAF.Document))
    facts: list[tuple[URIRef, Any]] = [
        (RDF.type, DCAT.Dataset),
        (DCTERMS.identifier, Literal(str(page))),
        (DCTERMS.publisher, publisher),
        (DCAT.landingPage, page),
        (DCTERMS.type, terms.KIND.STATISTICAL),
        (DCTERMS.language, terms.LANGUAGE.DEU),
        (DCTERMS.accessRights, terms.ACCESS.PUBLIC),
        (terms.DCATAP.availability, terms.AVAILABILITY.AVAILABLE),
        (DCTERMS.accrualPeriodicity, frequency(indicator)),
        (DCTERMS.issued, moment(first_published(indicator))),
        (DCTERMS.modified, moment(release.published_at)),
        (terms.VERSION, Literal(str(release.number))),
    ]
    facts += [(DCTERMS.title, text) for text in texts(indicator, "name")]
    facts += [(DCTERMS.description, text) for text in _descriptions(indicator)]
    facts += [(DCAT.keyword, text) for text in texts(indicator.theme, "name")]
    facts.append((DCAT.keyword, Literal("Bildungsmonitoring", lang="de")))
    facts += [(terms.ADMS.versionNotes, one) for one in texts(release, "what_changed")]
    if indicator.theme.data_theme in terms.DATA_THEMES:
        facts.append((DCAT.theme, terms.THEME[indicator.theme.data_theme]))
    if settings.OPEN_DATA_CONTRIBUTOR:
        contributor = terms.CONTRIBUTORS[settings.OPEN_DATA_CONTRIBUTOR]
        facts.append((terms.DCATDE.contributorID, contributor))
    facts += _places(graph, coverage, areas)
    facts += _further(graph, node, indicator, coverage)
    licence = licence_of(indicator.licence)
    if licence:
        facts += _files(graph, indicator, licence)
    for name, value in facts:
        graph.add((node, name, value))
    return node


def texts(entry: Any, field: str) -> list[Literal]:
    """A text in all languages it exists in."""
    found = [(vars(entry).get(f"{field}_{one.column}"), one.code) for one in LANGUAGES]
    return [Literal(text, lang=code) for text, code in found if text]


def moment(at: datetime | None) -> Literal:
    return Literal(localtime(at).isoformat(timespec="seconds"), datatype=XSD.dateTime)


def frequency(indicator: Indicator) -> URIRef:
    return terms.FREQUENCY[terms.FREQUENCIES[Cycle(indicator.cycle)]]


def _descriptions(indicator: Indicator) -> list[Literal]:
    """Question and definition together, in each language that has the question."""
    found = []
    for language in LANGUAGES:
        values = vars(indicator)
        question = values.get(f"question_{language.column}")
        if question:
            definition = values.get(f"definition_{language.column}")
            text = "\n\n".join(filter(None, [question, definition]))
            found.append(Literal(text, lang=language.code))
    return found


def _places(
    graph: Graph, coverage: Coverage, areas: dict[int, Area]
) -> Iterable[tuple[URIRef, URIRef]]:
    """Official keys of places; parts of Herne are Herne."""
    known = [areas[one] for one in sorted(coverage.areas) if one in areas]
    for area in known:
        is_herne = area.level in PARTS_OF_HERNE
        key = terms.HERNE if is_herne else area.official_key
        if len(key) not in (5, 8):
            continue
        kind = "municipalityKey" if len(key) == 8 else "districtKey"
        place = terms.GEOCODING[f"{kind}/{key}"]
        graph.add((place, RDF.type, DCTERMS.Location))
        name = "Herne" if is_herne else area.name
        graph.add((place, SKOS.prefLabel, Literal(name, lang="de")))
        yield DCTERMS.spatial, place
    for level in {terms.GEO_LEVELS[Level(area.level)] for area in known}:
        name = terms.DCATDE.politicalGeocodingLevelURI
        yield name, terms.GEOCODING[f"Level/{level}"]


def _further(
    graph: Graph, node: URIRef, indicator: Indicator, coverage: Coverage
) -> Iterable[tuple[URIRef, URIRef]]:
    """Time, and where the values are from."""
    if coverage.first_day and coverage.last_day:
        time = URIRef(f"{set_url(indicator)}#zeitraum")
        graph.add((time, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((time, DCAT.startDate, Literal(coverage.first_day)))
        graph.add((time, DCAT.endDate, Literal(coverage.last_day)))
        yield DCTERMS.temporal, time
    if indicator.source_title:
        source = URIRef(f"{set_url(indicator)}#herkunft")
        graph.add((source, RDF.type, DCTERMS.ProvenanceStatement))
        words = Literal(f"Quelle: {indicator.source_title}", lang="de")
        graph.add((source, RDFS.label, words))
        yield DCTERMS.provenance, source


def _files(
    graph: Graph, indicator: Indicator, licence: Licence
) -> Iterable[tuple[URIRef, URIRef]]:
    """The files of the current release, at addresses that stay the same."""
    release = current_of(indicator)
    for name, title, media_type, file_format in FILES:
        address = file_url(name, indicator)
        node = URIRef(f"{address}#distribution")
        facts = [
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, Literal(f"{indicator.name_de}: {title}", lang="de")),
            (DCAT.accessURL, URIRef(set_url(indicator))),
            (DCAT.downloadURL, URIRef(address)),
            (DCAT.mediaType, terms.MEDIA[media_type]),
            (DCTERMS.format, terms.FORMAT[file_format]),
            (DCTERMS.language, terms.LANGUAGE.DEU),
            (DCTERMS.license, URIRef(licence.uri)),
            (
                terms.DCATDE.licenseAttributionByText,
                Literal(attribution_of(indicator), lang="de"),
            ),
            (terms.DCATAP.availability, terms.AVAILABILITY.AVAILABLE),
            (DCTERMS.issued, moment(release.published_at)),
            (DCTERMS.modified, moment(release.published_at)),
        ]
        for key, value in facts:
            graph.add((node, key, value))
        yield DCAT.distribution, node

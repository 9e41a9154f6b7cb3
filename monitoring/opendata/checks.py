"""What the standards say of our open data: SHACL for the catalogue, Frictionless for
the files. Both packages are for tests; they are loaded where they are asked for.
"""

import tempfile
from collections import Counter
from importlib import import_module
from pathlib import Path

from rdflib import SH, Graph

from monitoring.models import Indicator, Release
from monitoring.opendata.package import FILE, package_of
from monitoring.opendata.table import ValueTable
from monitoring.opendata.written import json_text

# The German profile: the EU's shapes and the four German files. What imports the lists
# of others from the web is left out; `terms.ttl` stands for those.
SHAPES = (
    "semic-3.0.0-dcat-ap-SHACL.ttl",
    "dcat-ap-SHACL-DE.ttl",
    "dcat-ap-spec-german-additions.ttl",
    "dcat-ap-de-controlledvocabularies.ttl",
    "dcat-ap-de-deprecated.ttl",
)
ONTOLOGIES = ("vcard.ttl", "org.ttl", "foaf_0_1.rdf")
TERMS = Path(__file__).with_name("terms.ttl")


class CannotCheck(Exception):
    """A package or the shapes are not here; the message says which."""


def shacl(catalogue: Graph, standard: Path) -> tuple[bool, Counter[tuple[str, str]]]:
    """Whether a catalogue conforms (warnings allowed), and how often each result was
    found, as (severity, message). `standard`: folder with `shapes` and `mirror`.

    Raises CannotCheck.
    """
    pyshacl = _package("pyshacl")
    if not (standard / "shapes").is_dir():
        raise CannotCheck(f"Die Shapes liegen nicht in {standard}.")
    data = Graph()
    for graph in (catalogue, Graph().parse(TERMS)):
        for triple in graph:
            data.add(triple)
    conforms, report, _text = pyshacl.validate(
        data,
        shacl_graph=_read(standard / "shapes", SHAPES),
        ont_graph=_read(standard / "mirror", ONTOLOGIES),
        allow_warnings=True,
        allow_infos=True,
    )
    return conforms, Counter(
        (_severity(report, result), str(report.value(result, SH.resultMessage)))
        for result in report.subjects(SH.resultSeverity)
    )


def frictionless(indicator: Indicator, release: Release) -> list[str]:
    """What Frictionless finds wrong with the file of a release and its description.

    Raises CannotCheck.
    """
    package = _package("frictionless")
    with tempfile.TemporaryDirectory() as folder:
        described = Path(folder, "datapackage.json")
        described.write_text(json_text(package_of(indicator, release)), "utf-8")
        with Path(folder, FILE).open("w", encoding="utf-8", newline="") as file:
            file.writelines(ValueTable(indicator, release).pieces())
        report = package.validate(str(described))
    return [str(error[0]) for error in report.flatten(["message"])]


def _package(name: str):
    try:
        return import_module(name)
    except ImportError as error:
        raise CannotCheck(f"Das Paket {name} ist hier nicht installiert.") from error


def _read(folder: Path, names: tuple[str, ...]) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(folder / name)
    return graph


def _severity(report: Graph, result) -> str:
    return str(report.value(result, SH.resultSeverity)).rpartition("#")[2]

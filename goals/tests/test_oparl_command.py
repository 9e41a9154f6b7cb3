"""`manage.py import_oparl`, the nightly task, and the standard's own schemas."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from goals import tasks
from goals.models import CouncilPaper, OParlRun, OParlSource
from goals.oparl.client import client_for
from goals.oparl.problems import Problems
from goals.oparl.reading import Reader
from goals.oparl.values import reference
from goals.tests.oparl import everything, full, run

pytestmark = pytest.mark.django_db
STANDARD = Path(settings.BASE_DIR).parent / "shared" / "standards" / "oparl-1.1"
needs_standard = pytest.mark.skipif(
    not STANDARD.is_dir(), reason="the schemas of OParl are not here"
)
SCHEMA = "https://schema.oparl.org/1.1/"


def import_oparl(*arguments: str) -> str:
    out = StringIO()
    call_command("import_oparl", *arguments, stdout=out)
    return out.getvalue()


def validated(found: dict) -> None:
    """Raises where an object of the server is not as its schema wants it."""
    jsonschema = pytest.importorskip("jsonschema")
    referencing = pytest.importorskip("referencing")
    schemas = {
        path.name: json.loads(path.read_text())
        for path in (STANDARD / "schema").glob("*.json")
    }
    resources = [
        (name, referencing.Resource.from_contents(schema))
        for file, schema in schemas.items()
        for name in (schema["$id"], f"{SCHEMA}{file}")
    ]
    registry = referencing.Registry().with_resources(resources)
    schema = schemas[f"{found['type'].rpartition('/')[2]}.json"]
    validator = jsonschema.Draft7Validator(schema, registry=registry)
    assert [error.message for error in validator.iter_errors(found)] == []


@pytest.mark.parametrize("path", ["system", "bodies", "body/1", "papers"])
def test_command_finds_the_papers_from_wherever_it_begins(server, path):
    full(server)

    said = import_oparl(server.url(path), "--body", "Stadt Beispiel")

    assert said.startswith("1 ")
    run = OParlRun.objects.get()
    assert [run.state, run.counts, run.source.address] == [
        "done",
        {"new": 1},
        server.url(path),
    ]


def test_command_goes_on_where_it_broke_off(server):
    for number in range(3):
        server.paper(str(number), f"2025/000{number}")
    server.faults["papers?page=2"] = [500] * 3

    with pytest.raises(CommandError, match="500"):
        import_oparl(server.url("papers"))
    import_oparl(server.url("papers"))

    assert OParlRun.objects.get().counts == {"new": 3}


def test_trial_writes_nothing(server):
    full(server)
    before = everything()

    said = import_oparl(server.url("papers"), "--dry-run")

    assert said.startswith("1 ")
    assert everything() == before
    assert [OParlSource.objects.count(), OParlRun.objects.count()] == [0, 0]


@pytest.mark.parametrize(
    "arguments",
    [["--since", "gestern"], ["--body", "Andere Stadt"], []],
)
def test_command_says_what_it_cannot_do(server, arguments):
    address = server.url("nirgends" if not arguments else "system")

    with pytest.raises(CommandError):
        import_oparl(address, *arguments)

    assert CouncilPaper.objects.count() == 0


def test_each_night_active_sources_are_fetched_and_others_are_not(server):
    full(server)
    active = OParlSource.objects.create(
        name="Rat", address=server.url("papers"), is_active=True
    )
    OParlSource.objects.create(name="Ruht", address=server.url("bodies"))

    numbers = [tasks.fetch_council_papers(), tasks.import_council_papers()]

    assert numbers == [1, 1]
    active.refresh_from_db()
    assert active.fetched_until <= timezone.now()
    assert [one.source for one in OParlRun.objects.all()] == [active]


@pytest.mark.parametrize(
    ("given", "day", "found"),
    [
        ("2013/0502", "", (2013, "0502")),
        ("2011/702", "", (2011, "702")),
        ("1234/2014", "", (2014, "1234")),
        ("V-20/0815", "2020-05-02", (2020, "V-20-0815")),
        ("0815", "", None),
        ("", "2020-05-02", None),
        ("2013/0502 1. Ergänzung", "", (2013, "0502-1-Erg-nzung")),
    ],
)
def test_reference_number_is_year_and_number(given, day, found):
    assert reference(given, day) == found


@needs_standard
def test_what_the_server_of_the_tests_says_is_as_the_standard_wants_it(server):
    made = full(server)

    for found in (server.body(), made, *server.objects.values()):
        validated(found)


@needs_standard
def test_example_of_the_standard_is_read(server, source):
    example = json.loads((STANDARD / "examples" / "Paper-01.json").read_text())
    validated(example)
    problems = Problems()
    reader = Reader(client_for(server.root, problems))
    for name in ("consultation", "underDirectionOf"):
        del example[name]

    found = reader.paper(example, "")

    assert problems.take() == []
    assert [found.year, found.number, found.values] == [
        2014,
        "1234",
        {
            "title_de": "Antwort auf Anfrage 1200/2014",
            "paper_type": "Beantwortung einer Anfrage",
            "dated": "2014-04-04",
            "lead": "",
            "website": "",
            "resolution": "",
        },
    ]
    assert [part.values for part in found.files] == [
        {
            "name": "Anlage 1 zur Anfrage",
            "url": f"https://oparl.example.org/files/{number}.pdf",
        }
        for number in (57737, 57739)
    ]


def test_resolution_comes_from_the_item_of_the_agenda(server, source):
    made = full(server)
    server.objects["agendaitem/a"]["resolutionText"] = "Empfohlen.\nSo."
    server.objects["agendaitem/b"]["resolutionText"] = "Beschlossen."
    made["consultation"][1]["authoritative"] = True

    run(server, source)

    assert CouncilPaper.objects.get().resolution == "Beschlossen."

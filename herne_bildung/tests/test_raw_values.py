"""Figures before their protection: what no public page and no other module touches."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitoring.models import RawValue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]
# Figures, or links to them.
WHERE_FIGURES_ARE = ("/monitoring/", "/daten/", "/einbetten/", "/ziele/", "/suche/")
# They have no language, and so are no pages of `pages`; the indicator is an example.
OPEN_DATA = tuple(
    f"/daten/{path}"
    for path in (
        "",
        "katalog.ttl",
        "katalog.jsonld",
        "ganze-kennzahl/",
        "ganze-kennzahl/werte.csv",
        "ganze-kennzahl/datapackage.json",
    )
)
# These work with raw values; all others read observations.
MAY_NAME_IT = (
    "monitoring/models/",
    "monitoring/migrations/",
    "monitoring/protection/",
    "monitoring/imports/",
    "monitoring/admin/raw.py",
    "monitoring/personal_data.py",
    # Ask only whether there are any.
    "monitoring/admin/drafts.py",
    "monitoring/admin/indicators.py",
    "monitoring/releases/drafting.py",
)


def test_no_public_page_reads_raw_values(content):
    client = Client()
    table = RawValue._meta.db_table
    reading, asked = [], []

    for address in (*(page.address("de") for page in content), *OPEN_DATA):
        if not any(part in address for part in WHERE_FIGURES_ARE):
            continue
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            answer.getvalue()
        if any(table in query["sql"] for query in queries):
            reading.append(address)
        asked.append(address)

    assert reading == []
    assert len(asked) > 5


def test_only_protection_and_import_know_raw_values():
    root = Path(settings.BASE_DIR)
    naming = {
        str(path.relative_to(root))
        for app in ("herne_bildung", "offerings", "counselling", "goals", "monitoring")
        for path in (root / app).rglob("*.py")
        if "tests" not in path.relative_to(root).parts and _names_it(path)
    }

    assert [path for path in sorted(naming) if not path.startswith(MAY_NAME_IT)] == []
    assert "monitoring/protection/reading.py" in naming


def _names_it(path: Path) -> bool:
    """Whether a module names the model, or reaches it from an indicator."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = {
            getattr(node, "id", ""),
            getattr(node, "attr", ""),
            getattr(node, "name", ""),
            getattr(node, "arg", ""),
        }
        text = node.value if isinstance(node, ast.Constant) else ""
        said = isinstance(text, str) and text.startswith(("raw_values", "RawValue"))
        if said or names & {"RawValue", "raw_values"}:
            return True
    return False

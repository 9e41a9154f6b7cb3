"""The collection of data beside the project, to compare the written values with; where
it is not there, tests that need it are skipped.
"""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from monitoring.choices import ValueState
from monitoring.models import Observation

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "herne"
REASON = "the collection of data beside the project is not there"
NOT_AVAILABLE = (ValueState.NOT_AVAILABLE, None)


def is_there() -> bool:
    """Whether the files can be compared with."""
    return (FOLDER / "indikatoren").is_dir()


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a CSV file of the collection."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts(name: str) -> Any:
    """One part of the collected facts of Herne's documents."""
    text = (FOLDER / "seed_facts.json").read_text(encoding="utf-8")
    return json.loads(text)[name]


def values_of(slug: str, field: str = "area__official_key") -> dict[tuple, tuple]:
    """State and value by area and period, of totals."""
    cells = Observation.objects.public().filter(release__indicator__slug=slug)
    return {
        (area, period): (state, value)
        for area, period, state, value in cells.totals().values_list(
            field, "period", "state", "value"
        )
    }


def known(text: str, factor: int = 1) -> tuple[str, Decimal | None]:
    """State and value of a cell of the collection."""
    return (ValueState.VALUE, factor * Decimal(text)) if text else NOT_AVAILABLE

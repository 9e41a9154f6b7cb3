import csv
import io
import json
from pathlib import Path

import pytest

from herne_bildung.city.importers.school_files import (
    OFFICIAL_COLUMNS,
    STATISTICS_COLUMNS,
)


@pytest.fixture
def school_list(tmp_path):
    """Writes rows of the statistics format, or any text, to a file."""

    def write(*rows, text=None, columns=STATISTICS_COLUMNS, encoding="utf-8") -> Path:
        if text is None:
            out = io.StringIO()
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            writer.writerows({**dict.fromkeys(columns, ""), **row} for row in rows)
            text = out.getvalue()
        path = tmp_path / "schulen.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


@pytest.fixture
def school_data(tmp_path):
    """Writes rows of the official format."""

    def write(*rows, encoding="utf-8") -> Path:
        lines = ["sep=;", ";".join(OFFICIAL_COLUMNS)]
        for row in rows:
            cells = [f'"{row.get(name, "")}"' for name in OFFICIAL_COLUMNS]
            lines.append(";".join(cells))
        path = tmp_path / "schuldaten.csv"
        path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
        return path

    return write


@pytest.fixture
def shape_file(tmp_path):
    """Writes features, or any text, to a file."""

    def write(*content) -> Path:
        path = tmp_path / "bezirke.geojson"
        text = content[0]
        if not isinstance(text, str | bytes):
            text = json.dumps({"type": "FeatureCollection", "features": content})
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write

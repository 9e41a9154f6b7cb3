from herne_bildung.portal.models.exchange import (
    ColumnMapping,
    Import,
    ImportedRow,
    ImportProblem,
    ImportRecord,
)
from herne_bildung.portal.models.searches import SearchWithoutResult

__all__ = [
    "ColumnMapping",
    "Import",
    "ImportProblem",
    "ImportRecord",
    "ImportedRow",
    "SearchWithoutResult",
]

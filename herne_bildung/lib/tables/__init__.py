"""Tables as files: CSV and XLSX, read with care and written safe against formulas."""

from herne_bildung.lib.tables.cells import BadCell, Cell, Row, Table, UnreadableFile
from herne_bildung.lib.tables.limits import Limits
from herne_bildung.lib.tables.reading import open_table
from herne_bildung.lib.tables.writing import csv_lines, write_xlsx

__all__ = [
    "BadCell",
    "Cell",
    "Limits",
    "Row",
    "Table",
    "UnreadableFile",
    "csv_lines",
    "open_table",
    "write_xlsx",
]

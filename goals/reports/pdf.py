"""A report as PDF for everyone (PDF/UA-1)."""

from pathlib import Path
from typing import Any

import typst

from herne_bildung.lib import pdf as paper
from herne_bildung.lib.pdf import fonts

TEMPLATE = Path(__file__).with_name("report.typ")
DRAWING = b"""#set page(width: auto, height: auto, margin: 2pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 13cm)"""


def pdf(document: dict[str, Any]) -> bytes:
    """The file of a document (`goals.reports.document`)."""
    return paper.pdf(TEMPLATE, document)


def as_picture(svg: str) -> bytes:
    """A drawing as PNG, for files that take no SVG."""
    return typst.compile(
        DRAWING,
        format="png",
        ppi=200.0,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
    )

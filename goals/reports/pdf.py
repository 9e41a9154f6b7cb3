"""A report as PDF for everyone (PDF/UA-1), written by Typst with our own fonts."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_fira_sans
import fontpkg_noto_sans_arabic
import typst

from goals.reports.printable import cleaned

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARDS = ["ua-1"]
CHARACTER = b"#set document(title: [x])\n#sys.inputs.character"
DRAWING = b"""#set page(width: auto, height: auto, margin: 2pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 13cm)"""
# Fira Sans has these; what lies beyond is tried out.
SURE = frozenset(map(chr, [10, *range(0x20, 0x7F), *range(0xA0, 0x180)]))
STAND_IN = "\N{REPLACEMENT CHARACTER}"


def pdf(document: dict[str, Any]) -> bytes:
    """The file of a document (`goals.reports.document`)."""
    shown = cleaned(document, lambda text: "".join(map(drawable, text)))
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=STANDARDS,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(shown)},
    )


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The portal's, whole, and those that Typst brings for letters these do not have;
    none of the system, so that a report looks the same everywhere.
    """
    packages = (fontpkg_fira_sans, fontpkg_noto_sans_arabic)
    folders = [Path(package.__file__).with_name("files") for package in packages]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def drawable(character: str) -> str:
    """The character, or a stand-in where no font can draw it: PDF/UA has no gaps."""
    is_drawn = character in SURE or has_glyph(character)
    return character if is_drawn else STAND_IN


@lru_cache(maxsize=5000)
def has_glyph(character: str) -> bool:
    try:
        typst.compile(
            CHARACTER,
            format="pdf",
            pdf_standards=STANDARDS,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"character": character},
        )
    except typst.TypstError:
        return False
    return True


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

"""Files for everyone (PDF/UA-1), written by Typst with our own fonts."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_fira_sans
import fontpkg_noto_sans_arabic
import typst

from herne_bildung.lib.pdf.printable import cleaned

# What all our papers share: colours, headings, tables; a template imports it.
PAPER = Path(__file__).with_name("paper.typ")
STANDARDS = ["ua-1"]
# After a template it says how many pages this one makes.
PAGES = b"\n#context [#metadata(counter(page).final().first())<pages>]"
CHARACTER = b"#set document(title: [x])\n#sys.inputs.character"
# Fira Sans has these; what lies beyond is tried out.
SURE = frozenset(map(chr, [10, *range(0x20, 0x7F), *range(0xA0, 0x180)]))
STAND_IN = "\N{REPLACEMENT CHARACTER}"


def pdf(
    template: Path, document: Mapping[str, Any], *, parts: Iterable[Path] = ()
) -> bytes:
    """The file of a document: plain data, which the template only shows as text.
    `parts` are templates that this one imports, beside the paper of all.
    """
    files, options = _source(template, document, parts)
    return typst.compile(files, format="pdf", pdf_standards=STANDARDS, **options)


def pages(
    template: Path, document: Mapping[str, Any], *, parts: Iterable[Path] = ()
) -> int:
    """How many pages the file of a document has."""
    files, options = _source(template, document, parts)
    files["main.typ"] += PAGES
    return json.loads(typst.query(files, "<pages>", field="value", one=True, **options))


def _source(
    template: Path, document: Mapping[str, Any], parts: Iterable[Path]
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """What Typst reads, and how."""
    plain = cleaned(dict(document))
    # One try for the letters of all texts, instead of one for each text.
    is_drawn = (
        drawable(everything := json.dumps(plain, ensure_ascii=False)) == everything
    )
    shown = plain if is_drawn else cleaned(plain, drawable)
    files = {part.name: part.read_bytes() for part in (PAPER, *parts)}
    files["main.typ"] = template.read_bytes()
    options = {
        "font_paths": fonts(),
        "ignore_system_fonts": True,
        "sys_inputs": {"document": json.dumps(shown)},
    }
    return files, options


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The portal's, whole, and those that Typst brings for letters these do not have;
    none of the system, so that a file looks the same everywhere.
    """
    packages = (fontpkg_fira_sans, fontpkg_noto_sans_arabic)
    folders = [Path(package.__file__).with_name("files") for package in packages]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def drawable(text: str) -> str:
    """The text with a stand-in for what no font can draw: PDF/UA has no gaps. Letters
    are tried out all at once; one by one only where that fails.
    """
    new = frozenset(text) - SURE
    if not new or has_glyphs(new):
        return text
    return "".join(
        one if one in SURE or has_glyphs(frozenset(one)) else STAND_IN for one in text
    )


@lru_cache(maxsize=5000)
def has_glyphs(characters: frozenset[str]) -> bool:
    try:
        typst.compile(
            CHARACTER,
            format="pdf",
            pdf_standards=STANDARDS,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"character": " ".join(sorted(characters))},
        )
    except typst.TypstError:
        return False
    return True

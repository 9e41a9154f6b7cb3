"""What a PDF says, read back."""

import io
from datetime import UTC, datetime, timedelta

import pypdf

from herne_bildung.lib import clock


def later(by: timedelta) -> None:
    """Let time pass, after what has passed already."""
    clock.shift(clock.now() - datetime.now(UTC) + by)


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def words(found: pypdf.PdfReader) -> str:
    """All text; gaps are one space each, places where addresses break are none."""
    text = " ".join(page.extract_text() for page in found.pages).replace("\u200b", "")
    return " ".join(text.split())


def claims(found: pypdf.PdfReader) -> tuple[str, bool, bool, int]:
    """Language, tags, their tree, and the part of PDF/UA it says it keeps to."""
    root = found.trailer["/Root"]
    said = found.xmp_metadata.stream.get_data()
    return (
        root["/Lang"].split("-")[0],
        bool(root["/MarkInfo"]["/Marked"]),
        "/StructTreeRoot" in root,
        said.count(b"<pdfuaid:part>1<"),
    )


def links(found: pypdf.PdfReader) -> list[str]:
    """Addresses that the file links, in order, each once."""
    notes = [
        note.get_object()
        for page in found.pages
        for note in page.get("/Annots", pypdf.generic.ArrayObject()).get_object()
    ]
    addresses = (note.get("/A", {}).get("/URI") for note in notes)
    return list(dict.fromkeys(one for one in addresses if one))


def languages(found: pypdf.PdfReader) -> set[str]:
    """Languages that tags name."""
    tree = found.trailer["/Root"]["/StructTreeRoot"]
    seen: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pypdf.generic.ArrayObject):
            waiting += [one.get_object() for one in node]
        elif isinstance(node, pypdf.generic.DictionaryObject):
            if "/Lang" in node:
                seen.add(node["/Lang"])
            if "/K" in node:
                waiting.append(node["/K"].get_object())
    return seen

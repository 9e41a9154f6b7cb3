"""A report as DOCX, for those who work on it further: real headings, tables with head
rows, charts with a text for those who do not see them.
"""

from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Writing
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

from goals.reports.pdf import as_picture
from herne_bildung.lib.pdf.printable import cleaned

Json = dict[str, Any]
ACCENT = RGBColor(0x0A, 0x5A, 0x5F)
SOFT = "E2F0ED"
# Between the margins.
WIDTH = Cm(16.5)
FONT = "Arial"
HEADINGS = {1: 15, 2: 12.5, 3: 11, 4: 10.5}


def docx(document: Json) -> bytes:
    """The file of a document (`goals.reports.document`)."""
    shown = cleaned(document)
    writing = Document()
    _set_up(writing, shown)
    mark = f" · {shown['mark']}" if shown["mark"] else ""
    writing.add_paragraph(f"Stadt Herne · {shown['kind']}{mark}")
    writing.add_paragraph(shown["title"], style="Title")
    _facts(writing, shown["facts"])
    for block in [shown["consultation"], *shown["blocks"]]:
        WRITERS[block["kind"]](writing, block)
    file = BytesIO()
    writing.save(file)
    return file.getvalue()


def _set_up(writing: Writing, shown: Json) -> None:
    """Language, fonts, properties, the lines above and below each page."""
    properties = writing.core_properties
    properties.title, properties.author = shown["title"], shown["author"]
    properties.language, properties.subject = "de-DE", shown["kind"]
    properties.comments = ""
    section = writing.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    normal = writing.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    _language(normal)
    sizes = {f"Heading {level}": size for level, size in HEADINGS.items()}
    for name, size in {**sizes, "Title": 22}.items():
        style = writing.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), ACCENT
        _font(style)
    header = section.header.paragraphs[0]
    header.text = f"{shown['title']} · {shown['committee']}, {shown['day']}"
    footer = section.footer.paragraphs[0]
    footer.text = f"{shown['author']} · Datenstand: {shown['taken']} · Seite "
    _page_number(footer)
    for line in (header, footer):
        for run in line.runs:
            run.font.size = Pt(8.5)


def _language(style: Any) -> None:
    language = OxmlElement("w:lang")
    for name, value in (("val", "de-DE"), ("eastAsia", "de-DE"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{name}"), value)
    style.element.get_or_add_rPr().append(language)


def _font(style: Any) -> None:
    """Headings take the font of the text, not that of Word's own design."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    style.font.name = FONT


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _heading(writing: Writing, block: Json) -> None:
    writing.add_heading(block["text"], level=block["level"])


def _text(writing: Writing, block: Json) -> None:
    writing.add_paragraph(block["text"])


def _quote(writing: Writing, block: Json) -> None:
    writing.add_paragraph(block["text"], style="Quote")
    if block["source"]:
        source = writing.add_paragraph(f"Quelle: {block['source']}")
        source.runs[0].font.size = Pt(9)


def _list(writing: Writing, block: Json) -> None:
    for item in block["items"]:
        writing.add_paragraph(item, style="List Bullet")


def _facts(writing: Writing, rows: list[list[str]]) -> None:
    table = writing.add_table(rows=0, cols=2, style="Table Grid")
    for term, value in rows:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(term).bold = True
        cells[1].text = value
        cells[0].width, cells[1].width = Cm(4.5), Cm(12)
    writing.add_paragraph()


def _table(writing: Writing, block: Json) -> None:
    caption = writing.add_paragraph(block["caption"], style="Caption")
    caption.paragraph_format.keep_with_next = True
    columns = len(block["head"])
    table = writing.add_table(rows=1, cols=columns, style="Table Grid")
    _describe(table, block["caption"])
    for cell, words in zip(table.rows[0].cells, block["head"], strict=True):
        cell.paragraphs[0].add_run(words).bold = True
        _shade(cell)
    _repeat(table.rows[0])
    for row in block["rows"]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    _widen_first(table)
    if block["numeric_from"]:
        for row in table.rows:
            for cell in row.cells[block["numeric_from"] - 1 :]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    writing.add_paragraph()


def _widen_first(table: Table) -> None:
    """Names stand in the first column, and need the room."""
    columns = len(table.columns)
    if columns < 3:
        return
    first = int(WIDTH * 0.36)
    rest = (WIDTH - first) // (columns - 1)
    for number, column in enumerate(table.columns):
        for cell in column.cells:
            cell.width = rest if number else first


def _describe(table: Table, words: str) -> None:
    """What it shows, for those who have it read to them."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), words)
    table._tbl.tblPr.append(caption)


def _repeat(row: Any) -> None:
    """The head row stands again on every page and is known as such."""
    head = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(head)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SOFT)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _chart(writing: Writing, block: Json) -> None:
    caption = writing.add_paragraph(block["table"]["caption"], style="Caption")
    caption.paragraph_format.keep_with_next = True
    picture = writing.add_picture(BytesIO(as_picture(block["svg"])), width=Cm(13.5))
    properties = picture._inline.docPr
    properties.set("descr", block["alt"])
    properties.set("title", block["table"]["caption"])
    _table(writing, block["table"])


WRITERS = {
    "heading": _heading,
    "text": _text,
    "quote": _quote,
    "list": _list,
    "facts": lambda writing, block: _facts(writing, block["facts"]),
    "table": _table,
    "chart": _chart,
}

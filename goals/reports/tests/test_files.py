"""What stands in the PDF and the DOCX, read back with other programs."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from goals.actions import set_status
from goals.models import Measure, Report, WorkArea
from goals.reports import actions
from goals.reports.tests.factories import make_draft, make_released
from goals.tests.factories import make_goal, make_measure, make_note, make_period

pytestmark = pytest.mark.django_db
# What a typesetter, a word processor or a browser could take for its own.
HOSTILE = (
    "#let x = 1; #panic() $ x^2 $ *fett* _kursiv_ `code` @quelle <marke> \\\\ // // /*"
    ' "Anführung" {{ x }} ${x} <script>alert(1)</script> & ]] # [ \u202eabc\u202c'
    " שלום مرحبا 😀 漢字 ﷽ a\u0301"
)
CONTROL = "\x07\x0b\x1f"


@pytest.fixture
def period():
    period = make_period(source_title="Vorlage & Anlage")
    goal = make_goal("Bildungsmonitoring", period=period, number=1, wording=HOSTILE)
    area = WorkArea.objects.create(key="kita", name_de="Kita <b>")
    measure = make_measure("Elternbefragung", goal=goal, work_area=area)
    set_status(
        measure=measure,
        status="running",
        reason="Es geht los.",
        on=date(2026, 3, 1),
        by=None,
    )
    make_measure("Noch offen", goal=goal, summary_de=CONTROL + "Mit Steuerzeichen")
    make_note(HOSTILE, goal=goal)
    return period


@pytest.fixture
def report(period):
    """Submitted, with its real files."""
    draft = make_draft(period, committee="Schulausschuss #1")
    draft.outlook = "Erster Absatz.\r\n\r\n= Zweiter *Absatz*"
    draft.save()
    actions.submit(draft)
    return Report.objects.get()


def reader(report: Report) -> PdfReader:
    return PdfReader(BytesIO(actions.file_of(report, "pdf")))


def writing(report: Report):
    return Document(BytesIO(actions.file_of(report, "docx")))


def words_of(text: str) -> str:
    """Without spaces, ends of lines and hyphens, which setting puts anywhere."""
    return "".join(text.split()).replace("-", "")


def test_pdf_is_for_everyone_and_says_what_the_report_says(report):
    found = reader(report)

    catalogue = found.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"].value
    assert catalogue["/Lang"] == "de-DE"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert found.metadata.title == "Sachstandsbericht zu den Handlungszielen 2023–2027"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    kinds = tags(catalogue["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/Figure", "/L"} <= kinds
    text = words_of("".join(page.extract_text() for page in found.pages))
    expected = [
        "Schulausschuss #1, 3. Dezember 2026",
        "4 Stand der Handlungsziele",
        "Handlungsziel 1: Bildungsmonitoring",
        "#let x = 1; #panic() $ x^2 $ *fett* _kursiv_ `code` @quelle <marke>",
        "<script>alert(1)</script>",
        "läuft (seit 01.03.2026)",
        "Begründung des Stands: Es geht los.",
        "Maßnahmen nach Arbeitsbereich",
        "= Zweiter *Absatz*",
        "Mit Steuerzeichen",
        "Vorlage & Anlage",
    ]
    assert [one for one in expected if words_of(one) not in text] == []


def tags(element) -> set[str]:
    """Kinds of everything in the structure of a PDF."""
    found, todo = set(), [element]
    while todo:
        one = todo.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            found |= {one["/S"]} if "/S" in one else set()
            todo += [one["/K"]] if "/K" in one else []
    return found


def test_docx_has_headings_tables_with_head_rows_and_words_for_charts(report):
    Measure.objects.update(title_de="Nachher")

    found = writing(report)

    assert found.core_properties.title == report.title
    assert found.core_properties.language == "de-DE"
    headings = [
        (one.style.name, one.text)
        for one in found.paragraphs
        if one.style.name.startswith(("Title", "Heading 1"))
    ]
    assert headings == [
        ("Title", "Sachstandsbericht zu den Handlungszielen 2023–2027"),
        ("Heading 1", "1 Anlass"),
        ("Heading 1", "2 Auftrag und Grundlage"),
        ("Heading 1", "3 Auf einen Blick"),
        ("Heading 1", "4 Stand der Handlungsziele"),
        ("Heading 1", "5 Veränderungen seit dem letzten Bericht"),
        ("Heading 1", "6 Offene Aufträge"),
        ("Heading 1", "7 Herausforderungen und offene Rückmeldungen"),
        ("Heading 1", "8 Ausblick"),
        ("Heading 1", "9 Anlage: Methode und Quellen"),
    ]
    told = {shape._inline.docPr.get("descr") for shape in found.inline_shapes}
    assert told == {
        "Maßnahmen nach Stand: läuft: 1; nicht bekannt: 1",
        "Maßnahmen nach Arbeitsbereich: Kita <b>: 1; nicht bekannt: 1",
    }
    captioned = [table for table in found.tables if "tblCaption" in table._tbl.xml]
    assert len(captioned) == 5
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in captioned)
    text = [one.text for one in found.paragraphs]
    assert HOSTILE in text
    assert "Nachher" not in text
    cells = [cell.text for cell in captioned[-1].columns[0].cells]
    assert cells == ["Maßnahme", "Elternbefragung", "Noch offen"]
    assert {"Erster Absatz.", "= Zweiter *Absatz*"} <= set(text)


def test_hostile_words_stay_words_on_the_page(client, period):
    report = make_released(period)

    page = client.get(f"/de/ziele/berichte/{report.slug}/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page

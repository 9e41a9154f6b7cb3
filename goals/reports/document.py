"""A report as a document: blocks in the order of a council paper.

Page, PDF and DOCX are all written from these blocks, so they say the same. Everything
comes from the frozen snapshot and the texts of the report itself. Kinds of blocks:
heading (level, id), text, quote (source), list, facts, table (caption, head, rows,
numeric_from), chart (chart, svg, alt, and the table of its numbers).
"""

from typing import Any

from django.utils.translation import override

from goals.models import Report
from goals.reports import sections, words
from goals.reports.blocks import heading, table, text
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

Json = dict[str, Any]


def document(report: Report) -> Json:
    """Everything that page, PDF and DOCX show, in German."""
    with override(DEFAULT_LANGUAGE):
        return _document(report)


def _document(report: Report) -> Json:
    found = report.snapshot
    return {
        "title": report.title,
        "kind": "Mitteilung der Verwaltung",
        "author": "Kommunales Bildungsbüro",
        "committee": report.committee,
        "day": words.day(report.day.isoformat()),
        "mark": _mark(report),
        "taken": words.day(found["day"]),
        "facts": _facts(report),
        "consultation": _consultation(report),
        "blocks": _sections(report),
    }


def _mark(report: Report) -> str:
    """What stands on every page of what is no report yet, or none at all."""
    is_sample = report.snapshot["period"]["is_sample"]
    marks = ("Beispiel, erfunden" * is_sample, "Entwurf" * report.is_draft)
    return words.joined(marks)


def _facts(report: Report) -> list[list[str]]:
    found, previous = report.snapshot, report.previous
    goals = words.number(len(found["goals"]), "Handlungsziel", "Handlungsziele")
    return [
        ["Vorgelegt von", "Kommunales Bildungsbüro der Stadt Herne"],
        ["Gegenstand", f"{goals} des Zeitraums {words.years(found['period'])}"],
        ["Datenstand", words.day(found["day"])],
        [
            "Vorheriger Bericht",
            f"{previous.title}, {words.day(previous.day.isoformat())}"
            if previous
            else "keiner",
        ],
    ]


def _consultation(report: Report) -> Json:
    """Who deals with it when; stands on the first page, before the parts."""
    row = [report.committee, words.day(report.day.isoformat()), "Kenntnisnahme"]
    return table("Beratungsfolge", ["Gremium", "Sitzung am", "Zuständigkeit"], [row])


def _sections(report: Report) -> list[Json]:
    """The numbered parts; those without anything to say are left out."""
    found = report.snapshot
    parts = [
        ("Anlass", "anlass", _paragraphs(report.intro) or sections.occasion(found)),
        ("Auftrag und Grundlage", "grundlage", sections.basis(found)),
        ("Auf einen Blick", "ueberblick", sections.overview(found)),
        ("Stand der Handlungsziele", "stand", sections.goals(found)),
        (
            "Veränderungen seit dem letzten Bericht",
            "veraenderungen",
            sections.changed(found),
        ),
        ("Offene Aufträge", "auftraege", sections.mandates(found)),
        (
            "Herausforderungen und offene Rückmeldungen",
            "herausforderungen",
            sections.challenges(found),
        ),
        ("Ausblick", "ausblick", _written(report, report.outlook)),
        ("Finanzielle Auswirkungen", "kosten", _written(report, report.costs)),
        ("Anlage: Methode und Quellen", "anlage", sections.annex(found)),
    ]
    blocks = []
    for number, (title, key, content) in enumerate(
        (part for part in parts if part[2]), start=1
    ):
        blocks += [heading(f"{number} {title}", 1, key), *content]
    return blocks


def _written(report: Report, written: str) -> list[Json]:
    """What staff wrote; a draft says where something may be added."""
    if not written.strip() and report.is_draft:
        return [text("Noch nicht geschrieben. Ohne Text entfällt dieser Abschnitt.")]
    return _paragraphs(written)


def _paragraphs(written: str) -> list[Json]:
    """Paragraphs of a text, set apart by empty lines."""
    parts = written.replace("\r\n", "\n").split("\n\n")
    return [text(" ".join(part.split())) for part in parts if part.strip()]

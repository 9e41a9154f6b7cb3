"""Council papers: who dealt with them, what they order, which goals they are about."""

from typing import Any

from goals.models import Consultation, CouncilPaper, Goal, Mandate, PaperFile
from goals.seed.reading import PUBLISHED, read, sourced, texts
from goals.seed.tree import STEP
from herne_bildung.city.models import Organisation
from herne_bildung.city.seeding import Entry, Seeding

PaperGoal = CouncilPaper.goals.through


def sow(seeding: Seeding) -> None:
    """Write the papers with their consultations and attachments."""
    for row in read("papers.json"):
        entry = _paper_entry(row, seeding)
        seeding.sow(CouncilPaper, [entry], natural=["year", "number"])
        # None where people deleted it or made one of their own; so below.
        paper = seeding.find(CouncilPaper, row["key"])
        if paper:
            _sow_consultations(row, paper, seeding)
            _sow_files(row, paper, seeding)


def sow_links(seeding: Seeding) -> None:
    """Write what papers order and the goals they are about; goals come before."""
    for row in read("papers.json"):
        paper = seeding.find(CouncilPaper, row["key"])
        if paper is None:
            continue
        for key in row["goals"]:
            goal = seeding.find(Goal, key)
            if goal:
                facts = {"councilpaper": paper, "goal": goal}
                entry = Entry(f"{row['key']}/{key}", {}, facts)
                seeding.sow(PaperGoal, [entry], natural=list(facts))
        _sow_mandates(row, paper, seeding)
    _count_parts(seeding)


def _count_parts(seeding: Seeding) -> None:
    """A paper of which a part was written counts as touched: its history holds its
    parts.
    """
    papers = set(seeding.touched.get(CouncilPaper, ()))
    for model, paper_id in {
        Consultation: "paper_id",
        PaperFile: "paper_id",
        PaperGoal: "councilpaper_id",
    }.items():
        written = model.objects.filter(pk__in=seeding.touched.get(model, ()))
        papers |= set(written.values_list(paper_id, flat=True))
    if papers:
        seeding.touched[CouncilPaper] = papers


def _paper_entry(row: dict[str, Any], seeding: Seeding) -> Entry:
    names = ("paper_type", "dated", "lead", "resolution", "costs")
    values = {
        **{name: row[name] for name in names},
        "organisation": seeding.find(Organisation, row["organisation"]),
        **texts(row["key"], "title", "summary"),
        **sourced(row),
    }
    initial = {"year": row["year"], "number": row["number"], **PUBLISHED}
    return Entry(row["key"], values, initial)


def _sow_consultations(
    row: dict[str, Any], paper: CouncilPaper, seeding: Seeding
) -> None:
    names = ("committee", "day", "role", "result")
    for order, consultation in enumerate(row["consultations"], 1):
        values = {
            **{name: consultation[name] for name in names},
            "organisation": seeding.find(Organisation, consultation["organisation"]),
            "order": STEP * order,
            **sourced(row, consultation),
        }
        entry = Entry(consultation["key"], values, {"paper": paper})
        seeding.sow(Consultation, [entry])


def _sow_files(row: dict[str, Any], paper: CouncilPaper, seeding: Seeding) -> None:
    for order, file in enumerate(row["files"], 1):
        values = {"name": file["name"], "order": STEP * order}
        seeding.sow(PaperFile, [Entry(file["key"], values, {"paper": paper})])


def _sow_mandates(row: dict[str, Any], paper: CouncilPaper, seeding: Seeding) -> None:
    for order, mandate in enumerate(row["mandates"], 1):
        values = {
            "wording": mandate["wording"],
            "goals": seeding.find_all(Goal, mandate["goals"]),
            "order": STEP * order,
            **texts(mandate["key"], "task"),
            **sourced(row, mandate),
        }
        entry = Entry(mandate["key"], values, {"paper": paper, **PUBLISHED})
        seeding.sow(Mandate, [entry])

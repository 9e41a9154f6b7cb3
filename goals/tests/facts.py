"""What the documents say of the goals of 2013–2017, to compare rows and pages with.

It is read from the collection of facts beside the project where there is one, and
otherwise from the project's own data files.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from goals.seed.reading import read, words

COLLECTION = Path(settings.BASE_DIR).parent / "shared" / "herne" / "seed_facts.json"


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """A measure or a challenge: heading, text, and the points below the text."""

    title: str
    wording: str
    points: tuple[str, ...]

    def lines(self) -> list[str]:
        """Every line that a page of it shows."""
        return [line for line in (self.title, self.wording, *self.points) if line]


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal with all that belongs to it, in the order of the document."""

    number: int
    title: str
    wording: str
    wording_note: str
    measures: tuple[EntryFacts, ...]
    challenges: tuple[EntryFacts, ...]
    keep: tuple[str, ...]
    adjust: tuple[str, ...]
    has_no_keep_notes: bool
    has_no_adjust_notes: bool

    def lines(self) -> list[str]:
        """Every line that the page of the goal shows."""
        entries = (*self.measures, *self.challenges)
        lines = [self.title, self.wording, self.wording_note, *self.keep, *self.adjust]
        lines += [line for entry in entries for line in entry.lines()]
        return [line for line in lines if line]


def is_collection_there() -> bool:
    """Whether the facts come from outside of the project's own data files."""
    return COLLECTION.is_file()


@cache
def collection() -> dict[str, Any]:
    """The collection of facts; only where it is there."""
    return json.loads(COLLECTION.read_text(encoding="utf-8"))


@cache
def first_goals() -> tuple[GoalFacts, ...]:
    """The 14 goals of 2013–2017."""
    if is_collection_there():
        rows = collection()["handlungsziele_2013_2017"]
        return tuple(_from_collection(row) for row in rows)
    rows = [row for row in read("goals.json") if row["period"] == "2013-2017"]
    return tuple(_from_data_files(row) for row in rows)


def _from_collection(row: dict[str, Any]) -> GoalFacts:
    def entries(name: str) -> tuple[EntryFacts, ...]:
        return tuple(
            EntryFacts(entry["titel"], entry["text"], tuple(entry["unterpunkte"]))
            for entry in row[name]
        )

    def notes(name: str) -> tuple[str, ...]:
        return tuple(note["text"] for note in row[name])

    return GoalFacts(
        number=row["nummer"],
        title=row["titel"],
        wording=row["wortlaut"],
        wording_note=row.get("kommentar", ""),
        measures=entries("massnahmen_projekte"),
        challenges=entries("schwierigkeiten_herausforderungen"),
        keep=notes("feedback_unveraendert"),
        adjust=notes("feedback_anpassen"),
        has_no_keep_notes=row["feedback_unveraendert_keine_anmerkungen"],
        has_no_adjust_notes=row["feedback_anpassen_keine_anmerkungen"],
    )


def _from_data_files(row: dict[str, Any]) -> GoalFacts:
    german = words()["de"]

    def entries(name: str) -> tuple[EntryFacts, ...]:
        return tuple(
            EntryFacts(
                german[entry["key"]]["title"], entry["wording"], tuple(entry["points"])
            )
            for entry in row[name]
        )

    return GoalFacts(
        title=german[row["key"]]["title"],
        measures=entries("measures"),
        challenges=entries("challenges"),
        keep=tuple(row["keep"]),
        adjust=tuple(row["adjust"]),
        number=row["number"],
        wording=row["wording"],
        wording_note=row["wording_note"],
        has_no_keep_notes=row["has_no_keep_notes"],
        has_no_adjust_notes=row["has_no_adjust_notes"],
    )


@cache
def mission() -> list[tuple[str, str]]:
    """The Leitbild, part by part: heading and text."""
    if is_collection_there():
        found = collection()["leitbild"]
        parts = [*found["grundsaetze"], *found["leitsaetze"]]
        return [
            ("", found["definition_bildung"]["zitat"]),
            *((part["ueberschrift"], part["text"]) for part in parts),
            ("", found["ueberleitung"]["zitat"]),
        ]
    german = words()["de"]
    return [
        (german[row["key"]].get("heading", ""), row["wording"])
        for row in read("mission.json")
    ]

"""The conference of 2017: its programme, and the notes on its posters."""

from datetime import date, time
from typing import Any

from goals.choices import Moderation, NoteVerdict
from goals.models import Conference, FeedbackNote, Goal, Period, ProgrammeItem
from goals.seed.reading import PUBLISHED, read, sourced, texts
from goals.seed.tree import STEP
from herne_bildung.city.seeding import Entry, Seeding


def sow(seeding: Seeding) -> None:
    """Write conferences and notes; periods and goals come before."""
    for row in read("conferences.json"):
        period = seeding.find(Period, row["period"])
        values = {
            "day": date.fromisoformat(row["day"]),
            "venue": row["venue"],
            "period": period,
            **texts(row["key"], "title", "about"),
            **sourced(row),
        }
        entry = Entry(row["key"], values, {"slug": row["slug"], **PUBLISHED})
        seeding.sow(Conference, [entry], natural=["slug"])
        # None where people deleted it or made one of their own.
        conference = seeding.find(Conference, row["key"])
        if conference:
            _sow_programme(row, conference, seeding)
            _sow_notes(row["period"], conference, seeding)


def _sow_programme(
    row: dict[str, Any], conference: Conference, seeding: Seeding
) -> None:
    for order, item in enumerate(row["programme"], 1):
        starts_at = item["starts_at"]
        values = {
            "starts_at": time.fromisoformat(starts_at) if starts_at else None,
            "people": item["people"],
            "order": STEP * order,
            **texts(item["key"], "title"),
        }
        entry = Entry(item["key"], values, {"conference": conference})
        seeding.sow(ProgrammeItem, [entry])


def _sow_notes(period: str, conference: Conference, seeding: Seeding) -> None:
    for row in read("goals.json"):
        goal = seeding.find(Goal, row["key"])
        if goal is None or row["period"] != period:
            continue
        for verdict in NoteVerdict.values:
            for order, text in enumerate(row[verdict], 1):
                values = {"text": text, "order": STEP * order, **sourced(row)}
                facts = {
                    "goal": goal,
                    "conference": conference,
                    "verdict": verdict,
                    "moderation": Moderation.RELEASED,
                }
                entry = Entry(f"{row['key']}-{verdict}-{order}", values, facts)
                seeding.sow(FeedbackNote, [entry])

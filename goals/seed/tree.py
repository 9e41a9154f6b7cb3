"""Leitbild, and the tree of periods, goals, measures and challenges."""

from collections import defaultdict
from functools import cache
from typing import Any

from goals.models import (
    Challenge,
    CouncilPaper,
    Goal,
    Measure,
    MissionSentence,
    Period,
    WorkArea,
)
from goals.seed.reading import PUBLISHED, read, sourced, texts
from herne_bildung.city.models import Organisation
from herne_bildung.city.seeding import Entry, Seeding
from offerings.models import Offering
from offerings.seed import read as read_offerings

# Steps of order, so that something fits in between.
STEP = 10


def sow_mission(seeding: Seeding) -> None:
    """Write the Leitbild, part by part."""
    for order, row in enumerate(read("mission.json"), 1):
        values = {
            "kind": row["kind"],
            "number": row["number"],
            "wording": row["wording"],
            "order": STEP * order,
            **texts(row["key"], "heading", "short"),
            **sourced(row),
        }
        seeding.sow(MissionSentence, [Entry(row["key"], values, PUBLISHED)])


def sow_periods(seeding: Seeding) -> None:
    """Write the periods; their council papers come before."""
    for row in read("periods.json"):
        names = ("first_year", "last_year", "known", "is_closed")
        values = {
            **{name: row[name] for name in names},
            "paper": seeding.find(CouncilPaper, row["paper"]),
            **texts(row["key"], "about"),
            **sourced(row),
        }
        entry = Entry(row["key"], values, PUBLISHED)
        seeding.sow(Period, [entry], natural=["first_year", "last_year"])


def sow_goals(seeding: Seeding) -> None:
    """Write work areas and goals with their measures and challenges."""
    for row in read("work_areas.json"):
        values = {"order": row["order"], **texts(row["key"], "name")}
        entry = Entry(row["key"], values, initial={"key": row["key"]})
        seeding.sow(WorkArea, [entry], natural=["key"])
    for row in read("goals.json"):
        # None where people deleted it or made one of their own; so for goals below.
        period = seeding.find(Period, row["period"])
        if period:
            _sow_goal(row, period, seeding)
        goal = seeding.find(Goal, row["key"])
        if goal:
            _sow_measures(row, goal, seeding)
            _sow_challenges(row, goal, seeding)


def _sow_goal(row: dict[str, Any], period: Period, seeding: Seeding) -> None:
    names = (
        "number",
        "wording",
        "wording_note",
        "has_no_keep_notes",
        "has_no_adjust_notes",
    )
    values = {
        "period": period,
        **{name: row[name] for name in names},
        **texts(row["key"], "title", "short"),
        **sourced(row),
    }
    entry = Entry(row["key"], values, {"slug": row["slug"], **PUBLISHED})
    seeding.sow(Goal, [entry], natural=["period", "number"])


def _sow_measures(row: dict[str, Any], goal: Goal, seeding: Seeding) -> None:
    for order, measure in enumerate(row["measures"], 1):
        values = {
            "wording": measure["wording"],
            "points": measure["points"],
            "organisation": seeding.find(Organisation, measure["organisation"]),
            "offerings": seeding.find_all(Offering, _offers().get(measure["key"], ())),
            "order": STEP * order,
            **texts(measure["key"], "title", "summary"),
            **sourced(row),
        }
        entry = Entry(measure["key"], values, {"goal": goal, **PUBLISHED})
        seeding.sow(Measure, [entry])


def _sow_challenges(row: dict[str, Any], goal: Goal, seeding: Seeding) -> None:
    for order, challenge in enumerate(row["challenges"], 1):
        values = {
            "wording": challenge["wording"],
            "points": challenge["points"],
            "order": STEP * order,
            **texts(challenge["key"], "title", "summary"),
            **sourced(row),
        }
        entry = Entry(challenge["key"], values, {"goal": goal, **PUBLISHED})
        seeding.sow(Challenge, [entry])


@cache
def _offers() -> dict[str, list[str]]:
    """Keys of the offers that came of a measure, by its key: offers name their
    measures.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for offer in read_offerings("offers.json"):
        for measure in offer["measures"]:
            found[measure].append(offer["key"])
    return found

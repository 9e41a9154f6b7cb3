"""One goal in a report: wording, who answers for it, its measures."""

from typing import Any

from goals.reports import words
from goals.reports.blocks import Block, facts, heading, items, quote, table, text

Json = dict[str, Any]
# What may be known of a measure beside its title.
KNOWABLE = (
    "status",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "organisation",
    "role",
    "work_area",
    "milestones",
    "progress",
)


def goal_section(goal: Json, period: Json, day: str) -> list[Block]:
    """`day` is that of the snapshot: what was due before it is late."""
    title = f"Handlungsziel {goal['number']}: {goal['title']}"
    blocks = [heading(title, 2, f"ziel-{goal['number']}")]
    if goal["short"]:
        blocks.append(text(goal["short"]))
    if goal["wording"]:
        blocks.append(quote(goal["wording"], words.source(goal["source"])))
    else:
        blocks.append(text("Der beschlossene Wortlaut ist nicht bekannt."))
    if goal["wording_note"]:
        blocks.append(text(f"Hinweis zum Wortlaut: {goal['wording_note']}"))
    blocks.append(facts(_facts(goal)))
    return [*blocks, *_measures(goal, period, day)]


def _facts(goal: Json) -> list[list[str]]:
    rows = [
        ["Verantwortlich", words.responsible(goal) or words.UNKNOWN],
        ["Erreicht ist es, wenn", goal["success_criterion"] or words.UNKNOWN],
    ]
    if goal["work_areas"]:
        rows.append(["Arbeitsbereiche", words.joined(goal["work_areas"])])
    for one in goal["verdicts"]:
        told = (
            f"{words.VERDICT[one['verdict']]} ({one['evaluation']}): {one['reasons']}"
        )
        rows.append(["Bewertung", told])
        if one["what_follows"]:
            rows.append(["Was daraus folgt", one["what_follows"]])
    if goal["notes"]:
        kept = sum(note["verdict"] == "keep" for note in goal["notes"])
        adapt = len(goal["notes"]) - kept
        still = sum(note["is_open"] for note in goal["notes"])
        told = f"{kept} × „kann unverändert bleiben“, {adapt} × „muss angepasst werden“"
        rows.append(["Rückmeldungen", f"{told}, davon {still} noch unbeantwortet"])
    return rows


def _measures(goal: Json, period: Json, day: str) -> list[Block]:
    measures = goal["measures"]
    if not measures:
        return [text("Zu diesem Ziel ist keine Maßnahme bekannt.")]
    blocks = [heading("Maßnahmen", 3)]
    if not any(measure[key] for measure in measures for key in KNOWABLE):
        told = "Stand, Zeitraum und Verantwortung sind nicht bekannt."
        return [*blocks, text(told), items(_named(one) for one in measures)]
    blocks += _table(measures, f"Maßnahmen des Handlungsziels {goal['number']}")
    for measure in measures:
        told = _details(measure, period, day)
        if told or measure["summary"]:
            blocks.append(heading(measure["title"], 4))
        if measure["summary"]:
            blocks.append(text(measure["summary"]))
        if told:
            blocks.append(items(told))
    return blocks


def _table(measures: list[Json], caption: str) -> list[Block]:
    """Columns of which something is known; of the others it is said once."""
    columns = {
        "Stand": [_status(one) for one in measures],
        "Zeitraum": [_time(one) for one in measures],
        "Verantwortung": [words.responsible(one) for one in measures],
        "Arbeitsbereich": [one["work_area"] for one in measures],
    }
    known = {name: cells for name, cells in columns.items() if any(cells)}
    titles = [one["title"] for one in measures]
    rows = [
        [cell or words.UNKNOWN for cell in row]
        for row in zip(titles, *known.values(), strict=True)
    ]
    blocks = []
    if known:
        blocks.append(table(caption, ["Maßnahme", *known], rows))
    if missing := [name for name in columns if name not in known]:
        told = f"Bei allen Maßnahmen nicht bekannt: {words.joined(missing)}."
        blocks.append(text(told))
    return blocks


def _named(measure: Json) -> str:
    if measure["summary"]:
        return f"{measure['title']}: {measure['summary']}"
    return measure["title"]


def _status(measure: Json) -> str | None:
    if measure["status"] is None:
        return None
    told = words.STATUS[measure["status"]]
    since = measure["status_since"]
    return f"{told} (seit {words.short_day(since)})" if since else told


def _time(measure: Json) -> str | None:
    """When it runs: what happened before what was planned."""
    days = [measure[name] for name in ("planned_start", "planned_end")]
    if all(days) and not (measure["actual_start"] or measure["actual_end"]):
        first, last = map(words.short_day, days)
        return f"geplant {first} bis {last}"
    told = [
        ("seit" if name == "start" else "bis", measure[f"actual_{name}"])
        for name in ("start", "end")
    ]
    planned = [
        ("ab" if name == "start" else "bis", measure[f"planned_{name}"])
        for name in ("start", "end")
    ]
    known = [
        f"{word} {words.short_day(real)}"
        if real
        else f"geplant {other} {words.short_day(plan)}"
        for (word, real), (other, plan) in zip(told, planned, strict=True)
        if real or plan
    ]
    return words.joined(known) or None


def _details(measure: Json, period: Json, day: str) -> list[str]:
    """Reason of the status, milestones and progress, as far as there are any."""
    told = []
    if measure["status_reason"]:
        told.append(f"Begründung des Stands: {measure['status_reason']}")
    told += [_milestone(one, measure, period, day) for one in measure["milestones"]]
    told += [f"Fortschritt {one['year']}: {one['text']}" for one in measure["progress"]]
    return told


def _milestone(milestone: Json, measure: Json, period: Json, day: str) -> str:
    told = f"Meilenstein {words.quoted(milestone['title'])}"
    if milestone["done_on"]:
        told += f", erreicht am {words.day(milestone['done_on'])}"
    elif milestone["due_on"]:
        told += f", fällig am {words.day(milestone['due_on'])}"
        is_late = is_overdue(milestone["due_on"], period, day)
        told += " (überfällig)" * (is_late and measure["status"] not in words.FINISHED)
    return f"{told}: {milestone['text']}" if milestone["text"] else told


def is_overdue(due_on: str | None, period: Json, day: str) -> bool:
    """Whether a day lay before that of the snapshot; never in a closed period."""
    return due_on is not None and due_on < day and not period["is_closed"]

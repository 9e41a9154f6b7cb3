"""The parts of a report, each from the frozen snapshot. Nothing is guessed: what is
not known is said, and no share in per cent is worked out.
"""

from collections import Counter
from typing import Any

from goals.charts import Bar, Chart
from goals.reports import words
from goals.reports.blocks import (
    Block,
    drawing,
    facts,
    heading,
    items,
    quote,
    table,
    text,
)
from goals.reports.goal_section import goal_section, is_overdue
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text

Json = dict[str, Any]


def occasion(found: Json) -> list[Block]:
    """What stands under "Anlass" where staff wrote nothing."""
    goals = words.number(len(found["goals"]), "Handlungsziel", "Handlungsziele")
    years = words.years(found["period"])
    return [
        text(
            f"Der Bericht zeigt, was am {words.day(found['day'])} über {goals} des "
            f"Zeitraums {years} bekannt ist: die Ziele in ihrem Wortlaut, die "
            "Maßnahmen mit ihrem Stand, offene Aufträge und Herausforderungen."
        )
    ]


def basis(found: Json) -> list[Block]:
    """The paper that passed the goals, with its consultations."""
    passed = found["period"]["paper"]
    paper = next((one for one in found["papers"] if one["id"] == passed), None)
    years = words.years(found["period"])
    if paper is None:
        return [
            text(
                f"Mit welcher Vorlage der Rat die Handlungsziele {years} beschlossen "
                "hat, ist nicht bekannt."
            )
        ]
    title = f"{paper['reference']}, {words.quoted(paper['title'])}"
    blocks = [text(f"Die Handlungsziele {years} gehen zurück auf die Vorlage {title}.")]
    if paper["resolution"]:
        blocks.append(quote(paper["resolution"], words.source(paper["source"])))
    else:
        blocks.append(text("Der Wortlaut des Beschlusses ist nicht bekannt."))
    rows = [
        [
            one["committee"],
            words.partial_day(one["day"]),
            one["role"] or words.UNKNOWN,
            one["result"] or words.UNKNOWN,
        ]
        for one in paper["consultations"]
    ]
    if rows:
        caption = f"Beratungen der Vorlage {paper['reference']}"
        head = ["Gremium", "Sitzung", "Zuständigkeit", "Ergebnis"]
        blocks.append(table(caption, head, rows))
    return blocks


def overview(found: Json) -> list[Block]:
    """How much there is of each goal, in one table, and charts of what is known."""
    measures = [one for goal in found["goals"] for one in goal["measures"]]
    known = sum(one["status"] is not None for one in measures)
    goals = words.number(len(found["goals"]), "Handlungsziel", "Handlungsziele")
    all_measures = words.number(len(measures), "Maßnahme", "Maßnahmen")
    lead = f"{goals} mit {all_measures}."
    if measures:
        lead += f" Der Stand ist bei {known} von {len(measures)} Maßnahmen bekannt."
    head = ["Handlungsziel", "Maßnahmen", "Stand bekannt", "Herausforderungen"]
    head.append("Offene Rückmeldungen")
    rows = [
        [
            f"{goal['number']} {goal['title']}",
            len(goal["measures"]),
            sum(one["status"] is not None for one in goal["measures"]),
            len(goal["challenges"]),
            sum(note["is_open"] for note in goal["notes"]),
        ]
        for goal in found["goals"]
    ]
    blocks = [text(lead), table("Die Handlungsziele im Überblick", head, rows, 2)]
    status = Counter(one["status"] for one in measures)
    blocks += _chart("status", "Maßnahmen nach Stand", "Stand", status, words.STATUS)
    areas = Counter(one["work_area"] for one in measures)
    names = {area: area or words.UNKNOWN for area in areas}
    title = "Maßnahmen nach Arbeitsbereich"
    blocks += _chart("areas", title, "Arbeitsbereich", areas, names)
    return blocks


def _chart(
    name: str, title: str, what: str, counts: Counter, names: dict
) -> list[Block]:
    """Bars and the table of the same numbers; nothing where nothing is known."""
    if set(counts) <= {None}:
        return []
    # "Not known" comes last.
    keys = [key for key in names if key is not None and counts[key]]
    keys += [None] if counts[None] else []
    bars = [Bar(Text(names[key]), counts[key]) for key in keys]
    return [
        drawing(
            Chart(f"chart-{name}", title, (what, "Maßnahmen"), bars, DEFAULT_LANGUAGE)
        )
    ]


def goals(found: Json) -> list[Block]:
    """Each goal with its measures."""
    if not found["goals"]:
        return [text("Zu diesem Zeitraum ist kein Handlungsziel veröffentlicht.")]
    return [
        block
        for goal in found["goals"]
        for block in goal_section(goal, found["period"], found["day"])
    ]


def changed(found: Json) -> list[Block]:
    """What changed since the previous report, goal by goal."""
    changes = found["changes"]
    if changes is None:
        return [text("Zu diesem Zeitraum gibt es keinen früheren Bericht.")]
    if not changes:
        return [text("Seit dem letzten Bericht hat sich nichts verändert.")]
    titles = {goal["number"]: goal["title"] for goal in found["goals"]}
    blocks: list[Block] = []
    for number in dict.fromkeys(change["goal"] for change in changes):
        name = f"Handlungsziel {number}" if number else "Aufträge"
        title = f"{name}: {titles[number]}" if number in titles else name
        blocks.append(heading(title, 2))
        blocks.append(
            items(
                f"{change['subject']}: {change['text']}"
                for change in changes
                if change["goal"] == number
            )
        )
    return blocks


def mandates(found: Json) -> list[Block]:
    """What the council ordered and is not done yet."""
    every = [(paper, one) for paper in found["papers"] for one in paper["mandates"]]
    still = [
        (paper, one)
        for paper, one in every
        if one["status"] not in words.CLOSED_MANDATE
    ]
    if not every:
        return [text("Zu diesen Handlungszielen ist kein Auftrag erfasst.")]
    done = len(every) - len(still)
    blocks = [
        text(
            f"Erfasst: {words.number(len(every), 'Auftrag', 'Aufträge')}, "
            f"davon erledigt oder entfallen: {done}."
        )
    ]
    if still:
        head = ["Auftrag", "Vorlage", "Fällig", "Stand", "Verantwortlich"]
        rows = [
            [
                one["task"],
                paper["reference"],
                _due(one, found),
                words.MANDATE[one["status"]],
                words.responsible(one) or words.UNKNOWN,
            ]
            for paper, one in still
        ]
        blocks.append(table("Offene Aufträge", head, rows))
    return blocks


def _due(mandate: Json, found: Json) -> str:
    due = words.short_day(mandate["due_on"])
    is_late = is_overdue(mandate["due_on"], found["period"], found["day"])
    return f"{due} (überfällig)" if is_late else due


def challenges(found: Json) -> list[Block]:
    """What stands in the way, and notes of conferences that nothing answers yet."""
    blocks: list[Block] = []
    every = [one for goal in found["goals"] for one in goal["challenges"]]
    if any(one["status"] is None for one in every):
        blocks.append(text("Wo kein Stand genannt ist, ist er nicht bekannt."))
    for goal in found["goals"]:
        still = [note["text"] for note in goal["notes"] if note["is_open"]]
        if not goal["challenges"] and not still:
            continue
        blocks.append(heading(f"Handlungsziel {goal['number']}: {goal['title']}", 2))
        if goal["challenges"]:
            blocks.append(items(_challenge(one) for one in goal["challenges"]))
        if still:
            blocks.append(
                text("„Muss angepasst werden“, noch nicht beantwortet (im Wortlaut):")
            )
            blocks.append(items(words.quoted(note) for note in still))
    return blocks


def _challenge(challenge: Json) -> str:
    told = challenge["title"]
    if challenge["status"]:
        told += f" ({words.CHALLENGE[challenge['status']]})"
    if challenge["summary"]:
        told += f": {challenge['summary']}"
    if challenge["answered_by"]:
        told += f" – beantwortet durch: {words.joined(challenge['answered_by'])}"
    return told


def annex(found: Json) -> list[Block]:
    """How to read this report, and where its content comes from."""
    rows = [
        [
            "„nicht bekannt“",
            "Die vorliegenden Unterlagen sagen dazu nichts und niemand hat es "
            "nachgetragen. Es heißt nicht, dass nichts geschehen ist.",
        ],
        [
            "Zahlen",
            "Gezählt wird, was veröffentlicht ist. Anteile in Prozent werden nicht "
            "gebildet, weil die Maßnahmen verschieden groß sind.",
        ],
        [
            "Datenstand",
            f"Der Inhalt ist eingefroren am {words.day(found['day'])}. Spätere "
            "Änderungen stehen im nächsten Bericht.",
        ],
    ]
    if found["period"]["is_closed"]:
        years = words.years(found["period"])
        told = f"Der Zeitraum {years} ist abgeschlossen: Nichts daraus ist noch fällig."
        rows.append(["Abgeschlossen", told])
    blocks = [facts(rows)]
    if sources := _sources(found):
        blocks += [heading("Quellen", 2), items(sources)]
    return blocks


def _sources(found: Json) -> list[str]:
    """Every source once, in the order it is met."""
    entries = [found["period"], *found["goals"], *found["papers"]]
    for goal in found["goals"]:
        entries += [*goal["measures"], *goal["challenges"], *goal["notes"]]
    for paper in found["papers"]:
        entries += paper["mandates"]
    told = (words.source(entry["source"]) for entry in entries)
    return list(dict.fromkeys(one for one in told if one))

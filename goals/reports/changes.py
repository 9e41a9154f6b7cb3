"""What changed between two snapshots, as rows and in words. Pure functions."""

from collections.abc import Callable, Iterator
from typing import Any

from goals.reports import words

Json = dict[str, Any]
# Of a measure, beside its status: (key, what it is called, how its value reads).
MEASURE_FACTS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("organisation", "verantwortliche Organisation", lambda value: value),
    ("role", "zuständige Stelle", lambda value: value),
    ("work_area", "Arbeitsbereich", lambda value: value),
    ("planned_start", "geplanter Beginn", words.day),
    ("planned_end", "geplantes Ende", words.day),
    ("actual_start", "Beginn", words.day),
    ("actual_end", "Ende", words.day),
)


def changes(before: Json, after: Json) -> list[Json]:
    """Rows {"goal": number or None, "subject", "text"} in the order of the report."""
    return [
        {"goal": goal, "subject": subject, "text": text}
        for goal, subject, text in _all(before, after)
    ]


def _all(before: Json, after: Json) -> Iterator[tuple[int | None, str, str]]:
    for old, new in _pairs(before["goals"], after["goals"]):
        goal = new or old
        label = f"Handlungsziel {goal['number']}"
        if old is None:
            yield goal["number"], label, "neu im Bericht"
            continue
        if new is None:
            yield goal["number"], label, "nicht mehr im Bericht"
            continue
        for subject, text in _of_goal(label, old, new):
            yield goal["number"], subject, text
    old_mandates, new_mandates = _mandates(before), _mandates(after)
    for old, new in _pairs(old_mandates, new_mandates):
        subject = f"Auftrag {words.quoted((new or old)['task'])}"
        for text in _of_mandate(old, new):
            yield None, subject, text


def _of_goal(label: str, old: Json, new: Json) -> Iterator[tuple[str, str]]:
    if old["title"] != new["title"]:
        yield label, f"heißt jetzt {words.quoted(new['title'])}"
    for key, what in (
        ("wording", "Wortlaut"),
        ("success_criterion", "Erfolgskriterium"),
    ):
        if old[key] != new[key]:
            yield label, _newly(what, old[key], new[key])
    if text := _from_to(
        "Verantwortung", words.responsible(old), words.responsible(new)
    ):
        yield label, text
    for was, now in _pairs(old["measures"], new["measures"]):
        subject = f"Maßnahme {words.quoted((now or was)['title'])}"
        for text in _of_measure(was, now):
            yield subject, text
    for was, now in _pairs(old["challenges"], new["challenges"]):
        subject = f"Herausforderung {words.quoted((now or was)['title'])}"
        for text in _of_challenge(was, now):
            yield subject, text
    known = {one["id"]: one["verdict"] for one in old["verdicts"]}
    for one in new["verdicts"]:
        if known.get(one["id"]) != one["verdict"]:
            told = f"{words.VERDICT[one['verdict']]} ({one['evaluation']})"
            yield label, f"Bewertung: {told}"
    answered = _open_notes(old) - _open_notes(new)
    remaining = {note["id"] for note in new["notes"]}
    if count := len(answered & remaining):
        yield (
            label,
            f"{words.number(count, 'Hinweis', 'Hinweise')} der Konferenz beantwortet",
        )


def _of_measure(old: Json | None, new: Json | None) -> Iterator[str]:
    if old is None:
        yield f"neu, Stand: {words.STATUS[new['status']]}"
        return
    if new is None:
        yield "nicht mehr im Bericht"
        return
    if old["status"] != new["status"]:
        yield _status(old, new)
    if old["title"] != new["title"]:
        yield f"hieß bisher {words.quoted(old['title'])}"
    for key, what, reads in MEASURE_FACTS:
        was, now = (one[key] and reads(one[key]) for one in (old, new))
        if text := _from_to(what, was, now):
            yield text
    yield from _milestones(old, new)
    known = {one["year"]: one["text"] for one in old["progress"]}
    for one in sorted(new["progress"], key=lambda one: one["year"]):
        if known.get(one["year"]) != one["text"]:
            yield f"Fortschritt {one['year']}: {one['text']}"


def _status(old: Json, new: Json) -> str:
    text = f"{words.STATUS[old['status']]} → {words.STATUS[new['status']]}"
    if new["status_since"]:
        text += f" (seit {words.day(new['status_since'])})"
    return f"{text}: {new['status_reason']}" if new["status_reason"] else text


def _milestones(old: Json, new: Json) -> Iterator[str]:
    for was, now in _pairs(old["milestones"], new["milestones"]):
        name = f"Meilenstein {words.quoted((now or was)['title'])}"
        if was is None and not now["done_on"]:
            yield f"{name} neu, fällig: {words.day(now['due_on'])}"
        elif now is None:
            yield f"{name} entfallen"
        elif now["done_on"] and not (was and was["done_on"]):
            yield f"{name} erreicht am {words.day(now['done_on'])}"
        elif was and was["due_on"] != now["due_on"]:
            yield f"{name} {_from_to('fällig', *_days(was, now, 'due_on'))}"


def _of_challenge(old: Json | None, new: Json | None) -> Iterator[str]:
    if old is None:
        yield "neu"
    elif new is None:
        yield "nicht mehr im Bericht"
    else:
        if old["status"] != new["status"]:
            was, now = words.CHALLENGE[old["status"]], words.CHALLENGE[new["status"]]
            yield f"{was} → {now}"
        for answer in new["answered_by"]:
            if answer not in old["answered_by"]:
                yield f"beantwortet durch {words.quoted(answer)}"


def _of_mandate(old: Json | None, new: Json | None) -> Iterator[str]:
    if old is None:
        yield f"neu, Stand: {words.MANDATE[new['status']]}"
        return
    if new is None:
        yield "nicht mehr im Bericht"
        return
    if old["status"] != new["status"]:
        yield f"{words.MANDATE[old['status']]} → {words.MANDATE[new['status']]}"
    if text := _from_to("fällig", *_days(old, new, "due_on")):
        yield text
    if new["outcome"] and old["outcome"] != new["outcome"]:
        yield f"Ergebnis: {new['outcome']}"


def _mandates(snapshot: Json) -> list[Json]:
    """Each with the reference of its paper, in the order of the papers."""
    return [one for paper in snapshot["papers"] for one in paper["mandates"]]


def _open_notes(goal: Json) -> set[int]:
    return {note["id"] for note in goal["notes"] if note["is_open"]}


def _days(old: Json, new: Json, key: str) -> tuple[str | None, str | None]:
    was, now = (one[key] and words.day(one[key]) for one in (old, new))
    return was, now


def _from_to(what: str, old: str | None, new: str | None) -> str:
    """ "Verantwortung: nicht bekannt → Stadt Herne"; empty where nothing changed."""
    if old == new:
        return ""
    return f"{what}: {old or words.UNKNOWN} → {new or words.UNKNOWN}"


def _newly(what: str, old: str | None, new: str | None) -> str:
    """That a long text is there now, went, or is another one."""
    if old is None:
        return f"{what} ergänzt"
    return f"{what} geändert" if new else f"{what} entfernt"


def _pairs(
    before: list[Json], after: list[Json]
) -> Iterator[tuple[Json | None, Json | None]]:
    """Entries by their id: those of today in their order, then those that are gone."""
    was = {one["id"]: one for one in before}
    now = {one["id"] for one in after}
    for one in after:
        yield was.get(one["id"]), one
    for one in before:
        if one["id"] not in now:
            yield one, None

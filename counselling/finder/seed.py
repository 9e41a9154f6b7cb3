"""The first version of the finder, as the project's data have it."""

import json
from pathlib import Path
from typing import Any

from counselling.models import Answer, Concern, FinderVersion, Question
from herne_bildung.city.models import SeedRecord
from herne_bildung.city.seeding import Entry, Seeding, columns, kind_of
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.lib.translation_state import mark_current, text_hash

DATA = Path(__file__).parent.parent / "seed" / "data" / "finder.json"
KEY = "erste-fassung"
NOTE = "Erste Fassung aus den Daten des Portals"


def read() -> list[dict[str, Any]]:
    """The questions, the first one first."""
    return json.loads(DATA.read_text(encoding="utf-8"))


def sow(seeding: Seeding) -> None:
    """Publish the tree of the data as version 1. An update renews it only as long as
    it is the only version: once people made one, theirs holds. Concerns come before.
    """
    if not seeding.writes(FinderVersion):
        return
    record = SeedRecord.objects.filter(kind=kind_of(FinderVersion), key=KEY).first()
    present = FinderVersion.objects.first()
    if record is None and present is None:
        _publish(seeding)
    elif not _is_of_the_data(record):
        seeding.leave(FinderVersion, KEY, "hier bearbeitet")
    elif record.values != _fingerprint():
        present.questions.all().delete()
        write(present)
        record.values = _fingerprint()
        record.save()


def _publish(seeding: Seeding) -> None:
    state = FinderVersion.State.PUBLISHED
    made = {"number": 1, "state": state, "published_at": clock.now(), "note": NOTE}
    seeding.sow(FinderVersion, [Entry(KEY, {}, initial=made)])
    write(FinderVersion.objects.get(number=1))
    SeedRecord.objects.filter(kind=kind_of(FinderVersion), key=KEY).update(
        values=_fingerprint()
    )


def _is_of_the_data(record: SeedRecord | None) -> bool:
    versions = list(FinderVersion.objects.values_list("pk", flat=True))
    return record is not None and versions == [record.object_id]


def _fingerprint() -> dict[str, str]:
    return {"questions": text_hash(DATA.read_text(encoding="utf-8"))}


def write(version: FinderVersion) -> None:
    """Write the questions of the data into a version that has none. Answers to a
    concern that staff removed are left out.
    """
    rows = read()
    questions: dict[str, Question] = {}
    for order, row in enumerate(rows):
        made = Question(version=version, key=row["key"], order=order)
        _set_texts(made, text=row["text"], help=row["help"])
        made.save()
        questions[row["key"]] = made
    concerns = {one.key: one for one in Concern.objects.all()}
    for row in rows:
        for order, answer in enumerate(row["answers"]):
            if answer["concern"] and answer["concern"] not in concerns:
                continue
            made = Answer(
                question=questions[row["key"]],
                key=answer["key"],
                order=order,
                next_question=questions.get(answer["question"]),
                concern=concerns.get(answer["concern"]),
                audience=answer["audience"],
            )
            _set_texts(made, text=answer["text"])
            made.save()


def _set_texts(target: Question | Answer, **texts: dict[str, str]) -> None:
    """Texts in all languages; no native speaker has reviewed them."""
    for name, by_language in texts.items():
        for column, text in columns(name, by_language).items():
            setattr(target, column, text)
        for language in LANGUAGES:
            if language.code in by_language and language.code != DEFAULT_LANGUAGE:
                mark_current(target, name, language.code, is_machine_made=True)

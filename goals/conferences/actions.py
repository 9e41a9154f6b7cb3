"""Notes of the public: received, released, refused, moved, taken back."""

from collections.abc import Iterable

from django.db import models, transaction

from goals.choices import Moderation, NoteVerdict
from goals.models import Conference, FeedbackNote, Goal
from herne_bildung.lib import clock
from herne_bildung.lib.languages import BY_CODE


class Closed(Exception):
    """The posters of this conference take no notes."""


def receive(
    *,
    key: str,
    conference: Conference,
    goal: Goal,
    verdict: NoteVerdict | str,
    text: str,
    language: str,
) -> None:
    """Keep a note until somebody reads it. `key` is the identity of the form's token:
    a second sending writes nothing. Closed where the posters were closed meanwhile.
    """
    if not Conference.objects.filter(pk=conference.pk, is_poster_open=True).exists():
        raise Closed
    note = FeedbackNote(
        key=key,
        conference=conference,
        goal=goal,
        verdict=verdict,
        text=text,
        language=BY_CODE[language].spoken_code,
        moderation=Moderation.WAITING,
        is_sample=conference.is_sample,
    )
    # Nobody sees it yet, so no kept page becomes outdated: not by `save()`. A hall of
    # people writing would otherwise empty the cache of the whole portal every second.
    models.QuerySet(FeedbackNote).bulk_create([note], ignore_conflicts=True)


def decide(ids: Iterable[int], moderation: str) -> list[int]:
    """Release or refuse those of these notes that still wait. Returns their ids: what
    another moderator decided meanwhile stays as it is.
    """
    return _change(ids, Moderation.WAITING, moderation)


def take_back(ids: Iterable[int]) -> list[int]:
    """Let decided notes wait again. Returns their ids."""
    decided = (Moderation.RELEASED, Moderation.REFUSED)
    return [pk for state in decided for pk in _change(ids, state, Moderation.WAITING)]


@transaction.atomic
def _change(ids: Iterable[int], former: str, moderation: str) -> list[int]:
    waiting = FeedbackNote.objects.filter(pk__in=list(ids), moderation=former)
    if former != Moderation.WAITING:
        # Notes of the documents were never decided on: nobody sent them.
        waiting = waiting.exclude(decided_at=None)
    changed = list(
        waiting.order_by("pk").select_for_update().values_list("pk", flat=True)
    )
    moment = None if moderation == Moderation.WAITING else clock.now()
    FeedbackNote.objects.filter(pk__in=changed).update(
        moderation=moderation, decided_at=moment, updated_at=clock.now()
    )
    return changed


def move(note: FeedbackNote, *, goal: Goal, verdict: NoteVerdict | str) -> None:
    """Put a note on another poster of its conference, or into the other column.
    ValueError for a goal of another period.
    """
    if note.conference is None or goal.period_id != note.conference.period_id:
        raise ValueError("no poster of this conference")
    note.goal, note.verdict = goal, verdict
    note.save(update_fields=["goal", "verdict", "updated_at"])

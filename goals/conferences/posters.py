"""Posters: per goal the released notes of a conference in two columns."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import pgettext

from goals.choices import NoteVerdict
from goals.models import Conference, FeedbackNote, Goal
from herne_bildung.lib.languages import direction
from herne_bildung.lib.localized import Text, localized_entry


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was written, in its own language."""

    pk: int
    text: Text


@dataclass(slots=True)
class Column:
    """One of the two columns. `total` counts the notes that are not shown here too."""

    verdict: NoteVerdict
    title: str
    notes: list[Note]
    total: int
    # On the paper poster it says that nobody had a remark.
    says_no_remarks: bool

    @property
    def more(self) -> int:
        """How many notes this column holds that are not shown here."""
        return self.total - len(self.notes)


@dataclass(slots=True)
class Poster:
    """The poster of a goal. `url` leads to all its notes, `form_url` to the form;
    empty while nothing can be written.
    """

    goal: Goal
    title: Text
    short: Text
    columns: list[Column]
    url: str
    form_url: str

    @property
    def total(self) -> int:
        return sum(column.total for column in self.columns)


def goals_of(conference: Conference) -> QuerySet:
    """The goals that have a poster: the published ones of the period."""
    period = conference.period
    if period is None or not period.is_published:
        return Goal.objects.none()
    return Goal.objects.published().filter(period=period)


def posters_of(
    conference: Conference,
    goals: Iterable[Goal],
    language: str,
    *,
    most: int,
    offset: int = 0,
    newest_first: bool = False,
) -> list[Poster]:
    """The posters of these goals, with at most so many notes a column, after the
    first `offset` ones.
    """
    goals = list(goals)
    released = FeedbackNote.objects.released().filter(
        conference=conference, goal__in=goals
    )
    newest = [F("decided_at").desc(nulls_last=True), "-pk"]
    order = newest if newest_first else ["order", "pk"]
    place = Window(
        RowNumber(), partition_by=[F("goal_id"), F("verdict")], order_by=order
    )
    shown = released.annotate(place=place).filter(
        place__gt=offset, place__lte=offset + most
    )
    notes = defaultdict(list)
    for note in shown.order_by("goal_id", "verdict", "place"):
        notes[note.goal_id, note.verdict].append(note)
    counted = released.order_by().values_list("goal_id", "verdict")
    totals = {
        (goal, verdict): number
        for goal, verdict, number in counted.annotate(Count("pk"))
    }
    return [poster_of(conference, goal, notes, totals, language) for goal in goals]


def poster_of(
    conference: Conference,
    goal: Goal,
    notes: dict[tuple[int, str], Sequence[FeedbackNote]],
    totals: dict[tuple[int, str], int],
    language: str,
) -> Poster:
    """The poster of a goal; `notes` and `totals` by goal and verdict."""
    says = {
        NoteVerdict.KEEP: goal.has_no_keep_notes,
        NoteVerdict.ADJUST: goal.has_no_adjust_notes,
    }
    return Poster(
        goal=goal,
        title=localized_entry(goal, "title", language),
        short=localized_entry(goal, "short", language),
        columns=[
            Column(
                verdict,
                column_titles()[verdict],
                [
                    note_as_shown(note, language)
                    for note in notes.get((goal.pk, verdict), ())
                ],
                totals.get((goal.pk, verdict), 0),
                says[verdict],
            )
            for verdict in NoteVerdict
        ],
        url=reverse("poster", args=[conference.slug, goal.slug]),
        form_url=form_path(conference, goal) if conference.is_poster_open else "",
    )


def column_titles() -> dict[str, str]:
    """How the two columns of the poster begin."""
    return {
        NoteVerdict.KEEP: pgettext("poster", "Can stay unchanged because …"),
        NoteVerdict.ADJUST: pgettext("poster", "Must be adapted because …"),
    }


def note_as_shown(note: FeedbackNote, language: str) -> Note:
    """The words of a note with the language they are in."""
    if note.language == language:
        return Note(note.pk, Text(note.text))
    return Note(note.pk, Text(note.text, note.language, direction(note.language)))


def form_path(conference: Conference, goal: Goal) -> str:
    """Where people write a note for a goal."""
    return reverse("write_note", args=[conference.slug, goal.slug])

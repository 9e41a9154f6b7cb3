"""New statuses and words on the year for many measures at once, as a meeting says
them; and taking that back.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from goals import actions
from goals.choices import FINISHED
from goals.models import Measure, Period, Progress
from herne_bildung.city.models import EntryVersion, User
from herne_bildung.city.versions import declared_for, history, noted
from herne_bildung.city.versions.history import latest_of, restorable

How = EntryVersion.How
SALT = "goals.meeting"


@dataclass(frozen=True)
class Change:
    """What a meeting says of one measure; None leaves the words on the year alone."""

    measure: Measure
    status: str = ""
    reason: str = ""
    progress: str | None = None


@dataclass(frozen=True)
class Saved:
    """A measure whose version `before` was followed by `after`."""

    measure: int
    before: int
    after: int


@dataclass(frozen=True)
class Undone:
    """How many measures are as before, and titles of those changed again since."""

    number: int
    stay: list[str]


def open_measures(
    period: Period, year: int, also: Collection[int] = ()
) -> QuerySet[Measure]:
    """Not finished, and those `also` asked for, by goal, with what was noted of the
    year as `of_year`.
    """
    return (
        Measure.objects.filter(goal__period=period)
        .filter(~Q(status__in=FINISHED) | Q(pk__in=also))
        .select_related("goal__period", "organisation", "role")
        .prefetch_related(
            "milestones",
            Prefetch(
                "progress",
                queryset=Progress.objects.filter(year=year),
                to_attr="of_year",
            ),
        )
        .order_by("goal__number", "order", "pk")
    )


@transaction.atomic
def save(changes: Sequence[Change], *, on: date, year: int, by: User) -> list[Saved]:
    """All or nothing; each measure that changed gets one version."""
    if not changes:
        return []
    measures = [change.measure for change in changes]
    declared = declared_for(Measure)
    pks = [measure.pk for measure in measures]
    history.lock(declared, pks)
    history.begin(measures)
    before = latest_of(declared, pks)
    for change in changes:
        _save(change, on, year, by)
    after = latest_of(declared, pks)
    return [
        Saved(pk, before[pk].number, after[pk].number)
        for pk in pks
        if after[pk].number != before[pk].number
    ]


def _save(change: Change, on: date, year: int, by: User) -> None:
    measure = change.measure
    with noted([measure], by=by, how=How.LOGIN, comment=change.reason):
        if change.progress == "":
            measure.progress.filter(year=year).delete()
        elif change.progress is not None:
            measure.progress.update_or_create(
                year=year, defaults={"text_de": change.progress}
            )
        if change.status:
            actions.set_status(
                measure=measure,
                status=change.status,
                reason=change.reason,
                on=on,
                by=by,
            )


@transaction.atomic
def undo(saved: Iterable[Saved], *, by: User) -> Undone:
    """Bring these measures back to what they were, but those changed again since."""
    saved, declared = list(saved), declared_for(Measure)
    pks = [one.measure for one in saved]
    history.lock(declared, pks)
    measures, latest = Measure.objects.in_bulk(pks), latest_of(declared, pks)
    number, stay = 0, []
    for one in saved:
        measure = measures.get(one.measure)
        if measure is None:
            continue
        former = history.versions_of(measure).filter(number=one.before).first()
        is_same = latest[measure.pk].number == one.after
        if former is None or not is_same or not _restore(measure, former, by):
            stay.append(measure.title_de)
            continue
        number += 1
    return Undone(number, stay)


def _restore(measure: Measure, former: EntryVersion, by: User) -> bool:
    wanted = restorable(declared_for(measure), former.snapshot)
    try:
        with transaction.atomic():
            history.restore(measure, former, wanted=wanted, by=by, how=How.UNDONE)
    except ValidationError:
        return False
    return True


def token_of(saved: Iterable[Saved]) -> str:
    """What was saved, signed, for the address of the page that can take it back."""
    rows = [[one.measure, one.before, one.after] for one in saved]
    return signing.dumps(rows, salt=SALT, compress=True)


def read_token(token: Any) -> list[Saved]:
    """ValueError for what we did not sign."""
    try:
        rows = signing.loads(str(token), salt=SALT)
    except signing.BadSignature as error:
        raise ValueError("not signed by us") from error
    return [Saved(*row) for row in rows]

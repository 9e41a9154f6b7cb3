"""The values of a new release are written, and what all steps of releases begin with:
their indicators are locked, in order of their ids. Of two publications at the same
time the second one sees what the first one did.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from herne_bildung.lib import clock, many_rows
from herne_bildung.lib.time_periods import first_day
from monitoring.choices import Protection, ReleaseState, ValueState
from monitoring.models import Indicator, Observation, ProtectionRun, Release

COLUMNS = (
    "release",
    "area",
    "period",
    "starts_on",
    "category_1",
    "category_2",
    "category_3",
    "state",
    "value",
    "base",
    "participation",
    "note",
)

# What a run remembers beside the fields of its rule.
ENGINE = "engine"


class ReleaseError(ValueError):
    """The state of a release does not allow it; says why, for the person who tried."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One public value of a new release.

    `categories` are ids of parts of the first, second and third breakdown; None, or
    left out at the end, is the total. What is suppressed says nothing else.
    """

    area_id: int
    period: str
    value: Decimal | int | float | str | None = None
    state: str = ValueState.VALUE
    categories: tuple[int | None, ...] = ()
    base: Decimal | int | None = None
    participation: Decimal | None = None
    note: str = ""


@transaction.atomic
def write_release(
    *,
    indicator: Indicator,
    cells: Iterable[Cell],
    state: str = ReleaseState.DRAFT,
    publish_at: datetime | None = None,
    published_at: datetime | None = None,
    what_changed: str = "",
    is_correction: bool = False,
    run: ProtectionRun | None = None,
    is_sample: bool = False,
) -> Release:
    """Write all public values of an indicator as its next release; a published one
    replaces the current one. `cells` are read once, one by one; `what_changed` is
    German.

    ReleaseError where values would be public unprotected, UnknownPeriod for what is
    no period, IntegrityError where two cells are the same one.
    """
    lock([indicator.pk])
    numbers = indicator.releases.aggregate(last=Max("number"))
    release = Release(
        indicator=indicator,
        number=(numbers["last"] or 0) + 1,
        state=state,
        publish_at=publish_at,
        what_changed_de=what_changed,
        is_correction=is_correction,
        run=run,
        is_sample=is_sample,
    )
    if state not in (ReleaseState.DRAFT, ReleaseState.SCHEDULED):
        release.published_at = published_at or clock.now()
    if state != ReleaseState.DRAFT and not is_sample:
        must_be_protected(release)
    if state == ReleaseState.PUBLISHED:
        supersede_current(indicator.pk, at=release.published_at)
    release.save()
    rows = (_row(release.pk, cell) for cell in cells)
    many_rows.append(Observation, COLUMNS, rows)
    return release


def lock(indicator_ids: Iterable[int]) -> list[Indicator]:
    """The indicators, held until the end of the transaction."""
    rows = Indicator.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=list(indicator_ids)).order_by("pk"))


def must_be_protected(release: Release) -> None:
    """ReleaseError for values of people that no protection has looked at, or one that
    followed another rule or did not know all that is public by now: the difference
    could give values away.
    """
    if release.indicator.protection != Protection.PROTECTED:
        return
    if release.run is None:
        raise ReleaseError(
            _("These values have not been protected: they must not become public.")
        )
    if _is_of_another_rule(release.run, release.indicator):
        raise ReleaseError(
            _(
                "The rule of protection or the set of linked tables changed after "
                "these values were protected. Please make new drafts."
            )
        )
    since = Release.objects.filter(
        Q(indicator=release.indicator_id)
        | Q(indicator__table_set=release.indicator.table_set_id),
        published_at__gt=release.run.started_at,
    )
    if since.exclude(run=release.run).exists():
        raise ReleaseError(
            _(
                "Linked values became public after these were protected. Please make "
                "new drafts."
            )
        )


def _is_of_another_rule(run: ProtectionRun, indicator: Indicator) -> bool:
    """Whether its tables are in another set by now, or the rule is another one."""
    if run.table_set_id != indicator.table_set_id:
        return True
    rule = run.table_set.rule
    return any(
        value != getattr(rule, name)
        for name, value in run.rule.items()
        if name != ENGINE
    )


def supersede_current(indicator_id: int, *, at: datetime) -> int:
    """What is current is replaced at this moment. Returns how many there were."""
    current = Release.objects.filter(
        indicator=indicator_id, state=ReleaseState.PUBLISHED
    )
    return current.update(
        state=ReleaseState.SUPERSEDED, ended_at=at, updated_at=clock.now()
    )


def _row(release_id: int, cell: Cell) -> tuple:
    """In the order of `COLUMNS`."""
    is_hidden = cell.state == ValueState.SUPPRESSED
    if is_hidden and not (cell.value is cell.base is cell.participation is None):
        raise ValueError(f"a suppressed cell says nothing: {cell}")
    first, second, third = (*cell.categories, None, None, None)[:3]
    return (
        release_id,
        cell.area_id,
        cell.period,
        first_day(cell.period),
        first,
        second,
        third,
        str(cell.state),
        cell.value,
        cell.base,
        cell.participation,
        cell.note,
    )

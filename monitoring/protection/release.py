"""Drafts of releases from raw values: protected, or unchanged with their source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from herne_bildung.city.models import User
from herne_bildung.lib import clock
from monitoring.choices import Protection, ReleaseState, ValueState
from monitoring.models import (
    Indicator,
    ProtectionRun,
    RawValue,
    Release,
    TableSet,
)
from monitoring.protection.engine import engine_version
from monitoring.protection.reading import (
    CATEGORIES,
    earlier_values,
    frame,
    place_of,
    rule_of,
    table_of,
    words_for,
)
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.rules import Rule
from monitoring.releases.actions import Cell, lock, write_release

if TYPE_CHECKING:
    from monitoring.protection.protect import Protected


def draft_releases(
    *, indicators: Iterable[Indicator], by: User | None
) -> list[Release]:
    """A draft of the next release of each indicator, from its raw values.

    Indicators published by their source pass unchanged. Of a protected indicator its
    whole set of tables is protected anew: drafts of all its indicators come back, also
    of those that were not named, and drafts of them made before are removed, because
    they do not fit to the new ones.

    ProtectionRefused where no safe release is possible: then nothing is written but a
    run of the protection that says why.
    """
    wanted = list(indicators)
    for indicator in wanted:
        is_protected = indicator.protection == Protection.PROTECTED
        if is_protected and indicator.table_set_id is None:
            raise ProtectionRefused(
                _("%s is in no set of linked tables: choose one with a rule.")
                % indicator
            )
    sets = TableSet.objects.select_related("rule").filter(
        pk__in={one.table_set_id for one in wanted} - {None}
    )
    drafts = [
        write_release(indicator=one, cells=_unchanged(one))
        for one in wanted
        if one.protection == Protection.PUBLISHED
    ]
    for table_set in sets.order_by("pk"):
        drafts += _protected(table_set, by)
    return drafts


def _protected(table_set: TableSet, by: User | None) -> list[Release]:
    run = ProtectionRun(
        table_set=table_set, started_at=clock.now(), started_by=by, rule={}
    )
    rule = rule_of(table_set)
    run.rule = {**rule.as_json(), "engine": engine_version()}
    try:
        with transaction.atomic():
            return _drafts_of(table_set, rule, run)
    except ProtectionRefused as refusal:
        run.pk = None
        run.finished_at = clock.now()
        run.failure = str(refusal)
        run.report = {"result": "refused"}
        run.save(force_insert=True)
        raise


def _drafts_of(table_set: TableSet, rule: Rule, run: ProtectionRun) -> list[Release]:
    # Here: linear programming takes 70 MB, in the process that protects alone.
    from monitoring.protection.protect import protect

    indicators = lock(table_set.indicators.values_list("pk", flat=True))
    found = protect(
        [table_of(one) for one in indicators],
        frame=frame(),
        rule=rule,
        earlier=earlier_values(table_set),
        say=words_for(indicators),
    )
    run.finished_at = clock.now()
    run.cells, run.primary, run.secondary = found.values, found.primary, found.secondary
    run.report = _report(found)
    run.save()
    Release.objects.filter(indicator__in=indicators, state=ReleaseState.DRAFT).delete()
    return [
        write_release(indicator=one, cells=_safe_cells(one, found), run=run)
        for one in indicators
    ]


def _report(found: Protected) -> dict:
    """What the run found, in numbers: never values."""
    return {
        "result": "ok",
        "revealed": 0,
        "public_before": found.lost,
        "periods_without_engine": found.without_engine,
        "seconds": round(found.seconds, 1),
        "notes": found.notes,
    }


def _unchanged(indicator: Indicator) -> list[Cell]:
    return [
        Cell(
            area_id=row.area_id,
            period=row.period,
            value=row.value,
            state=row.state,
            categories=_categories(row),
            base=row.base,
            participation=row.participation,
            note=row.note,
        )
        for row in _rows(indicator)
    ]


def _safe_cells(indicator: Indicator, found: Protected) -> list[Cell]:
    """What may be public. Bases stand only beside values, which they belong to; notes
    of what is kept secret may say too much.
    """
    cells = []
    for row in _rows(indicator):
        is_hidden = (indicator.pk, row.period, place_of(row)) in found.hidden
        is_value = row.state == ValueState.VALUE and not is_hidden
        cells.append(
            Cell(
                area_id=row.area_id,
                period=row.period,
                value=row.value if is_value else None,
                state=ValueState.SUPPRESSED if is_hidden else row.state,
                categories=_categories(row),
                base=row.base if is_value else None,
                participation=row.participation if is_value else None,
                note="" if is_hidden else row.note,
            )
        )
    return cells


def _rows(indicator: Indicator) -> list[RawValue]:
    """All at once: while the release is written its connection answers nothing else."""
    rows = RawValue.objects.filter(indicator=indicator).order_by("pk")
    return list(rows)


def _categories(row: RawValue) -> tuple[int | None, ...]:
    return tuple(getattr(row, name) for name in CATEGORIES)

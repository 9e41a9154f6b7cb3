"""What the page of a release says to staff: public values and numbers only."""

from dataclasses import dataclass

from django.db.models import Count

from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.time_periods import in_words as period_in_words
from monitoring.admin.release_rows import moment
from monitoring.choices import WAS_PUBLIC, ReleaseState, ValueState
from monitoring.in_words import release_url, shown
from monitoring.models import Observation, Release
from monitoring.models.value import categories_of
from monitoring.releases import actions
from monitoring.releases.comparing import Comparison, compare, rows_of


@dataclass(frozen=True)
class DifferenceRow:
    """A cell that two releases say differently; an absent one is empty."""

    area: str
    period: str
    parts: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownRelease:
    """What `admin/monitoring/release.html` shows. `numbers` are cells by state,
    `against` the release it is compared with, None for the first one; `page` is its
    public address, empty for what was never on the site.
    """

    entry: Release
    moment: str
    obstacle: str
    together: list[Release]
    numbers: list[tuple[str, int]]
    against: Release | None
    comparison: Comparison | None
    rows: list[DifferenceRow]
    page: str


def shown_release(release: Release) -> ShownRelease:
    """Compared with the current release; the current one and former ones with the one
    before them.
    """
    against = _compared_with(release)
    comparison = compare(against, release) if against else None
    is_open = release.state in actions.NOT_PUBLIC_YET
    indicator = release.indicator
    was_shown = indicator.is_published and release.state in WAS_PUBLIC
    return ShownRelease(
        entry=release,
        moment=moment(release),
        obstacle=actions.obstacle(release) if is_open else "",
        together=[one for one in actions.together(release) if one.pk != release.pk],
        numbers=_numbers(release),
        against=against,
        comparison=comparison,
        rows=_rows(release, comparison) if comparison else [],
        page=release_url(indicator, release.number) if was_shown else "",
    )


def _compared_with(release: Release) -> Release | None:
    others = release.indicator.releases.exclude(pk=release.pk)
    if release.state in actions.NOT_PUBLIC_YET:
        return others.filter(state=ReleaseState.PUBLISHED).first()
    former = others.filter(state__in=WAS_PUBLIC, number__lt=release.number)
    return former.first()


def _numbers(release: Release) -> list[tuple[str, int]]:
    """How many cells are in each state, those of none too."""
    found = release.observations.values_list("state").annotate(number=Count("pk"))
    counted = dict(found.order_by())
    return [(str(state.label), counted.get(state, 0)) for state in ValueState]


def _rows(release: Release, comparison: Comparison) -> list[DifferenceRow]:
    def said(cell: Observation | None) -> str:
        if cell is None:
            return ""
        return str(shown(cell, DEFAULT_LANGUAGE, indicator=release.indicator))

    return [
        DifferenceRow(
            area=row.cell.area.name,
            period=period_in_words(row.cell.period),
            parts=", ".join(category.name_de for category in categories_of(row.cell)),
            before=said(row.before),
            after=said(row.after),
        )
        for row in rows_of(comparison)
    ]

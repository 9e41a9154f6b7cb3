"""Which values a correction changed, as readers see it: public values only."""

from dataclasses import dataclass

from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.time_periods import in_words
from monitoring.choices import ReleaseState
from monitoring.in_words import ShownValue, shown
from monitoring.models import Indicator, Observation, Release
from monitoring.models.value import categories_of
from monitoring.releases.comparing import changes_of, rows_of
from monitoring.series import area_name

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A cell before and after; None where there was or is none."""

    area: Text
    parts: list[Text]
    period: str
    before: ShownValue | None
    after: ShownValue | None


@dataclass(frozen=True, slots=True)
class PublicChanges:
    """The first of them; `more` differ besides."""

    rows: list[ChangedValue]
    more: int


def public_changes(
    release: Release | None, indicator: Indicator, language: str
) -> PublicChanges | None:
    """Of a correction that is or was current; one query for it, else none."""
    if release is None or not release.is_correction:
        return None
    comparison = changes_of(release)
    if release.state == ReleaseState.WITHDRAWN or not comparison:
        return None

    def said(cell: Observation | None) -> ShownValue | None:
        return cell and shown(cell, language, indicator=indicator)

    rows = [
        ChangedValue(
            area=area_name(row.cell.area, language),
            parts=[
                localized_entry(part, "name", language)
                for part in categories_of(row.cell)
            ],
            period=in_words(row.cell.period),
            before=said(row.before),
            after=said(row.after),
        )
        for row in rows_of(comparison, MOST_SHOWN)
    ]
    if not rows:
        return None
    return PublicChanges(rows, comparison.total - len(rows))

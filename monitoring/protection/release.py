"""Drafts of releases from raw values: protected, or passed through with their source."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from herne_bildung.city.models import User
from monitoring.choices import Protection
from monitoring.models import Indicator, RawValue, Release
from monitoring.protection.refused import ProtectionRefused
from monitoring.releases.actions import Cell, write_release

CATEGORIES = ("category_1_id", "category_2_id", "category_3_id")
READ_AT_ONCE = 5000


@transaction.atomic
def draft_releases(
    *, indicators: Iterable[Indicator], by: User | None
) -> list[Release]:
    """A draft of the next release of each indicator, from its raw values.

    Indicators published by their source pass unchanged. Of a protected indicator its
    whole set of tables is protected anew, so that drafts of all its indicators come
    back, also of those that were not named.

    ProtectionRefused where no safe release is possible; then nothing is written.
    """
    drafts = []
    for indicator in indicators:
        if indicator.protection != Protection.PUBLISHED:
            raise ProtectionRefused(_("The protection is not ready."))
        drafts.append(_passed_through(indicator))
    return drafts


def _passed_through(indicator: Indicator) -> Release:
    return write_release(indicator=indicator, cells=_unchanged(indicator))


def _unchanged(indicator: Indicator) -> Iterator[Cell]:
    rows = RawValue.objects.filter(indicator=indicator).iterator(READ_AT_ONCE)
    for row in rows:
        yield Cell(
            area_id=row.area_id,
            period=row.period,
            value=row.value,
            state=row.state,
            categories=tuple(getattr(row, name) for name in CATEGORIES),
            base=row.base,
            participation=row.participation,
            note=row.note,
        )

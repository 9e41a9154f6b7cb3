"""Entries that former tables of the same source had, and this one does not."""

from collections.abc import Collection

from herne_bildung.city.versions import snapshots
from herne_bildung.portal.exchange.kinds import KINDS
from herne_bildung.portal.exchange.planned import OF_PORTAL
from herne_bildung.portal.exchange.scope import Scope
from herne_bildung.portal.models import Import, ImportRecord

# More than this share is archived only where somebody says so.
LARGE_SHARE = 0.2
BATCH = 500


def vanished_records(
    job: Import, keys: Collection[str]
) -> tuple[list[ImportRecord], int]:
    """Records of entries still in use whose key is missing, and how many are known."""
    kind, scope = KINDS[job.kind], Scope.of(job)
    if not kind.can_archive:
        return [], 0
    records = list(
        scope.records(job.kind)
        .filter(is_undone=False)
        .exclude(key__istartswith=OF_PORTAL)
        .order_by("pk")
    )
    known = 0
    missing: list[ImportRecord] = []
    for start in range(0, len(records), BATCH):
        portion = records[start : start + BATCH]
        ids = kind.entries(scope).filter(pk__in=[row.object_id for row in portion])
        facts = snapshots.take_many(kind.declared, ids.values_list("pk", flat=True))
        for row in portion:
            if row.object_id in facts and not kind.is_archived(facts[row.object_id]):
                known += 1
                missing += [row] if row.key not in keys else []
    return missing, known


def is_large_share(missing: int, known: int) -> bool:
    return missing > LARGE_SHARE * known

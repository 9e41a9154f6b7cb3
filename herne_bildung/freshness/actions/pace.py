"""How often an organisation is asked, and when it is closed."""

from collections import defaultdict

from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import MaintainedEntry


def take_over_pace(organisation_id: int) -> int:
    """Set days of entries anew, after intervals or closed periods of their
    organisation changed. Returns how many entries there are.
    """
    found: dict[str, list[int]] = defaultdict(list)
    rows = MaintainedEntry.objects.filter(organisation=organisation_id).order_by()
    for kind, object_id in rows.values_list("kind", "object_id"):
        found[kind].append(object_id)
    return sum(sync(kind, ids) for kind, ids in found.items())

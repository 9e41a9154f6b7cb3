"""Invented offers for trying things out, at any number; every row says it is one.

They are the same for the same seed and month, and `remove` takes them away. The seed
`DEMO` is the demo's own.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import override

from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from offerings.models import Offering, Topic
from offerings.samples import bodies
from offerings.samples.removal import removable, remove
from offerings.samples.write import DEMO, Writer, analyse, key_start

__all__ = ["DEMO", "MissingTopicsError", "generate", "removable", "remove"]
BATCH = 1000


class MissingTopicsError(Exception):
    """There are no topics yet that samples could belong to."""


def generate(
    count: int, *, seed: int = 1, progress: Callable[[int], None] = lambda _: None
) -> int:
    """Add `count` samples; more of the same seed go on where the last ended.

    `progress` is told how many there are after each batch.
    """
    with override(DEFAULT_LANGUAGE):
        known = {row.key: row for row in Topic.objects.select_related("parent")}
        if not known:
            raise MissingTopicsError
        with transaction.atomic():
            organisations, places = bodies.ensure()
        writer = Writer(seed, known, organisations, places)
        first = Offering.objects.filter(seed_key__startswith=key_start(seed)).count()
        for start in range(0, count, BATCH):
            size = min(BATCH, count - start)
            writer.write(range(first + start, first + start + size))
            progress(start + size)
        analyse()
    return count

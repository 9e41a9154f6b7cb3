"""Invented offers for trying things out, at any number; every row says it is one.

They are the same for the same seed and month (but for the day on which places left
were noted), and `remove` takes them away. The seed
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

__all__ = ["DEMO", "MissingTopics", "generate", "removable", "remove"]
BATCH = 1000


class MissingTopics(Exception):
    """There are no topics yet that samples could belong to."""


def generate(
    count: int, *, seed: int = 1, progress: Callable[[int], None] = lambda _: None
) -> int:
    """See to it that there are `count` samples of a seed; those that exist stay as
    they are. Returns how many were added.

    `progress` is told how many were added after each batch.
    """
    with override(DEFAULT_LANGUAGE):
        known = {row.key: row for row in Topic.objects.select_related("parent")}
        if not known:
            raise MissingTopics
        missing = sorted({*range(count)} - numbers_of(seed))
        if not missing:
            return 0
        with transaction.atomic():
            organisations, places = bodies.ensure()
        writer = Writer(seed, known, organisations, places)
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            writer.write(batch)
            progress(start + len(batch))
        analyse()
    return len(missing)


def numbers_of(seed: int) -> set[int]:
    """The numbers of the samples of a seed that exist."""
    begin = key_start(seed)
    keys = Offering.objects.filter(seed_key__startswith=begin)
    return {
        int(key.removeprefix(begin)) for key in keys.values_list("seed_key", flat=True)
    }

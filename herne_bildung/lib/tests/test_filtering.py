"""Numbers beside the choices of filters, without a database."""

from pyroaring import BitMap

from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.filtering import CodesFilter, IndexFilterSet


class Filters(IndexFilterSet):
    topic = CodesFilter("topic", known=lambda: ["music", "sport"])


def counts(index, candidates, **data):
    filters = Filters(data, index=index, candidates=candidates)
    return filters.counts("topic", ["music", "sport"])


def test_counts_follow_the_entries_though_they_are_remembered():
    index = BitmapIndex()
    index.put(1, {"values": {"topic": ["music"]}})
    index.put(2, {"unknown": ["topic"]})

    before = counts(index, index.entries)
    index.put(3, {"values": {"topic": ["music", "sport"]}})
    after = counts(index, index.entries)

    assert before == {"music": (1, 1), "sport": (0, 1)}
    assert after == {"music": (2, 1), "sport": (1, 1)}
    assert counts(index, index.entries, topic=["music"]) == {
        "music": (2, 1),
        "sport": (2, 1),
    }


def test_counts_are_those_of_the_candidates_given():
    index = BitmapIndex()
    for entry in range(1, 51):
        index.put(entry, {"values": {"topic": ["music"]}})

    numbers = [counts(index, BitMap(range(end)))["music"] for end in range(1, 51)]

    assert numbers == [(end - 1, 0) for end in range(1, 51)]

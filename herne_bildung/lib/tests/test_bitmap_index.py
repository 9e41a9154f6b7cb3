import pytest
from pyroaring import BitMap

from herne_bildung.lib import bitmap_index
from herne_bildung.lib.bitmap_index import BitmapIndex


def index_of(entries):
    index = BitmapIndex()
    for entry, facts in entries.items():
        index.put(entry, facts)
    return index


def test_having_takes_any_of_the_values():
    index = index_of(
        {
            1: {"values": {"topic": ["music"]}},
            2: {"values": {"topic": ["sport", "music"]}},
            3: {"values": {"topic": ["reading"]}},
        }
    )

    assert index.having("topic", ["music", "reading"]) == BitMap([1, 2, 3])
    assert index.having("topic", ["sport"]) == BitMap([2])
    assert index.having("topic", ["nothing"]) == BitMap()


def test_covering_includes_both_ends_and_open_ends():
    index = index_of(
        {
            1: {"ranges": {"age": [0, 12]}},
            2: {"ranges": {"age": [12, None]}},
            3: {"ranges": {"age": [None, 11]}},
        }
    )

    assert index.covering("age", 12) == BitMap([1, 2])
    assert index.covering("age", 0) == BitMap([1, 3])
    assert index.covering("age", 5000) == BitMap([2])


def test_put_again_replaces_all_former_facts():
    index = index_of(
        {1: {"values": {"topic": ["music"]}, "ranges": {"age": [0, 3]}, "unknown": []}}
    )

    index.put(1, {"values": {"topic": ["sport"]}, "unknown": ["age"]})

    assert index.having("topic", ["music"]) == BitMap()
    assert index.having("topic", ["sport"]) == BitMap([1])
    assert index.covering("age", 1) == BitMap()
    assert index.unknown["age"] == BitMap([1])


def test_remove_forgets_everything_and_does_not_mind_strangers():
    index = index_of({1: {"values": {"topic": ["music"]}, "unknown": ["age"]}})

    index.remove(1)
    index.remove(99)

    assert index.entries == BitMap()
    assert index.having("topic", ["music"]) == BitMap()
    assert index.unknown["age"] == BitMap()


def test_replace_gives_a_group_its_facts_and_forgets_the_former_ones():
    index = index_of({1: {"values": {"topic": ["music"]}}, 2: {"unknown": ["age"]}})

    index.replace(
        [1, 2, 3],
        [
            ([1, 3], {"values": {"topic": ["sport"]}}),
            ([3], {"ranges": {"age": [1, 2]}}),
        ],
    )

    assert index.entries == BitMap([1, 3])
    assert index.values["topic"] == {"music": BitMap(), "sport": BitMap([1, 3])}
    assert index.ranges["age"] == {(1, 2): BitMap([3])}
    assert index.unknown["age"] == BitMap()


@pytest.mark.parametrize(
    ("offset", "limit"), [(0, 4), (5, 4), (8, 30), (32, 4), (40, 1)]
)
def test_ordered_gives_the_same_page_by_sorting_and_by_walking(
    monkeypatch, offset, limit
):
    monkeypatch.setattr(bitmap_index, "BLOCK", 10)
    index = index_of({entry: {} for entry in range(1, 101)})
    index.set_order("name", range(100, 0, -1))
    selection = BitMap(range(1, 101, 3))

    by_sorting = index.ordered(selection, "name", offset, limit)
    monkeypatch.setattr(bitmap_index, "SORTING_LIMIT", 0)
    by_walking = index.ordered(selection, "name", offset, limit)

    expected = list(range(100, 0, -3))[offset : offset + limit]
    assert (by_sorting, by_walking) == (expected, expected)


def test_ordered_by_groups_counts_each_once_and_puts_the_rest_last():
    index = index_of({entry: {} for entry in range(1, 8)})
    index.set_order("name", range(1, 8))
    groups = [BitMap([5, 6]), BitMap([2, 5])]

    whole = index.ordered_by_groups(BitMap(range(1, 8)), groups, "name", 0, 10)
    later = index.ordered_by_groups(BitMap(range(1, 8)), groups, "name", 2, 3)

    assert whole == [5, 6, 2, 1, 3, 4, 7]
    assert later == [2, 1, 3]

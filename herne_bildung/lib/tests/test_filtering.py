"""Filters without a database: numbers beside their choices, choices nobody knows."""

import pytest
from django import forms
from pyroaring import BitMap

from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.filtering import (
    CodesFilter,
    IndexFilterSet,
    name_strange_choices,
)


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


def test_a_choice_with_a_percent_sign_is_named_as_it_was_typed():
    field = forms.ChoiceField(choices=[("a", "A")])
    name_strange_choices(field, ["100%s"])

    with pytest.raises(forms.ValidationError) as refused:
        field.clean("100%s")

    assert refused.value.messages == ["Diese Auswahl kennen wir nicht: 100%s"]

"""What a process remembers of searches."""

from array import array

import pytest

from herne_bildung.city import search
from herne_bildung.city.actions import index_schools
from herne_bildung.city.models import SearchDocument
from herne_bildung.city.search import Hits, HitsMemory
from herne_bildung.city.tests.factories import make_school

pytestmark = pytest.mark.django_db


def test_hits_are_remembered_in_little_space_until_something_changes():
    first = make_school("Marienschule")
    index_schools()
    memory = HitsMemory()

    found = memory.find_both(1, "school", "marienschule", "", "de")
    second = make_school("Marienschule am Park")
    index_schools()
    again = memory.find_both(1, "school", "marienschule", "", "de")
    later = memory.find_both(2, "school", "marienschule", "", "de")

    assert found == (Hits(array("I", [first.pk])), Hits(()))
    assert again is found
    assert sorted(later[0].ids) == [first.pk, second.pk]


def test_only_the_last_searches_are_remembered(monkeypatch):
    monkeypatch.setattr(search, "KEPT_HITS", 2)
    memory = HitsMemory()

    first = memory.find_both(1, "school", "eins", "", "de")
    for text in ("zwei", "drei"):
        memory.find_both(1, "school", text, "", "de")

    assert memory.find_both(1, "school", "eins", "", "de") is not first


def test_the_first_thousand_are_ranked_and_the_others_come_by_number():
    count = search.RANKED + 4
    SearchDocument.objects.bulk_create(
        SearchDocument(
            kind="other",
            object_id=number,
            **{"terms_a" if number == 500 else "terms_d": "wort"},
        )
        for number in range(count, 0, -1)
    )

    found = search.find("other", "wort", "de").ids

    assert sorted(found) == [*range(1, count + 1)]
    assert found[0] == 500
    others = list(found[search.RANKED :])
    assert others == sorted(others)

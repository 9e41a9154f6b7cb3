"""Every process answers with exactly the committed state."""

import json
import random
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from pyroaring import BitMap

from herne_bildung.lib import clock
from herne_bildung.lib.bitmap_index import OPEN_END, BitmapIndex
from offerings import catalogue
from offerings.actions import INDEX_SQL
from offerings.catalogue import ORDERS, Catalogue
from offerings.models import Offering, OfferingIndex
from offerings.tests.factories import make_offering


@pytest.mark.django_db(transaction=True)
def test_a_process_sees_what_others_committed_and_nothing_else():
    mine = Catalogue()
    mine.refresh()
    written, go_on = threading.Event(), threading.Event()

    def other_process():
        try:
            with transaction.atomic():
                make_offering("Neu", is_free=True)
                written.set()
                go_on.wait(10)
        finally:
            connection.close()

    other = threading.Thread(target=other_process)
    other.start()
    written.wait(10)
    mine.refresh()
    before = mine.index.having("cost", ["free"])
    later = make_offering("Später, aber eher fertig", is_free=True)
    mine.refresh()
    between = mine.index.having("cost", ["free"])
    go_on.set()
    other.join(10)
    mine.refresh()

    assert before == BitMap()
    assert between == BitMap([later.pk])
    assert len(mine.index.having("cost", ["free"])) == 2


@pytest.mark.django_db
def test_without_changes_nothing_is_taken_over_again():
    make_offering("Eins")
    mine = Catalogue()
    mine.refresh()
    generation = mine.generation

    mine.refresh()

    assert mine.generation == generation


def random_facts(chance: random.Random) -> dict:
    """Facts as `facts_of` makes them, with empty parts now and then."""
    facets = {"topic": ["music", "sport"], "day": ["1", "2", "3"], "cost": ["free"]}
    values = {
        facet: chance.sample(codes, chance.randint(1, len(codes)))
        for facet, codes in facets.items()
        if chance.random() < 0.7
    }
    bounds = [chance.choice([None, 0, 12]), chance.choice([None, 12, 24])]
    return {
        "values": values,
        "ranges": {"age": bounds} if chance.random() < 0.8 else {},
        "unknown": [facet for facet in facets if facet not in values],
    }


def expected(facts_by_offering: dict[int, dict]) -> set[tuple]:
    """Every single fact, by plain counting."""
    found = set()
    for offering, facts in facts_by_offering.items():
        found.add((offering,))
        for facet, codes in facts["values"].items():
            found.update((offering, facet, code) for code in codes)
        for facet, (low, high) in facts["ranges"].items():
            end = OPEN_END if high is None else high
            found.add((offering, facet, (low or 0, end)))
        found.update((offering, "unknown", facet) for facet in facts["unknown"])
    return found


def held(index: BitmapIndex) -> set[tuple]:
    """Every single fact that an index holds."""
    groups = {**index.values, **index.ranges, "unknown": index.unknown}
    return {(offering,) for offering in index.entries} | {
        (offering, facet, value)
        for facet, group in groups.items()
        for value, ids in group.items()
        for offering in ids
    }


@pytest.mark.parametrize("many", [1, 50, 10_000])
@pytest.mark.django_db
def test_many_rows_at_once_leave_the_facts_of_each(monkeypatch, many):
    monkeypatch.setattr(catalogue, "MANY", many)
    chance = random.Random(many)
    facts = {offering: random_facts(chance) for offering in range(1, 301)}
    write_index(facts)
    mine = Catalogue()

    mine.refresh()
    first, first_expected = held(mine.index), expected(facts)
    facts |= {offering: random_facts(chance) for offering in range(200, 401)}
    write_index(facts)
    hidden = range(150, 250)
    OfferingIndex.objects.filter(pk__in=hidden).update(is_listed=False)
    mine.refresh()

    assert first == first_expected
    listed = {pk: known for pk, known in facts.items() if pk not in hidden}
    assert held(mine.index) == expected(listed)


def write_index(facts_by_offering: dict[int, dict]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            INDEX_SQL,
            [
                list(facts_by_offering),
                [True] * len(facts_by_offering),
                [json.dumps(facts) for facts in facts_by_offering.values()],
            ],
        )


@pytest.mark.django_db
def test_pages_come_by_name_by_the_next_date_or_the_newest_first():
    later, sooner = clock.now() + timedelta(days=2), clock.now() + timedelta(days=1)
    values = {
        "B": {"next_start": later},
        "C": {"next_start": sooner},
        "A": {"next_start": None},
        "D": {"next_start": sooner, "is_sample": True},
    }
    ids = {name: make_offering(name).pk for name in values}
    for name, changed in values.items():
        Offering.objects.filter(pk=ids[name]).update(**changed)
    mine = Catalogue()
    mine.refresh()

    pages = {order: mine.page(mine.visible(), order, 0, 9) for order in ORDERS}

    names = {pk: name for name, pk in ids.items()}
    assert {order: [names[pk] for pk in page] for order, page in pages.items()} == {
        "name": ["A", "B", "C", "D"],
        "date": ["C", "B", "A", "D"],
        "newest": ["A", "C", "B", "D"],
    }

"""Every process answers with exactly the committed state."""

import threading

import pytest
from django.db import connection, transaction
from pyroaring import BitMap

from offerings.catalogue import Catalogue
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

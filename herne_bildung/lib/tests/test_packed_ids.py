import pytest
from django.db import connection

from herne_bildung.lib.packed_ids import ids_of


@pytest.mark.django_db
def test_numbers_come_as_the_database_packs_them():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(int4send(n), '') FROM unnest(ARRAY[70000, 1, 258]) n"
        )
        [packed] = cursor.fetchone()

    assert list(ids_of(packed)) == [70000, 1, 258]


def test_nothing_is_no_number():
    assert list(ids_of(None)) == []

import pytest

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib import short_numbers


def test_numbers_have_an_end():
    said = [short_numbers.number_in_short(number) for number in (0, 999, 1000)]

    assert said == ["0", "999", "999+"]


@pytest.mark.django_db
def test_rows_are_counted_to_the_end(monkeypatch):
    monkeypatch.setattr(short_numbers, "MOST_COUNTED", 1)
    make_organisation()
    first = short_numbers.counted(Organisation.objects.all())
    make_organisation()

    assert (first, short_numbers.counted(Organisation.objects.all())) == ("1", "1+")

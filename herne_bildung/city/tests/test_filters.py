"""Districts as a filter, for the lists of all apps."""

import pytest
from django.utils.translation import override
from pyroaring import BitMap

from herne_bildung.city import reference
from herne_bildung.city.filters import (
    EVERYWHERE,
    DistrictFilter,
    district_choices,
    district_facts,
)
from herne_bildung.city.tests.factories import make_city, make_district
from herne_bildung.lib.bitmap_index import BitmapIndex

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    """No district of another test."""
    reference.forget()
    yield
    reference.forget()


@pytest.fixture
def wanne():
    """Herne > Wanne (borough) > Wanne and Crange (quarters)."""
    borough = make_district("Wanne", code="wanne")
    make_district("Crange", level="ortsteil", code="crange", parent=borough)
    make_district("Wanne", level="ortsteil", code="wanne", parent=borough)
    return reference.districts()


@pytest.mark.parametrize(
    ("language", "borough", "quarter"),
    [
        ("de", "Stadtbezirk", "Ortsteil"),
        ("de-simple", "Stadt-Bezirk", "Orts-Teil"),
        ("en", "borough (Stadtbezirk)", "quarter (Ortsteil)"),
        ("ar", "منطقة المدينة (Stadtbezirk)", "الحيّ (Ortsteil)"),
    ],
)
def test_choices_of_one_name_show_their_level(wanne, language, borough, quarter):
    with override(language):
        assert district_choices(language, wanne) == (
            ("stadt-herne", "Herne", 0),
            ("stadtbezirk-wanne", f"Wanne – {borough}", 1),
            ("ortsteil-crange", "Crange", 2),
            ("ortsteil-wanne", f"Wanne – {quarter}", 2),
        )


def test_choices_follow_a_new_name(wanne):
    with override("de"):
        district_choices("de", wanne)
        district = make_city().children.get()
        district.name = "Wanne-Nord"
        district.save()

        assert [
            label for _, label, _ in district_choices("de", reference.districts())
        ] == ["Herne", "Wanne-Nord", "Crange", "Wanne"]


def test_facts_of_a_district_are_those_above_and_perhaps_those_below(wanne):
    borough = wanne.by_key["stadtbezirk-wanne"]

    assert district_facts(borough, is_guessed=False) == {
        "stadt-herne",
        "stadtbezirk-wanne",
        "?ortsteil-crange",
        "?ortsteil-wanne",
    }


def test_of_a_guessed_district_only_the_city_is_sure(wanne):
    quarter = wanne.by_key["ortsteil-crange"]

    assert district_facts(quarter, is_guessed=True) == {
        "stadt-herne",
        "?stadtbezirk-wanne",
        "?ortsteil-crange",
    }
    assert district_facts(wanne.by_key["stadt-herne"], is_guessed=True) == {
        "stadt-herne",
        "?stadtbezirk-wanne",
        "?ortsteil-crange",
        "?ortsteil-wanne",
    }


@pytest.mark.parametrize(
    ("keys", "sure", "maybe"),
    [
        (["ortsteil-crange"], [1, 4], [2, 3, 5]),
        (["ortsteil-wanne"], [4], [3, 5]),
        (["ortsteil-crange", "ortsteil-wanne"], [1, 4], [2, 3, 5]),
        (["stadtbezirk-wanne"], [1, 3, 4], [2, 5]),
        (["stadt-herne"], [1, 2, 3, 4], [5]),
    ],
)
def test_filter_finds_those_below_and_those_for_everywhere(wanne, keys, sure, maybe):
    quarter, borough = (
        wanne.by_key["ortsteil-crange"],
        wanne.by_key["stadtbezirk-wanne"],
    )
    facts = {
        1: district_facts(quarter, is_guessed=False),
        2: district_facts(quarter, is_guessed=True),
        3: district_facts(borough, is_guessed=False),
        4: {EVERYWHERE},
    }
    index = BitmapIndex()
    for entry, known in facts.items():
        index.put(entry, {"values": {"district": known}})
    index.put(5, {"unknown": ["district"]})

    narrowing = DistrictFilter("district").narrow(index, keys)

    assert (narrowing.sure, narrowing.unknown) == (BitMap(sure), BitMap(maybe))


def test_field_understands_former_keys(wanne):
    make_city().children.get().aliases.create(key="stadtbezirk-alt")
    reference.districts()

    cleaned = DistrictFilter("district").field.clean(["stadtbezirk-alt"])

    assert cleaned == ["stadtbezirk-wanne"]

import xml.etree.ElementTree as ElementTree
from decimal import Decimal

import pytest
from django.utils import translation

from herne_bildung.lib.localized import Text
from monitoring.drawing.maps import (
    Place,
    class_of,
    district_map,
    limits_of,
    placeholder_note,
)
from monitoring.drawing.svg import NAMESPACE
from monitoring.drawing.tests.examples import square
from monitoring.drawing.tests.series import point, subject

TAG = f"{{{NAMESPACE}}}"


def drawn(values, *, is_placeholder=False, width=760):
    places = [
        Place(
            Text(name),
            square(7 + at / 10),
            None if value is None else point("2022", value),
            is_placeholder,
        )
        for at, (name, value) in enumerate(values.items())
    ]
    with translation.override("de"):
        chart = district_map(
            "probe", subject(), "2022", places, width=width, source="Amt, frei"
        )
        return ElementTree.fromstring(chart.file())


def fills(chart):
    """What fills each district: a strength of colour, or a pattern."""
    paths = chart.findall(f"{TAG}path[{TAG}title]")
    return [one.get("fill-opacity") or one.get("fill") for one in paths]


def words(chart):
    return [one.text.replace("\xa0", " ") for one in chart.findall(f"{TAG}text")]


def test_the_higher_the_darker_and_each_state_has_its_pattern():
    chart = drawn({"A": 1, "B": 10, "C": "·", "D": "…", "E": "x", "F": None})

    assert fills(chart) == [
        "0.05",
        "0.6",
        "url(#probe-secret)",
        "url(#probe-missing)",
        "url(#probe-none)",
        "url(#probe-missing)",
    ]
    assert {one.get("id") for one in chart.iter(f"{TAG}pattern")} == {
        "probe-secret",
        "probe-missing",
        "probe-none",
    }


def test_names_and_values_stand_in_the_areas_where_they_fit():
    assert words(drawn({"A": 1, "B": "·"}))[:4] == ["A", "1,0 %", "B", "·"]


def test_where_names_do_not_fit_numbers_lead_to_them():
    names = [f"Ein langer Name {number}" for number in range(13)]

    found = words(drawn(dict.fromkeys(names, 3), width=320))

    assert found[:13] == [str(number) for number in range(1, 14)]
    assert found[13] == "1  Ein langer Name 0: 3,0 %"


def test_placeholders_and_source_stand_on_the_picture():
    with translation.override("de"):
        note = placeholder_note()

    official = words(drawn({"A": 1}))
    placeholder = drawn({"A": 1}, is_placeholder=True)

    assert note not in official
    assert [official[-1], *words(placeholder)[-2:]] == ["Amt, frei", note, "Amt, frei"]
    assert note in placeholder.find(f"{TAG}desc").text


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ([], []),
        (["7"], ["7", "8"]),
        (["1", "10"], ["0", "2.5", "5.0", "7.5", "10.0"]),
        (["5.2", "24.1"], ["5", "10", "15", "20", "25"]),
        (["-3", "4"], ["-4", "-2", "0", "2", "4"]),
    ],
)
def test_classes_have_round_limits(values, limits):
    found = limits_of(list(map(Decimal, values)))

    assert found == list(map(Decimal, limits))


def test_a_limit_belongs_to_the_class_above_the_highest_to_the_last():
    limits = list(map(Decimal, (0, 5, 10)))

    assert [class_of(Decimal(value), limits) for value in (0, 4, 5, 10)] == [1, 1, 2, 2]

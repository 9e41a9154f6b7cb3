import xml.etree.ElementTree as ElementTree

import pytest
from django.utils import translation

from herne_bildung.lib.localized import Text
from monitoring.choices import ValueState
from monitoring.drawing.bars import Row, bar_chart, in_order
from monitoring.drawing.svg import NAMESPACE
from monitoring.drawing.tests.series import point, subject

TAG = f"{{{NAMESPACE}}}"


def drawn(values, language="de", width=760):
    rows = [
        Row(
            Text(name), None if value is None else point("2022", value), name == "Herne"
        )
        for name, value in values.items()
    ]
    with translation.override(language):
        chart = bar_chart("probe", subject(language), "2022", rows, width=width)
        return ElementTree.fromstring(chart.file())


def bars(chart):
    """Beginning and length of each bar; the first box is the paper."""
    return [
        (float(one.get("x")), float(one.get("width")))
        for one in chart.findall(f"{TAG}rect")[1:]
    ]


def words(chart):
    return [one.text.replace("\xa0", " ") for one in chart.findall(f"{TAG}text")]


def test_the_largest_comes_first_and_lengths_are_shares_of_it():
    chart = drawn({"Bochum": 10, "Herne": 20, "Hagen": 5})

    starts, lengths = zip(*bars(chart), strict=True)
    assert words(chart) == ["Herne", "20,0 %", "Bochum", "10,0 %", "Hagen", "5,0 %"]
    assert len(set(starts)) == 1
    assert [one / lengths[0] for one in lengths] == pytest.approx([1, 0.5, 0.25], 0.01)


def test_without_a_value_the_state_is_written_and_nothing_has_a_length():
    with translation.override("de"):
        states = [str(state.label) for state in list(ValueState)[1:]]

    chart = drawn({"Herne": 0, "A": "·", "B": "…", "C": "x", "D": None})

    assert words(chart) == [
        "Herne", "0 %", "A", states[0], "B", states[1], "C", states[2], "D", states[1],
    ]  # fmt: skip
    assert [length for _, length in bars(chart)] == [0]


def test_values_below_zero_reach_the_other_way():
    (start, length), (low, below) = bars(drawn({"A": 10, "B": -10}))

    assert (round(low + below, 1), below) == (start, length)


def test_right_to_left_is_the_mirrored_picture():
    values = {"1": 4, "2": 2, "3": -1}

    mirrored = [
        (760 - x - length, length) for x, length in bars(drawn(values, language="ar"))
    ]

    assert sum(mirrored, ()) == pytest.approx(sum(bars(drawn(values)), ()), abs=0.11)


def test_schools_stand_by_name_after_the_city():
    rows = [
        Row(Text(name), point("2022", value), name == "Herne")
        for name, value in (("B-Schule", 9), ("A-Schule", 3), ("Herne", 5))
    ]

    found = in_order(rows, is_ranked=False)

    assert [row.label.text for row in found] == ["Herne", "A-Schule", "B-Schule"]

import xml.etree.ElementTree as ElementTree

import pytest
from django.utils import translation
from django.utils.translation import gettext

from monitoring.choices import BreakKind, ValueState
from monitoring.drawing.lines import apart, line_chart
from monitoring.drawing.marks import MOST_SERIES
from monitoring.drawing.svg import NAMESPACE
from monitoring.drawing.tests.series import series, subject

WIDTH = 760
TAG = f"{{{NAMESPACE}}}"


def drawn(*shown, about=None, language="de", width=WIDTH):
    with translation.override(language):
        chart = line_chart("probe", about or subject(language), shown, width=width)
        return ElementTree.fromstring(chart.file())


def lines(chart):
    """Each series as runs of places, as its path draws them."""
    return [
        [
            [tuple(map(float, place.split())) for place in run.split("L")]
            for run in path.get("d").split("M")[1:]
        ]
        for path in chart.findall(f"{TAG}path")
        if path.get("fill") == "none"
    ]


def over_time():
    with translation.override("de"):
        return gettext("Over time")


def shape(chart):
    """How many values each run of the first line joins."""
    return [len(run) for run in lines(chart)[0]] if lines(chart) else []


def test_a_line_has_the_places_of_its_values():
    assert lines(drawn(series("Herne", 2021, 0, 10, 20))) == [
        [[(46.6, 330.0), (365.9, 180.0), (685.2, 30.0)]]
    ]


@pytest.mark.parametrize("gap", ["·", "…", "x", None])
def test_a_line_ends_where_a_value_is_not_there(gap):
    chart = drawn(series("Herne", 2018, 1, 2, gap, 3, 4, 5))

    assert shape(chart) == [2, 3]


def test_a_line_ends_at_a_break_and_runs_through_an_exceptional_year():
    about = subject("de", ("break", "2020"), ("exceptional", "2022"))

    chart = drawn(series("Herne", 2018, 1, 2, 3, 4, 5, 6), about=about)

    assert shape(chart) == [2, 4]


def test_a_break_stands_halfway_between_its_periods():
    about = subject("de", ("break", "2021"))

    chart = drawn(series("Herne", 2020, 1, 3), about=about)

    dashed = next(
        one
        for one in chart.findall(f"{TAG}line")
        if one.get("stroke-dasharray") == "4 4"
    )
    values = [
        one
        for one in chart.findall(f"{TAG}circle")
        if one.find(f"{TAG}title") is not None
    ]
    first, second = (float(one.get("cx")) for one in values)
    middle = round((first + second) / 2, 1)
    assert [float(dashed.get("x1")), float(dashed.get("x2"))] == [middle, middle]


def test_what_is_secret_has_a_mark_below_the_axis_and_no_place_on_the_scale():
    chart = drawn(series("Herne", 2019, 5, "·", 7))

    [box] = [one for one in chart.findall(f"{TAG}rect") if one.get("width") == "9"][:1]
    lowest = max(
        float(one.get("y1"))
        for one in chart.findall(f"{TAG}line")
        if one.get("stroke") == "#4c595c"
    )
    tooltips = [one.text for one in chart.iter(f"{TAG}title")][1:]
    assert float(box.get("y")) > lowest
    assert tooltips == [
        "Herne, 2019: 5,0\N{NO-BREAK SPACE}%",
        "Herne, 2021: 7,0\N{NO-BREAK SPACE}%",
    ]


def test_all_that_is_secret_leaves_the_picture_of_one_without_values():
    """Only its mark in time is there: no place and no length depends on a value."""
    secret = drawn(
        series("Herne", 2019, 5, 6, 7), series("Bochum", 2019, "·", "·", "·")
    )
    values = drawn(series("Herne", 2019, 5, 6, 7))

    assert lines(secret) == lines(values)


def test_right_to_left_is_the_mirrored_picture():
    shown = series("1", 2018, 1, 2, "…", 3, 4)

    [left] = lines(drawn(shown))
    [right] = lines(drawn(shown, about=subject("ar"), language="ar"))

    assert [[(round(WIDTH - x, 1), y) for x, y in run] for run in right] == left


def test_more_than_five_series_are_left_out():
    many = [series(f"Ort {number}", 2020, number, number) for number in range(8)]

    assert len(lines(drawn(*many))) == MOST_SERIES


def test_series_differ_without_colour():
    chart = drawn(*[series(f"Ort {at}", 2020, at, at + 1) for at in range(5)])

    paths = [one for one in chart.findall(f"{TAG}path") if one.get("fill") == "none"]
    assert len({one.get("stroke-dasharray") for one in paths}) == MOST_SERIES


@pytest.mark.parametrize(
    "values", [(), (3,), ("·",), (0, 0), (-5, 5), (1, None, None, 9)]
)
@pytest.mark.parametrize("width", [320, 760])
def test_any_series_can_be_drawn(values, width):
    chart = drawn(series("Herne", 2020, *values), width=width)

    assert float(chart.get("width")) == width


def test_the_description_says_all_values_and_remarks():
    about = subject("de", ("break", "2021"))

    chart = drawn(series("Herne", 2020, 1.5, "·", 0), about=about)

    with translation.override("de"):
        title, secret, kind = over_time(), ValueState.SUPPRESSED.label, BreakKind.BREAK
        assert chart.find(f"{TAG}title").text == f"Anteil – {title}"
        assert chart.find(f"{TAG}desc").text == (
            f"Herne – 2020: 1,5\N{NO-BREAK SPACE}%, 2021: {secret}, "
            "2022: 0\N{NO-BREAK SPACE}%. "
            f"1: {kind.label}, 2021. Grund 2021"
        )


def test_hostile_names_are_text():
    name = '</text><script>alert("x")</script>\x00\x0b&amp;'

    chart = drawn(series(name, 2020, 1, 2), about=subject("de", name_de=name))

    assert chart.find(f".//{TAG}script") is None
    shown = '</text><script>alert("x")</script>&amp;'
    assert chart.find(f"{TAG}title").text == f"{shown} – {over_time()}"


def test_names_are_moved_apart_and_stay_inside():
    assert apart([10, 12, 95], [18, 18, 18], 0, 100) == [10, 28, 82]

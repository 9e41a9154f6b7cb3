import xml.etree.ElementTree as ElementTree

from django.utils import translation

from monitoring.choices import ValueState
from monitoring.drawing.multiples import MOST_PANELS, small_multiples
from monitoring.drawing.svg import NAMESPACE
from monitoring.drawing.tests.series import series, subject

TAG = f"{{{NAMESPACE}}}"


def drawn(shown, reference=None, width=760, about=None):
    with translation.override("de"):
        chart = small_multiples(
            "probe", about or subject(), shown, reference, width=width
        )
        return ElementTree.fromstring(chart.file())


def heights(chart):
    """How far up each line goes, in each of its places."""
    found = []
    for path in chart.findall(f"{TAG}path"):
        if path.get("stroke-dasharray") is None:
            places = path.get("d")[1:].replace("M", "L").split("L")
            ys = [float(place.split()[1]) for place in places]
            found.append([round(ys[0] - y, 1) for y in ys])
    return found


def test_all_areas_have_the_same_scale():
    chart = drawn([series("A", 2020, 0, 10), series("B", 2020, 0, 5)])

    assert heights(chart) == [[0, 90], [0, 45]]


def test_lines_end_at_a_break_and_where_a_value_is_secret():
    about = subject("de", ("break", "2022"))

    chart = drawn([series("A", 2018, 1, 1, "·", 1, 1, 1)], about=about)

    lines = [one for one in chart.findall(f"{TAG}path") if one.get("fill") == "none"]
    assert [one.get("d").count("M") for one in lines] == [2]


def test_an_area_without_values_says_so():
    with translation.override("de"):
        state = str(ValueState.NOT_AVAILABLE.label)

    chart = drawn([series("A", 2020, 1, 2), series("B", 2020, "…", "…")])

    assert [one.text for one in chart.findall(f"{TAG}text")].count(state) == 1


def test_there_are_never_too_many():
    many = [series(f"A{number}", 2020, 1, 2) for number in range(MOST_PANELS + 5)]

    assert len(heights(drawn(many))) == MOST_PANELS

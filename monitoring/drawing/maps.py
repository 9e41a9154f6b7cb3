"""Districts on a map: the higher the value, the stronger its colour. A state without a
value has a pattern of its own, and no colour.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from herne_bildung.lib import time_periods
from herne_bildung.lib.geo import middle
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, german
from herne_bildung.lib.map_canvas import Canvas, rings
from monitoring.choices import ValueState
from monitoring.drawing import around, marks
from monitoring.drawing.legend import STATES, legend
from monitoring.drawing.lettering import width_of
from monitoring.drawing.pen import LINE_HEIGHT, SMALL, Pen
from monitoring.drawing.picture import Drawing
from monitoring.drawing.scale import round_step
from monitoring.drawing.subject import Subject
from monitoring.drawing.svg import element
from monitoring.in_words import ShownValue
from monitoring.series import Point

EDGE = 8
MOVE = f"translate({EDGE} {EDGE})"
# One class more than steps, where neither end is round; five strengths of colour.
STEPS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A district, its GeoJSON geometry, and its value; None where the release says
    nothing of it.
    """

    label: Text
    shape: dict[str, Any]
    point: Point | None
    is_placeholder: bool = False

    @property
    def state(self) -> ValueState:
        return ValueState.NOT_AVAILABLE if self.point is None else self.point.state


def district_map(
    name: str,
    subject: Subject,
    period: str,
    places: Sequence[Place],
    *,
    width: float,
    source: str = "",
    neighbours: Sequence[tuple[Text, dict[str, Any]]] = (),
) -> Drawing:
    """`source` names the shapes and their licence: it stands on every map.
    `neighbours` lie around it: names and shapes without values.
    """
    pen = Pen(width, subject.language)
    frame = around.frame_of(
        [place.shape for place in places], around.MARGIN if neighbours else 0
    )
    canvas = Canvas([around.box(frame)], width - 2 * EDGE)
    write_names = around.draw(pen, canvas, neighbours, frame, EDGE)
    shown = [subject.shown(place.point) for place in places]
    limits = limits_of([p.point.value for p in places if p.state == ValueState.VALUE])
    for place, said in zip(places, shown, strict=True):
        _fill(pen, canvas, place, f"{place.label}: {said}", name, limits)
    below = _labels(pen, canvas, places, shown)
    for write in write_names:
        write()
    outlines = outlines_of(subject, neighbours)
    rows = [
        *_legend(subject, places, limits),
        *outlines,
        *_notes(subject, places, source),
    ]
    height = legend(pen, below, rows, name)
    title = f"{subject.name} – {_('Map')}, {time_periods.in_words(period)}"
    said = "; ".join(
        f"{subject.named(place.label)}: {value}"
        for place, value in zip(places, shown, strict=True)
    )
    notes = [placeholder_note()] if has_placeholders(places) else []
    notes += [f"{words}." for _sign, words in outlines]
    return Drawing(
        name,
        title,
        f"{said}. {' '.join(notes)}" if notes else said,
        subject.language,
        width,
        height,
        tuple(pen.parts),
        marks.patterns(name),
    )


def limits_of(values: Sequence[Decimal]) -> list[Decimal]:
    """Classes of equal steps with round limits, five at most; each limit once."""
    if not values:
        return []
    low, high = min(values), max(values)
    step = round_step((high - low) / STEPS) if low < high else Decimal(1)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * number for number in range(first, max(last, first + 1) + 1)]


def class_of(value: Decimal, limits: Sequence[Decimal]) -> int:
    """The number of its class, from 1; the highest limit belongs to the last."""
    passed = sum(1 for limit in limits[:-1] if value >= limit)
    return max(1, passed)


def strength(number: int, limits: Sequence[Decimal]) -> int:
    """Fewer classes are drawn with strengths further apart."""
    classes = len(limits) - 1
    if classes == 1:
        return 3
    return 1 + round((number - 1) * 4 / (classes - 1))


def has_placeholders(places: Sequence[Place]) -> bool:
    return any(place.is_placeholder for place in places)


def placeholder_note() -> str:
    return _("These borders are placeholders, not official ones.")


def _fill(
    pen: Pen, canvas: Canvas, place: Place, tooltip: str, name: str, limits: list
) -> None:
    path, move = canvas.path(place.shape), MOVE
    if place.state == ValueState.VALUE:
        number = strength(class_of(place.point.value, limits), limits)
        look, fill = f"area-{number}", None
    else:
        look, fill = "", marks.pattern_fill(name, place.state)
    title = element("title", tooltip)
    pen.add(element("path", title, look=look, d=path, fill=fill, transform=move))


def _labels(
    pen: Pen, canvas: Canvas, places: Sequence[Place], shown: Sequence[ShownValue]
) -> float:
    """Name and value in each area; where they do not fit, numbers, and the names
    below. A map is never mirrored. Where the next thing may begin.
    """
    spots = []
    for place in places:
        x, y = canvas.place(middle(place.shape))
        spots.append((x + EDGE, y + EDGE))
    fits = all(
        0.85 * _room(canvas, place) >= max(width_of(place.label.text, SMALL), 40)
        for place in places
    )
    firsts = [
        place.label if fits else Text(str(at)) for at, place in enumerate(places, 1)
    ]
    for place, first, spot in zip(places, firsts, spots, strict=True):
        if place.state != ValueState.VALUE:
            _ground(pen, spot, first, is_low=fits)
    for place in places:
        path = canvas.path(place.shape)
        pen.add(element("path", look="border", d=path, transform=MOVE))
    for first, said, (x, y) in zip(firsts, shown, spots, strict=True):
        if fits:
            _word(pen, (x, y - 2), first, "text")
            _word(pen, (x, y + 15), Text(said.text), "strong")
        else:
            _word(pen, (x, y + 5), first, "text")
    bottom = canvas.height + 2 * EDGE + 6
    return bottom if fits else _key(pen, bottom, places, shown)


def _word(pen: Pen, place: tuple[float, float], words: Text, look: str) -> None:
    x, y = place
    # The map is not mirrored: the pen's mirror is undone.
    pen.text((pen.x(x), y), words, f"{look} halo", anchor="middle", size=SMALL)


def _ground(pen: Pen, middle_of_it: tuple, words: Text, *, is_low: bool) -> None:
    """Paper below letters that stand on a pattern."""
    (x, y), width = middle_of_it, width_of(words.text, SMALL) + 8
    height = 36 if is_low else 18
    place = (x - width / 2, y - 16 if is_low else y - 9)
    pen.add(
        element(
            "rect",
            look="pattern-ground",
            x=place[0],
            y=place[1],
            width=width,
            height=height,
            rx=3,
        )
    )


def _room(canvas: Canvas, place: Place) -> float:
    """How wide an area is."""
    across = [point[0] for ring in rings(place.shape) for point in ring]
    return (max(across) - min(across)) * canvas.units_a_degree


def _key(
    pen: Pen, top: float, places: Sequence[Place], shown: Sequence[ShownValue]
) -> float:
    """Number, name and value of each area, in columns."""
    lines = [
        Text(f"{at}  {place.label}: {said}")
        for at, (place, said) in enumerate(zip(places, shown, strict=True), 1)
    ]
    widest = max(width_of(line.text, SMALL) for line in lines) + 2 * EDGE
    columns = max(1, int((pen.width - EDGE) / widest))
    rows = -(-len(lines) // columns)
    room = (pen.width - 2 * EDGE) / columns
    for at, line in enumerate(lines):
        column, row = divmod(at, rows)
        place = (EDGE + column * room, top + 14 + row * LINE_HEIGHT)
        pen.text(place, line, size=SMALL)
    return top + rows * LINE_HEIGHT + 12


def outlines_of(
    subject: Subject, neighbours: Sequence[tuple[Text, dict[str, Any]]]
) -> list[tuple[str, str]]:
    """What the outlines around a map are, for its legend."""
    if not neighbours:
        return []
    names = listed(subject.named(name) for name, _shape in neighbours)
    words = _("Neighbours, outlines without values: %(names)s") % {"names": names}
    return [("neighbour", words)]


def _legend(
    subject: Subject, places: Sequence[Place], limits: list[Decimal]
) -> list[tuple[str, str | Text]]:
    rows: list[tuple[str, str | Text]] = []
    for number, (low, high) in enumerate(pairwise(limits), 1):
        ends = {"low": subject.limit(low), "high": subject.limit(high)}
        is_last = number == len(limits) - 1
        words = _("%(low)s to %(high)s") if is_last else _("%(low)s to under %(high)s")
        rows.append((f"area-{strength(number, limits)}", words % ends))
    states = {place.state for place in places}
    rows += [
        (sign, str(state.label)) for sign, state in STATES.items() if state in states
    ]
    return [*rows, ("", subject.unit_and_direction())]


def _notes(
    subject: Subject, places: Sequence[Place], source: str
) -> list[tuple[str, str | Text]]:
    rows: list[tuple[str, str | Text]] = []
    if has_placeholders(places):
        rows.append(("", placeholder_note()))
    if source:
        rows.append(("", german(source, subject.language)))
    return rows

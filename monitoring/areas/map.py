"""Where a district lies: the districts of its level, itself emphasised."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from herne_bildung.city.models import District
from herne_bildung.lib.geo import middle
from herne_bildung.lib.localized import Text
from herne_bildung.lib.map_canvas import Canvas
from monitoring.areas.hierarchy import Part, shapes
from monitoring.choices import Level
from monitoring.drawing.legend import legend
from monitoring.drawing.lettering import width_of
from monitoring.drawing.maps import placeholder_note
from monitoring.drawing.pen import SMALL, Pen
from monitoring.drawing.picture import Drawing
from monitoring.drawing.svg import element

BROAD, NARROW, EDGE = 620, 320, 8
MOVE = f"translate({EDGE} {EDGE})"
OTHERS, EMPHASISED = "area-1", "area-5"


class AreaMap:
    """The districts of a level; `shown` is emphasised, on the map of all the city
    none. Areas that have no shape show the one they lie in.
    """

    def __init__(
        self, districts: Sequence[District], shown: Part | None, language: str
    ):
        self.districts = districts
        self.shown = shown
        self.language = language

    @property
    def has_placeholders(self) -> bool:
        quality = District.ShapeQuality.PLACEHOLDER
        return any(one.shape_quality == quality for one in self.districts)

    @property
    def notice(self) -> str:
        return placeholder_note() if self.has_placeholders else ""

    @property
    def source(self) -> str:
        found = {(one.source_title, one.licence) for one in self.districts}
        return "; ".join(", ".join(filter(None, pair)) for pair in sorted(found))

    @property
    def broad(self) -> Drawing:
        return self.drawn("area-broad", BROAD)

    @property
    def narrow(self) -> Drawing:
        return self.drawn("area-narrow", NARROW)

    @property
    def for_print(self) -> Drawing:
        """Without the reader's own words: Typst cannot write Arabic in a drawing."""
        return self.drawn("area-print", BROAD, has_notice=False)

    def drawn(self, name: str, width: float, *, has_notice: bool = True) -> Drawing:
        """The area has its name, the others numbers with their names below."""
        pen = Pen(width, self.language)
        canvas = Canvas([one.shape for one in self.districts], width - 2 * EDGE)
        chosen = self.shown and self.shown.area.district_id
        for one in self.districts:
            path = canvas.path(one.shape)
            look = EMPHASISED if one.pk == chosen else OTHERS
            title = element("title", one.name)
            pen.add(element("path", title, look=look, d=path, transform=MOVE))
        for one in self.districts:
            path = canvas.path(one.shape)
            pen.add(element("path", look="border", d=path, transform=MOVE))
        rows: list[tuple[str, str | Text]] = []
        for number, one in enumerate(self.districts, 1):
            x, y = canvas.place(middle(one.shape))
            is_named = one.pk == chosen
            words = one.name if is_named else str(number)
            if not is_named:
                rows.append(("", Text(f"{number}  {one.name}", "de", "ltr")))
            # The map is not mirrored: the pen's mirror is undone.
            half = width_of(words, SMALL) / 2 + 4
            x = min(max(x + EDGE, half), width - half)
            look = "strong halo" if is_named else "text halo"
            place = (pen.x(x), y + EDGE + 5)
            entry = Text(words, "de" if is_named else "", "ltr")
            pen.text(place, entry, look, anchor="middle", size=SMALL)
        if self.notice and has_notice:
            rows.append(("", self.notice))
        if self.source:
            rows.append(("", Text(self.source, "de", "ltr")))
        height = legend(pen, canvas.height + 2 * EDGE + 6, rows)
        return Drawing(
            name,
            self.title,
            self.description,
            self.language,
            width,
            height,
            tuple(pen.parts),
        )

    @property
    def title(self) -> str:
        if self.shown is None:
            return _("Map of the areas")
        return _("Where %(area)s lies") % {"area": self.shown.area.name}

    @property
    def description(self) -> str:
        names = ", ".join(one.name for one in self.districts)
        return f"{names}. {self.notice}".strip()


def area_map(part: Part, language: str) -> AreaMap | None:
    """The map of an area: among those of its level; the city with its quarters. One
    query; None where no shape is known.
    """
    if not part.above:
        found, shown = shapes(Level.QUARTER), None
    else:
        chain = [part, *part.above[:-1]]
        shown = next((one for one in chain if one.has_shape), None)
        found = shapes(shown.area.level) if shown else []
    return AreaMap(found, shown, language) if found else None

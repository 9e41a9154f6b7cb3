"""A chart as a file of its own: it says what it shows, whose data these are, and
whether they still hold. SVG with attributes only; PNG is made of it by Typst.
"""

import typst
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.pdf import fonts
from monitoring.choices import ReleaseState
from monitoring.drawing.material import Material
from monitoring.drawing.page_charts import BROAD, Chart
from monitoring.drawing.pen import LINE_HEIGHT, SMALL, Pen
from monitoring.drawing.picture import Drawing
from monitoring.drawing.svg import element
from monitoring.in_words import release_url
from monitoring.models import Release

MARGIN, TITLE = 20, 19
WIDTH = BROAD + 2 * MARGIN
ROOM = WIDTH - 2 * MARGIN
# PNG: twice as many dots as units, 2,000 at most.
SHARPEST, LARGEST = 2.0, 2000
POINTS_AN_INCH = 72
PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")"""


def chart_file(chart: Chart, material: Material) -> Drawing:
    """The chart with title, remarks, source, licence and state around it."""
    inside = chart.draw(chart.key, BROAD)
    pen = Pen(WIDTH, material.language)
    top = _head(pen, material.subject.name, inside.title)
    move = f"translate({MARGIN} {top:g})"
    pen.add(element("g", *inside.body, transform=move))
    y = top + inside.height + LINE_HEIGHT
    for mark in chart.marks:
        words = f"{mark.number}: {mark.title}"
        y = pen.paragraph((MARGIN, y), words, ROOM, "strong", size=SMALL)
        if mark.reason:
            y = pen.paragraph((MARGIN, y), mark.reason, ROOM, size=SMALL)
    height = _foot(pen, y + 4, material.release, material.language)
    return Drawing(
        chart.key,
        inside.title,
        inside.description,
        material.language,
        WIDTH,
        height,
        tuple(pen.parts),
        inside.definitions,
    )


def withdrawn_file(key: str, release: Release, language: str) -> Drawing:
    """Instead of any chart of a withdrawn release: why there are no figures."""
    pen = Pen(WIDTH, language)
    name = localized_entry(release.indicator, "name", language)
    y = pen.paragraph((MARGIN, MARGIN + TITLE), name, ROOM, "strong", size=TITLE)
    said = [
        Text(_("This release was withdrawn. It shows no figures.")),
        localized_entry(release, "withdrawn_because", language),
    ]
    for words in said:
        y = pen.paragraph((MARGIN, y + 8), words, ROOM)
    height = _foot(pen, y + 8, release, language)
    description = " ".join(map(str, said))
    return Drawing(
        key, name.text, description, language, WIDTH, height, tuple(pen.parts)
    )


def png(drawing: Drawing) -> bytes:
    """The same as dots, with our own fonts (no program of the system is needed)."""
    largest = max(drawing.width, drawing.height)
    scale = min(SHARPEST, LARGEST / largest)
    return typst.compile(
        PAGE,
        format="png",
        # A unit of SVG is three quarters of a point.
        ppi=POINTS_AN_INCH * scale * 4 / 3,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": drawing.file()},
    )


def _head(pen: Pen, name: Text, title: str) -> float:
    """Name of the indicator, of whom, what the picture is; where it may begin."""
    place = (MARGIN, MARGIN + TITLE)
    y = pen.paragraph(place, name, ROOM, "strong", size=TITLE, height=TITLE + 6)
    return pen.paragraph((MARGIN, y), title.removeprefix(f"{name} – "), ROOM, "quiet")


def _foot(pen: Pen, y: float, release: Release, language: str) -> float:
    """Source, licence, state and permanent address; the height of the file."""
    indicator = release.indicator
    pen.line((MARGIN, y - 8), (WIDTH - MARGIN, y - 8), "grid")
    y += LINE_HEIGHT - 4
    source = ", ".join(filter(None, [indicator.source_title, indicator.licence]))
    if source:
        words = f"{_('Source')}: {source}"
        y = pen.paragraph((MARGIN, y), words, ROOM, "quiet", size=SMALL)
    for words in (state_in_words(release, language), made_up(release)):
        if words:
            y = pen.paragraph((MARGIN, y), words, ROOM, "quiet", size=SMALL)
    url = f"{settings.PUBLIC_ADDRESS}{release_url(indicator, release.number)}"
    words = Text(f"Lernen! in Herne, {url}", "de", "ltr")
    y = pen.paragraph((MARGIN, y), words, ROOM, "quiet", size=SMALL)
    return y - LINE_HEIGHT + MARGIN


def state_in_words(release: Release, language: str) -> str:
    """Number, state and first day of a release."""
    state = ReleaseState(release.state).label
    day = day_in_words(localtime(release.published_at).date(), language)
    number = _("Release %(number)s") % {"number": release.number}
    return f"{number} ({day}): {state}"


def made_up(release: Release) -> str:
    if release.is_sample or release.indicator.is_sample:
        return _("This is made up. It only shows what the portal can do.")
    return ""

"""The sitemap: every public page in every language, real entries only.

All pages stand in one file while they are few; then `/sitemap.xml` becomes an index of
files by section (sitemaps.org allows 50,000 addresses a file).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse

from counselling.models import CounsellingOffice, Route
from goals.models import (
    Body,
    Conference,
    CouncilPaper,
    Goal,
    NewsItem,
    Period,
    Report,
)
from herne_bildung.city.models import Organisation, School
from herne_bildung.lib import clock
from herne_bildung.lib.languages import CODES, DEFAULT_LANGUAGE
from monitoring.models import Area, Finding, Indicator, Instrument
from offerings.centres.offers import listed as listed_centres
from offerings.models import Offering

# Each entry is one address in every language, and each names all the others.
ENTRIES_IN_A_FILE = 1000
# As many as sitemaps.org allows.
FILES_IN_AN_INDEX = 50_000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
A_PERIOD = "2000-2000"
PAGES = (
    "home",
    "offerings",
    "family",
    "welcome_visit",
    "new_in_herne",
    "family_centres",
    "schools",
    "offices",
    "finder",
    "routes",
    "goals",
    "mission",
    "lineage",
    "papers",
    "conferences",
    "reports",
    "news",
    "monitoring",
    "areas",
    "surveys",
    "findings",
    "network",
    "directory",
    "about",
    "accessibility",
    "privacy",
    "imprint",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its path without the language, and when it changed."""

    path: str
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one kind: rows with `updated_at` and a `column` that holds their part of
    a named address. `mark` is a value such an address can have.
    """

    name: str
    address: str
    rows: Callable[[], QuerySet]
    column: str = "slug"
    mark: str = "slug-of-the-entry"

    def count(self) -> int:
        return self.rows().count()

    def entries(self, start: int, limit: int) -> Iterator[Entry]:
        """So many entries from `start` on, in an order that new ones do not change."""
        path = without_language(reverse(self.address, args=[self.mark]))
        rows = self.rows().order_by("pk").values_list(self.column, "updated_at")
        for part, changed_at in rows[start : start + limit]:
            yield Entry(path.replace(self.mark, part), changed_at)


def years(of: str = "") -> Concat:
    """The part of an address that names a period: "2013-2017"."""
    first, last = F(f"{of}first_year"), F(f"{of}last_year")
    return Concat(first, Value("-"), last, output_field=CharField())


def goals() -> QuerySet:
    """Public goals; their pages stand below those of their periods."""
    path = Concat(years("period__"), Value("/"), F("slug"), output_field=CharField())
    real = Goal.objects.published().filter(is_sample=False)
    return real.annotate(path=path)


SECTIONS = (
    Section(
        "offers",
        "offering",
        lambda: Offering.objects.published(clock.today()).real(),
    ),
    Section(
        "providers",
        "provider",
        lambda: (
            Organisation.objects.listed()
            .filter(is_sample=False)
            .exclude(pk__in=listed_centres().order_by().values("organisation"))
        ),
    ),
    Section(
        "family-centres",
        "family_centre",
        lambda: listed_centres().filter(is_sample=False).order_by(),
        column="organisation__slug",
    ),
    Section(
        "offices",
        "office",
        CounsellingOffice.objects.answers,
    ),
    Section("routes", "route", lambda: Route.objects.filter(is_published=True)),
    Section(
        "periods",
        "period",
        lambda: (
            Period.objects.published().filter(is_sample=False).annotate(path=years())
        ),
        column="path",
        mark=A_PERIOD,
    ),
    Section("goals", "period", goals, column="path", mark=A_PERIOD),
    Section(
        "papers",
        "paper",
        lambda: CouncilPaper.objects.published().filter(is_sample=False),
    ),
    Section(
        "conferences",
        "conference",
        lambda: Conference.objects.published().filter(is_sample=False),
    ),
    Section(
        "reports",
        "report",
        lambda: Report.objects.released().filter(period__is_sample=False),
    ),
    Section(
        "news",
        "news_item",
        lambda: NewsItem.objects.shown(clock.today()).filter(is_sample=False),
    ),
    Section(
        "indicators",
        "indicator",
        lambda: Indicator.objects.published().filter(is_sample=False),
    ),
    Section("areas", "area", Area.objects.of_herne, column="key"),
    Section(
        "surveys",
        "survey",
        lambda: Instrument.objects.published().filter(is_sample=False),
    ),
    Section(
        "findings",
        "finding",
        lambda: Finding.objects.published().filter(is_sample=False),
    ),
    Section(
        "bodies",
        "body",
        lambda: Body.objects.published().filter(is_sample=False),
    ),
    Section(
        "schools",
        "school",
        lambda: School.objects.filter(is_sample=False, vanished_on=None),
    ),
)


def without_language(path: str) -> str:
    """A public path after its language: "angebote/" of "/de/angebote/"."""
    return path.split("/", 2)[2]


def _german() -> str:
    """Pages without a language, which are German: open data."""
    place = escape(settings.PUBLIC_ADDRESS + reverse("open_data"))
    return f"<url><loc>{place}</loc></url>\n"


def pages() -> list[Entry]:
    """The pages that are not rows of a table."""
    return [Entry(without_language(reverse(name))) for name in PAGES]


def sitemap() -> str:
    """What `/sitemap.xml` answers: all pages, or an index when they are too many."""
    counts = {section: section.count() for section in SECTIONS}
    if len(PAGES) + sum(counts.values()) <= ENTRIES_IN_A_FILE:
        entries = pages()
        for section in SECTIONS:
            entries += section.entries(0, ENTRIES_IN_A_FILE)
        return urlset(entries, _german())
    parts = [("pages", 1)]
    for section, count in counts.items():
        files = -(-count // ENTRIES_IN_A_FILE)
        parts += [(section.name, number) for number in range(1, files + 1)]
    return index(parts)


def part(name: str, number: int) -> str | None:
    """One file of the index; None where there is none."""
    if name == "pages" and number == 1:
        return urlset(pages(), _german())
    for section in SECTIONS:
        if section.name == name and 1 <= number <= FILES_IN_AN_INDEX:
            start = (number - 1) * ENTRIES_IN_A_FILE
            entries = list(section.entries(start, ENTRIES_IN_A_FILE))
            return urlset(entries) if entries else None
    return None


def index(parts: Sequence[tuple[str, int]]) -> str:
    """The index of files."""
    files = "".join(
        "<sitemap><loc>"
        + escape(settings.PUBLIC_ADDRESS + reverse("sitemap_part", args=given))
        + "</loc></sitemap>\n"
        for given in parts
    )
    return f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{files}</sitemapindex>\n'


def urlset(entries: Iterable[Entry], others: str = "") -> str:
    """One file: every entry in every language, with its alternates; then others."""
    urls = "".join(map(_urls, entries)) + others
    return (
        f'{HEAD}<urlset xmlns="{NAMESPACE}"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{urls}</urlset>\n'
    )


def _urls(entry: Entry) -> str:
    path = escape(entry.path)
    root = escape(settings.PUBLIC_ADDRESS)
    languages = [*((code, code) for code in CODES), ("x-default", DEFAULT_LANGUAGE)]
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{name}" href="{root}/{code}/{path}"/>'
        for name, code in languages
    )
    changed = ""
    if entry.changed_at:
        changed = f"<lastmod>{entry.changed_at.isoformat(timespec='seconds')}</lastmod>"
    return "".join(
        f"<url><loc>{root}/{code}/{path}</loc>{changed}{alternates}</url>\n"
        for code in CODES
    )

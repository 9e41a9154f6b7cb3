"""One indicator as its page shows it: the values first, then what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _

from goals.in_words import responsible
from herne_bildung.lib.addresses import page_address
from herne_bildung.lib.dates import known_day_in_words
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager
from monitoring.choices import ReleaseState
from monitoring.facts import breaks_in_words, facts_of
from monitoring.filters import Chosen, chosen
from monitoring.findings.linked import findings_of_indicator
from monitoring.in_words import (
    ShownValue,
    indicator_url,
    legend,
    monitoring_step,
    period_in_words,
    shown,
    unit_beside,
)
from monitoring.models import Indicator, Release
from monitoring.ranking import place_in_words, ranking
from monitoring.related import (
    OtherDefinition,
    links,
    other_definitions,
    with_links,
    with_relations,
)
from monitoring.release_words import (
    SHOWN_AT_ONCE,
    ReleaseNotice,
    ReleaseRow,
    release_notice,
    release_rows,
)
from monitoring.series import Point, Series, series_of, values_of
from monitoring.tables import (
    AREAS_A_PAGE,
    PERIODS_A_PAGE,
    Table,
    between_areas,
    by_breakdown,
    over_time,
    parts_of,
)


@dataclass(slots=True)
class IndicatorPage:
    """What `monitoring/indicator.html` shows. `entry` is the indicator itself,
    `release` the one whose values are shown: the current one, or that of the address;
    None where no values are shown. Charts are drawn from `series` (over time) and
    `points` (the chosen period, by area id).
    """

    entry: Indicator
    release: Release | None
    notice: ReleaseNotice | None
    language: str
    path: str
    chosen: Chosen
    series: list[Series]
    points: dict[int, Point]
    name: Text
    question: Text
    definition: Text
    formula: Text
    breaks: list[dict[str, Any]]
    releases: list[ReleaseRow]
    others: list[OtherDefinition]
    links: dict[str, list[dict[str, Any]]]
    findings: list[dict[str, Any]]
    latest: dict[str, Any] | None = None
    time_table: Table | None = None
    area_table: Table | None = None
    part_tables: list[Table] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    is_page_known: bool = True
    # Of the address of a release, else 0.
    release_number: int = 0

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up."""
        steps = [monitoring_step()]
        if self.notice:
            url = indicator_url(self.entry)
            steps.append({"label": self.name.text, "url": url})
        return steps

    @property
    def title(self) -> str:
        """In the breadcrumb: the name, of a release its number."""
        if self.notice and self.release_number:
            return _("Release %(number)s") % {"number": self.release_number}
        return self.name.text

    @property
    def is_sample(self) -> bool:
        is_made_up = self.release is not None and self.release.is_sample
        return self.entry.is_sample or is_made_up

    @property
    def tables(self) -> list[Table]:
        """In reading order: over time, between areas, by breakdown."""
        found = [self.time_table, self.area_table, *self.part_tables]
        return [table for table in found if table and table.rows]

    @property
    def legend(self) -> list[dict[str, str]]:
        """What the marks of the tables mean: all four states, always."""
        return legend()

    @property
    def newest_releases(self) -> list[ReleaseRow]:
        return self.releases[:SHOWN_AT_ONCE]

    @property
    def older_releases(self) -> list[ReleaseRow]:
        return self.releases[SHOWN_AT_ONCE:]

    @property
    def as_of(self) -> str:
        return known_day_in_words(self.entry.as_of, self.language)

    @property
    def base(self) -> dict[str, Any] | None:
        """What a share is of, where it is a public indicator of its own."""
        base = self.entry.base
        if base is None or not base.is_published:
            return None
        name = localized_entry(base, "name", self.language)
        return {"title": name, "url": indicator_url(base)}

    @property
    def has_fallback(self) -> bool:
        """True where the page must say that texts are German for lack of another."""
        texts = [self.name, self.question, self.definition, self.formula]
        texts += [one["reason"] for one in self.breaks]
        return any(text.is_fallback for text in texts)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What to know of the indicator, as `components/fact_list.html` has it."""
        return facts_of(self.entry, self.language)

    @property
    def responsible(self) -> dict[str, Any] | None:
        """Who answers for the indicator, as `goals/responsible.html` has it."""
        return responsible(self.entry.organisation, self.entry.role, self.language)


def indicators_for_page() -> QuerySet[Indicator]:
    """Public indicators with all their page shows, in a fixed number of queries.
    `changes_at` is when other values become public by themselves.
    """
    scheduled = Release.objects.filter(
        indicator=OuterRef("pk"), state=ReleaseState.SCHEDULED
    ).order_by("publish_at")
    return (
        Indicator.objects.published()
        .annotate(changes_at=Subquery(scheduled.values("publish_at")[:1]))
        .select_related("theme", "organisation", "role__organisation", "base")
        .prefetch_related(
            "breakdowns__dimension__categories",
            "breaks",
            Prefetch("releases", Release.objects.shown().order_by("-number")),
            *with_relations(),
            *with_links(),
        )
    )


def indicator_page(
    indicator: Indicator,
    data: QueryDict,
    path: str,
    language: str,
    *,
    number: int | None = None,
) -> IndicatorPage | None:
    """Everything the page of an indicator shows, in a language; with `number` the
    permanent address of a release. None where there is no such release.
    """
    releases = list(indicator.releases.all())
    notice = None
    if number is None:
        release = _of(releases, state=ReleaseState.PUBLISHED)
    else:
        release = _of(releases, number=number)
        if release is None:
            return None
        notice = release_notice(release, releases, indicator, language)
        if not notice.has_values:
            release = None
    found = chosen(indicator, release, data, language)
    page = IndicatorPage(
        entry=indicator,
        release=release,
        notice=notice,
        language=language,
        path=path,
        chosen=found,
        series=[],
        points={},
        name=localized_entry(indicator, "name", language),
        question=localized_entry(indicator, "question", language),
        definition=localized_entry(indicator, "definition", language),
        formula=localized_entry(indicator, "formula", language),
        breaks=breaks_in_words(indicator, language),
        releases=release_rows(releases, release, indicator, language),
        others=other_definitions(indicator, release, language),
        links=links(indicator, language),
        findings=findings_of_indicator(indicator, language),
        release_number=number or 0,
    )
    if release is not None:
        _read(page, release, data)
    return page


def _of(releases: Sequence[Release], **wanted: Any) -> Release | None:
    [(name, value)] = wanted.items()
    return next((one for one in releases if getattr(one, name) == value), None)


def _read(page: IndicatorPage, release: Release, data: QueryDict) -> None:
    """The values of the release that were chosen: never all of it."""
    found, entry, language = page.chosen, page.entry, page.language
    parts = found.categories
    page.series = series_of(release, found.in_series, parts, language=language)
    has_areas = bool(found.areas)
    if has_areas and found.period:
        in_table = [*([found.city] if found.city else []), *found.areas]
        page.points = values_of(release, found.period, in_table, parts)
        order = ranking(found, page.points)
        table = between_areas(order, found, entry, language)
        page.area_table = _cut(page, table, data, "areas_page", AREAS_A_PAGE)
        page.sentences = place_in_words(order, found, entry, language)
    if found.in_series and found.periods:
        page.latest = _latest(page)
        if len(found.periods) > 1 or not has_areas:
            page.time_table = _time_table(page, data)
    page.part_tables = by_breakdown(entry, release, found, language)


def _latest(page: IndicatorPage) -> dict[str, Any] | None:
    """The value of Herne in the chosen period, large."""
    city, period = page.chosen.city, page.chosen.period
    if city is None:
        return None
    points = {point.period: point for point in page.series[0].points}
    if period not in points:
        return None
    value: ShownValue = shown(points[period], page.language, indicator=page.entry)
    return {
        "value": value,
        "period": period_in_words(period, page.language),
        "unit": unit_beside(page.entry),
        "parts": parts_of(page.chosen, page.language),
    }


def _time_table(page: IndicatorPage, data: QueryDict) -> Table:
    table = over_time(page.series, page.chosen, page.breaks, page.entry, page.language)
    return _cut(page, table, data, "page", PERIODS_A_PAGE)


def _cut(
    page: IndicatorPage, table: Table, data: QueryDict, name: str, size: int
) -> Table:
    """A page of a long table."""
    number, is_known = page_number(data.get(name), table.total, size)
    page.is_page_known = page.is_page_known and is_known
    paging = Paging(number, size, table.total)
    table.rows = table.rows[paging.offset : paging.offset + size]

    def link(wanted: int) -> str:
        return page_address(page.path, page.chosen.parameters, wanted, name)

    table.pager = pager(paging, link) if paging.pages > 1 else None
    return table

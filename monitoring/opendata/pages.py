"""What the two pages of open data show; both are German."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.lib.addresses import address
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.paging import Paging, page_number, pager
from monitoring.choices import ReleaseState
from monitoring.in_words import indicator_url, monitoring_step
from monitoring.models import Indicator
from monitoring.opendata.columns import columns_of
from monitoring.opendata.licences import KNOWN, Licence, licence_of
from monitoring.opendata.openness import current_of
from monitoring.opendata.package import attribution_of
from monitoring.release_words import ReleaseRow, release_rows

SETS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class SetRow:
    """A data set in the list; `licence` is None where it is not known."""

    name: str
    question: str
    url: str
    csv: str
    package: str
    licence: Licence | None


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """What `monitoring/opendata/catalogue.html` shows: data sets by theme."""

    themes: list[tuple[str, list[SetRow]]]
    total: int
    licences: list[Licence]
    has_unlicensed: bool
    is_page_known: bool
    pager: dict[str, Any] | None

    @property
    def steps(self) -> list[dict[str, str]]:
        return [monitoring_step()]


@dataclass(frozen=True, slots=True)
class SetPage:
    """What `monitoring/opendata/dataset.html` shows. `files` are the addresses of each
    release; a withdrawn one has none.
    """

    entry: Indicator
    licence: Licence | None
    attribution: str
    releases: list[tuple[ReleaseRow, dict[str, str]]]
    columns: list[list[str]]
    latest: dict[str, str] | None

    @property
    def steps(self) -> list[dict[str, str]]:
        return [
            monitoring_step(),
            {"label": _("Open data"), "url": reverse("open_data")},
        ]

    @property
    def indicator_url(self) -> str:
        return indicator_url(self.entry)

    @property
    def column_head(self) -> list[str]:
        return [_("Column"), _("Name"), _("What it says")]


def catalogue_page(indicators: Sequence[Indicator], data: QueryDict) -> CataloguePage:
    """All data sets that have a current release, so many a page."""
    number, is_known = page_number(data.get("page"), len(indicators), SETS_A_PAGE)
    paging = Paging(number, SETS_A_PAGE, len(indicators))
    shown = indicators[paging.offset : paging.offset + SETS_A_PAGE]
    path = reverse("open_data")

    def link(wanted: int) -> str:
        return address(path, [("page", str(wanted))] if wanted > 1 else [])

    used = {licence_of(one.licence) for one in indicators}
    return CataloguePage(
        themes=[
            (name, [_row(one) for one in group])
            for name, group in groupby(shown, lambda one: one.theme.name_de or "")
        ],
        total=len(indicators),
        licences=[one for one in KNOWN if one in used],
        has_unlicensed=None in used,
        is_page_known=is_known,
        pager=pager(paging, link) if paging.pages > 1 else None,
    )


def _row(indicator: Indicator) -> SetRow:
    return SetRow(
        name=indicator.name_de or "",
        question=indicator.question_de or "",
        url=reverse("open_data_set", args=[indicator.slug]),
        csv=reverse("open_data_csv", args=[indicator.slug]),
        package=reverse("open_data_package", args=[indicator.slug]),
        licence=licence_of(indicator.licence),
    )


def set_page(indicator: Indicator) -> SetPage:
    """One data set with all its releases."""
    releases = list(indicator.releases.all())
    current = current_of(indicator)
    rows = release_rows(releases, current, indicator, DEFAULT_LANGUAGE)
    latest = None
    if current is not None:
        latest = {
            "csv": reverse("open_data_csv", args=[indicator.slug]),
            "package": reverse("open_data_package", args=[indicator.slug]),
        }
    return SetPage(
        entry=indicator,
        licence=licence_of(indicator.licence),
        attribution=attribution_of(indicator),
        releases=[(row, _files(indicator, row)) for row in rows],
        columns=[
            [one.name, one.title, one.description] for one in columns_of(indicator)
        ],
        latest=latest,
    )


def _files(indicator: Indicator, row: ReleaseRow) -> dict[str, str]:
    if row.state == ReleaseState.WITHDRAWN:
        return {}
    given = [indicator.slug, row.number]
    return {
        "csv": reverse("open_data_release_csv", args=given),
        "package": reverse("open_data_release_package", args=given),
    }

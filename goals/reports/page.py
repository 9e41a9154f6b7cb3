"""Reports as their pages show them. The words of a report are German in every
language of the portal.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _

from goals.in_words import goals_step
from goals.models import Report
from goals.reports.blocks import facts
from goals.reports.document import document
from herne_bildung.lib.dates import day_in_words, size_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.paging import Paging, page_number, pager

PER_PAGE = 20


@dataclass(slots=True)
class ReportList:
    """What `goals/reports/list.html` shows. `lang` is that of the reports, empty where
    it is that of the page.
    """

    cards: list[dict[str, Any]]
    pager: dict[str, Any]
    lang: str

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [goals_step()]

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where else one reads about the goals."""
        return self.steps


@dataclass(slots=True)
class ReportPage:
    """What `goals/reports/report.html` shows. `document` is that of the files."""

    entry: Report
    document: dict[str, Any]
    parts: list[dict[str, Any]]
    files: list[dict[str, str]]
    day: str
    lang: str
    is_sample: bool

    @property
    def dir(self) -> str:
        """The direction of the report where it is not that of the page."""
        return "ltr" if self.lang else ""

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [goals_step(), {"label": _("Reports"), "url": reverse("reports")}]


def report_list(raw_page: str | None, language: str) -> ReportList:
    """One page of the public reports."""
    released = Report.objects.released().select_related("period").defer("snapshot")
    total = released.count()
    number, _is_known = page_number(raw_page, total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    found = released[paging.offset : paging.offset + PER_PAGE]
    cards = [
        {
            "title": report.title,
            "url": reverse("report", args=[report.slug]),
            "committee": report.committee,
            "is_sample": report.period.is_sample,
            "day": day_in_words(report.day, language),
        }
        for report in found
    ]
    link = f"{reverse('reports')}?page=%s"
    shown = pager(paging, lambda number: link % number)
    return ReportList(cards, shown, _lang(language))


def report_page(report: Report, language: str) -> ReportPage:
    """A report with its parts as pages show them."""
    shown = document(report)
    blocks = shown["blocks"]
    return ReportPage(
        entry=report,
        document={**shown, "blocks": blocks, "head": facts(shown["facts"])},
        parts=[one for one in blocks if one["kind"] == "heading" and one["level"] == 1],
        files=_files(report, language),
        day=day_in_words(report.day, language),
        lang=_lang(language),
        is_sample=report.snapshot["period"]["is_sample"],
    )


def _files(report: Report, language: str) -> list[dict[str, str]]:
    found = report.files.annotate(size=Length("content")).values("form", "size")
    return [
        {
            "form": one["form"].upper(),
            "url": reverse(f"report_{one['form']}", args=[report.slug]),
            "size": size_in_words(one["size"], language),
        }
        for one in found.order_by("-form")
    ]


def _lang(language: str) -> str:
    """Leichte Sprache counts as a language: there a report is marked, too."""
    return "" if language == DEFAULT_LANGUAGE else DEFAULT_LANGUAGE

"""One council paper as its page shows it: what is not known is said so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from goals.findings import finding_link, findings_where, with_findings
from goals.in_words import goal_url, goals_step, measure_link, source_of
from goals.models import (
    Consultation,
    CouncilPaper,
    Goal,
    Mandate,
    Measure,
    PaperFile,
    Period,
)
from goals.querysets import PaperQuerySet
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words, known_day_in_words
from herne_bildung.lib.localized import Text, german, localized_entry

Fact = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A link in words."""

    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class ShownMandate:
    """What the paper orders; `wording` is the sentence of the resolution, German."""

    task: Text
    wording: str
    facts: list[Fact]
    outcome: Text
    goals: list[Link]
    measures: list[Link]
    findings: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """What `goals/papers/paper.html` shows. `entry` is the paper itself."""

    entry: CouncilPaper
    title: Text
    summary: Text
    facts: list[Fact]
    head: list[str]
    consultations: list[list[str | Text]]
    files: list[Link]
    periods: list[Link]
    goals: list[Link]
    mandates: list[ShownMandate]
    findings: list[dict[str, Any]]

    @property
    def source(self) -> dict[str, str]:
        """Where its resolution stands, as components/quotation.html has it."""
        return source_of(self.entry)

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up."""
        papers = {"label": _("Council papers"), "url": reverse("papers")}
        return [goals_step(), papers]

    @property
    def has_fallback(self) -> bool:
        """Whether German of ours is shown to readers of another language."""
        texts = [self.title, self.summary]
        for mandate in self.mandates:
            texts += [mandate.task, mandate.outcome]
        return any(text.is_fallback for text in texts)


def with_page(papers: PaperQuerySet) -> PaperQuerySet:
    """Papers with all that their pages show, of what the public sees."""
    shown_goals = Goal.objects.published().select_related("period")
    measures = Measure.objects.published().in_their_places()
    mandates = (
        Mandate.objects.published()
        .with_lateness(clock.today())
        .select_related("organisation", "role__organisation")
        .prefetch_related(
            Prefetch("goals", shown_goals),
            Prefetch("measures", measures),
            with_findings(Mandate),
        )
    )
    return papers.select_related("organisation").prefetch_related(
        Prefetch("consultations", Consultation.objects.present()),
        Prefetch("files", PaperFile.objects.present()),
        Prefetch("periods", Period.objects.published()),
        Prefetch("goals", shown_goals),
        Prefetch("mandates", mandates),
    )


def paper_page(paper: CouncilPaper, language: str) -> PaperPage:
    """Everything the page of a paper shows, in the active language."""
    return PaperPage(
        entry=paper,
        title=localized_entry(paper, "title", language),
        summary=localized_entry(paper, "summary", language),
        facts=_facts(paper, language),
        head=[_("Committee"), _("Date"), _("Role"), _("Result")],
        consultations=[
            [
                german(one.committee, language),
                known_day_in_words(one.day, language) or _("not known"),
                german(one.role, language) or _("not known"),
                german(one.result, language) or _("not known"),
            ]
            for one in paper.consultations.all()
        ],
        files=[
            Link(german(file.name, language), file.url) for file in paper.files.all()
        ],
        periods=[
            Link(Text(str(period)), reverse("period", args=[period.slug]))
            for period in paper.periods.all()
        ],
        goals=_goal_links(paper.goals.all(), language),
        mandates=[_mandate(one, language) for one in paper.mandates.all()],
        findings=findings_where(Q(decisions__paper=paper), language),
    )


def _facts(paper: CouncilPaper, language: str) -> list[Fact]:
    return [
        _fact(_("Reference number"), "info", Text(paper.reference)),
        _fact(_("Kind of paper"), "info", german(paper.paper_type, language)),
        _fact(_("Date"), "calendar", Text(known_day_in_words(paper.dated, language))),
        _fact(_("Leading department"), "people", german(paper.lead, language)),
        _fact(_("Financial effects"), "coin", german(paper.costs, language)),
    ]


def _fact(label: str, icon: str, text: Text) -> Fact:
    """A fact for `components/fact_list.html`; without a text it is not known."""
    value = text or Text(_("not known"))
    return {
        "label": label,
        "icon": icon,
        "value": value.text,
        "lang": value.lang,
        "dir": value.dir,
        "is_unknown": not text,
    }


def _goal_links(goals: Iterable[Goal], language: str) -> list[Link]:
    return [
        Link(localized_entry(goal, "title", language), goal_url(goal)) for goal in goals
    ]


def _measure_links(measures: Iterable[Measure], language: str) -> list[Link]:
    """Measures have no page of their own: they stand on that of their goal."""
    return [
        Link(
            localized_entry(measure, "title", language),
            measure_link(measure, language)["url"],
        )
        for measure in measures
    ]


def _mandate(mandate: Mandate, language: str) -> ShownMandate:
    status = str(mandate.get_status_display()) if mandate.status else ""
    due = mandate.due_on and day_in_words(mandate.due_on, language)
    if mandate.is_late:
        due = _("%(day)s, overdue") % {"day": due}
    facts = [
        _fact(_("Status"), "check", Text(status)),
        _fact(_("Due on"), "calendar", Text(due or "")),
        _fact(_("Responsible"), "people", _responsible(mandate, language)),
    ]
    if mandate.done_on:
        done = Text(day_in_words(mandate.done_on, language))
        facts.append(_fact(_("Done on"), "calendar", done))
    return ShownMandate(
        task=localized_entry(mandate, "task", language),
        wording=mandate.wording,
        facts=facts,
        outcome=localized_entry(mandate, "outcome", language),
        goals=_goal_links(mandate.goals.all(), language),
        measures=_measure_links(mandate.measures.all(), language),
        findings=[finding_link(one, language) for one in mandate.findings.all()],
    )


def _responsible(mandate: Mandate, language: str) -> Text:
    """The organisation, else that of the role, else the role: never a person."""
    role = mandate.role
    organisation = mandate.organisation or (role and role.organisation)
    if organisation is None:
        return Text("")
    return localized_entry(organisation, "name", language)

"""One finding as its page shows it: the chain from a figure to what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from goals.in_words import goal_link, measure_link, responsible, status_badge
from goals.models import Body, Goal, Mandate, Measure
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import Text, isolated, localized_entry
from monitoring.choices import FigureUse, FindingOrigin
from monitoring.findings.effects import ShownEffect, effects
from monitoring.findings.figures import ShownFigure, shown_figure
from monitoring.findings.stages import stage_badge, with_stage
from monitoring.in_words import monitoring_step
from monitoring.models import Decision, Discussion, Figure, Finding
from monitoring.querysets import FindingQuerySet
from offerings.models import Offering


@dataclass(frozen=True, slots=True)
class FindingPage:
    """What `monitoring/findings/finding.html` shows. `entry` is the finding itself."""

    entry: Finding
    title: Text
    text: Text
    day: str
    badge: dict[str, Any]
    basis: list[ShownFigure]
    discussions: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    measures: list[dict[str, Any]]
    offerings: list[dict[str, Any]]
    mandates: list[dict[str, Any]]
    effects: list[ShownEffect]
    effect: Text
    closed: str
    responsible: dict[str, Any] | None
    districts: list[str]
    goals: list[dict[str, Any]]

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        findings = {"label": _("Findings"), "url": reverse("findings")}
        return [monitoring_step(), findings]

    @property
    def has_fallback(self) -> bool:
        """Whether something is German for lack of another language."""
        texts = [self.title, self.text, self.effect]
        for figure in (*self.basis, *(one.figure for one in self.effects)):
            texts += figure.texts
        texts += [one["note"] for one in self.discussions]
        texts += [one["text"] for one in self.decisions]
        links = (*self.measures, *self.offerings, *self.mandates, *self.goals)
        texts += [one["title"] for one in links]
        return any(text.is_fallback for text in texts)

    @property
    def is_from_warning(self) -> bool:
        """Whether a rule noticed it; people published it."""
        return self.entry.origin == FindingOrigin.WARNING

    @property
    def nothing_follows(self) -> bool:
        """Whether it was decided to do nothing."""
        return any(one["nothing_follows"] for one in self.decisions)

    @property
    def has_action(self) -> bool:
        return bool(self.measures or self.offerings or self.mandates)


def for_page(findings: FindingQuerySet) -> FindingQuerySet:
    """These with what their page shows of what everyone sees, in a fixed number of
    queries.
    """
    bodies = Body.objects.published()
    return (
        with_stage(findings)
        .select_related("organisation", "role__organisation")
        .prefetch_related(
            Prefetch(
                "figures",
                Figure.objects.public().prefetch_related("release__indicator__breaks"),
            ),
            Prefetch(
                "discussions",
                Discussion.objects.filter(body__in=bodies).select_related(
                    "body__organisation"
                ),
            ),
            Prefetch(
                "decisions",
                Decision.objects.select_related("body__organisation", "paper"),
            ),
            Prefetch("measures", Measure.objects.published().in_their_places()),
            Prefetch("offerings", Offering.objects.published(clock.today())),
            Prefetch("mandates", Mandate.objects.published().select_related("paper")),
            Prefetch("goals", Goal.objects.published().select_related("period")),
            "districts",
        )
    )


def finding_page(finding: Finding, language: str) -> FindingPage:
    """Everything the page of one of `for_page` shows, in the active language."""
    figures = list(finding.figures.all())
    by_use = {
        use: [shown_figure(one, language) for one in figures if one.use == use]
        for use in (FigureUse.BASIS, FigureUse.EFFECT)
    }
    closed = finding.closed_on
    return FindingPage(
        entry=finding,
        title=localized_entry(finding, "title", language),
        text=localized_entry(finding, "text", language),
        day=day_in_words(finding.found_on, language),
        badge=stage_badge(finding),
        basis=by_use[FigureUse.BASIS],
        discussions=[_discussion(one, language) for one in finding.discussions.all()],
        decisions=[_decision(one, language) for one in finding.decisions.all()],
        measures=[
            {**measure_link(one, language), "badge": status_badge(one)}
            for one in finding.measures.all()
        ],
        offerings=[
            {
                "title": localized_entry(one, "title", language),
                "url": reverse("offering", args=[one.slug]),
            }
            for one in finding.offerings.all()
        ],
        mandates=[_mandate(one, language) for one in finding.mandates.all()],
        effects=effects(by_use[FigureUse.EFFECT], by_use[FigureUse.BASIS], language),
        effect=localized_entry(finding, "effect", language),
        closed=day_in_words(closed, language) if closed else "",
        responsible=responsible(finding.organisation, finding.role, language),
        districts=_names(finding.districts.all(), language),
        goals=[goal_link(one, language) for one in finding.goals.all()],
    )


def _names(districts: Sequence[Any], language: str) -> list[str]:
    return [isolated(one.name, language) for one in districts]


def _body(body: Body, language: str) -> dict[str, Any]:
    return {
        "name": localized_entry(body.named, "name", language),
        "url": reverse("body", args=[body.slug]),
    }


def _discussion(one: Discussion, language: str) -> dict[str, Any]:
    return {
        "body": _body(one.body, language),
        "day": day_in_words(one.on, language),
        "note": localized_entry(one, "note", language),
    }


def _decision(one: Decision, language: str) -> dict[str, Any]:
    """A decision; bodies and papers that are not public are not named."""
    body, paper = one.body, one.paper
    has_paper = paper and paper.is_published and not paper.oparl_deleted
    return {
        "day": day_in_words(one.on, language),
        "text": localized_entry(one, "text", language),
        "body": _body(body, language) if body and body.is_published else None,
        "paper": has_paper
        and {
            "reference": paper.reference,
            "title": localized_entry(paper, "title", language),
            "url": reverse("paper", args=[paper.slug]),
        },
        "nothing_follows": one.nothing_follows,
    }


def _mandate(one: Mandate, language: str) -> dict[str, Any]:
    status = one.get_status_display() if one.status else ""
    return {
        "title": localized_entry(one, "task", language),
        "url": reverse("paper", args=[one.paper.slug]),
        "note": one.paper.reference,
        "status": status,
    }

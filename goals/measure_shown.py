"""One measure as pages show it: status and why, dates, steps, progress."""

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from goals.findings import links_of, with_findings, with_indicators
from goals.in_words import responsible, source_of, status_badge
from goals.models import Measure, Milestone
from goals.querysets import MeasureQuerySet
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words, days_in_words
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import isolated, localized_entry
from offerings.models import Offering


def for_page(measures: MeasureQuerySet) -> MeasureQuerySet:
    """These measures with what `measure_shown` asks for; their goal and its period
    come from where they are fetched.
    """
    return measures.select_related(
        "organisation", "role__organisation", "work_area"
    ).prefetch_related(
        "status_changes",
        "milestones",
        "progress",
        "districts",
        Prefetch("offerings", Offering.objects.published(clock.today())),
        with_findings(Measure),
        with_indicators(Measure),
    )


def measure_shown(measure: Measure, language: str, today: date) -> dict[str, Any]:
    """A measure for `goals/measure.html`; what is empty is not known."""
    changes = list(measure.status_changes.all())
    newest = changes[0] if changes else None
    is_current = newest is not None and newest.status == measure.status
    steps = [milestone_shown(one, language, today) for one in measure.milestones.all()]
    done = [step for step in steps if step["done_on"]]
    return {
        "pk": measure.pk,
        "is_followed": is_followed(measure),
        "title": localized_entry(measure, "title", language),
        "summary": localized_entry(measure, "summary", language),
        "wording": measure.wording,
        "points": measure.points,
        "source": source_of(measure),
        "badge": status_badge(measure),
        "is_overdue": measure.is_overdue(today),
        "since": day_in_words(newest.on, language) if is_current else "",
        "reason": localized_entry(newest, "reason", language) if is_current else None,
        "earlier_statuses": [
            {
                "label": change.get_status_display(),
                "on": day_in_words(change.on, language),
                "reason": localized_entry(change, "reason", language),
            }
            for change in (changes[1:] if is_current else changes)
        ],
        "dates": dates(measure, language),
        "responsible": responsible(measure.organisation, measure.role, language),
        "work_area": measure.work_area
        and localized_entry(measure.work_area, "name", language),
        "districts": listed(
            isolated(district.name, language) for district in measure.districts.all()
        ),
        "milestones": steps,
        "steps_done": _("%(part)s of %(total)s done")
        % {"part": len(done), "total": len(steps)},
        "has_overdue_step": any(step["is_overdue"] for step in steps),
        "progress": [
            {"year": one.year, "text": localized_entry(one, "text", language)}
            for one in measure.progress.all()
        ],
        "offerings": [
            {
                "title": localized_entry(one, "title", language),
                "url": reverse("offering", args=[one.slug]),
            }
            for one in measure.offerings.all()
        ],
        **links_of(measure, language),
    }


def dates(measure: Measure, language: str) -> list[dict[str, str]]:
    """From when until when it is planned, and was; what is known of it."""
    spans = (
        (_("Planned"), measure.planned_start, measure.planned_end),
        (_("In fact"), measure.actual_start, measure.actual_end),
    )
    return [
        {"label": label, "text": span_in_words(first, last, language)}
        for label, first, last in spans
        if first or last
    ]


def span_in_words(first: date | None, last: date | None, language: str) -> str:
    """From a day until a day; one of them may not be known."""
    if first and last:
        return days_in_words(first, last, language)
    if first:
        return _("from %(day)s") % {"day": day_in_words(first, language)}
    return _("until %(day)s") % {"day": day_in_words(last, language)}


def is_followed(measure: Measure) -> bool:
    """Whether it is known how far it is, or who answers for it, or when it is."""
    known = (
        measure.status,
        measure.organisation_id,
        measure.role_id,
        measure.work_area_id,
        dates(measure, "de"),
    )
    return any(known)


def milestone_shown(milestone: Milestone, language: str, today: date) -> dict[str, Any]:
    """A smaller step: until when, whether it is done or overdue."""
    return {
        "title": localized_entry(milestone, "title", language),
        "text": localized_entry(milestone, "text", language),
        "due_on": milestone.due_on and day_in_words(milestone.due_on, language),
        "done_on": milestone.done_on and day_in_words(milestone.done_on, language),
        "is_overdue": milestone.is_overdue(today),
    }

"""What is done with reports: made from today's data, submitted, made public."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from goals.models import Goal, Period, Report, ReportFile
from goals.reports.changes import changes
from goals.reports.document import document
from goals.reports.docx import docx
from goals.reports.pdf import pdf
from goals.reports.snapshot import Json, snapshot
from herne_bildung.city.models import Organisation
from herne_bildung.city.slugs import free_slug
from herne_bildung.lib import clock

WRITERS = {ReportFile.Form.PDF: pdf, ReportFile.Form.DOCX: docx}
State = Report.State


class Refused(Exception):
    """A step that this report does not take, or no longer."""


@transaction.atomic
def make_report(
    *,
    period: Period,
    goals: Collection[Goal],
    committee: str,
    day: date,
    by: Any,
    organisation: Organisation | None = None,
) -> Report:
    """A draft with what is known today about these goals."""
    previous = former_report(period, day)
    report = Report.objects.create(
        slug=slug_of(period, day),
        period=period,
        committee=committee,
        committee_organisation=organisation,
        day=day,
        title=f"Sachstandsbericht zu den Handlungszielen {period}",
        snapshot=_taken(period, goals, previous),
        taken_at=clock.now(),
        previous=previous,
        made_by=by,
    )
    report.goals.set(goals)
    return report


def slug_of(period: Period, day: date) -> str:
    """A free address: "2023-2027-2026-12-03"."""
    return free_slug(Report, f"{period.slug}-{day.isoformat()}", "bericht")


@transaction.atomic
def remake(report: Report) -> None:
    """The same draft with what is known today."""
    report = _locked(report, State.DRAFT)
    report.previous = former_report(report.period, report.day, report)
    report.snapshot = _taken(report.period, report.goals.all(), report.previous)
    report.taken_at = clock.now()
    report.save()


@transaction.atomic
def submit(report: Report) -> None:
    """Lock it and write its files: from now on it stays as it is."""
    report = _locked(report, State.DRAFT)
    report.state = State.SUBMITTED
    report.submitted_at = clock.now()
    report.save()
    shown = document(report)
    ReportFile.objects.bulk_create(
        ReportFile(report=report, form=form, content=write(shown))
        for form, write in WRITERS.items()
    )


@transaction.atomic
def release(report: Report) -> None:
    """Put a submitted report on the public list."""
    report = _locked(report, State.SUBMITTED)
    report.state = State.RELEASED
    report.released_at = report.released_at or clock.now()
    report.save()


@transaction.atomic
def withdraw(report: Report) -> None:
    """Take a report off the public list; it stays submitted."""
    report = _locked(report, State.RELEASED)
    report.state = State.SUBMITTED
    report.save()


@transaction.atomic
def discard(report: Report) -> None:
    """Throw a draft away."""
    _locked(report, State.DRAFT).delete()


def file_of(report: Report, form: str) -> bytes:
    """The file as submitted; of a draft one made now."""
    if report.is_draft:
        return WRITERS[form](document(report))
    return bytes(report.files.get(form=form).content)


def former_report(
    period: Period, day: date, besides: Report | None = None
) -> Report | None:
    """The latest locked report of the period before a day."""
    found = Report.objects.locked().filter(period=period, day__lte=day)
    if besides is not None:
        found = found.exclude(pk=besides.pk)
    return found.order_by("-day", "-submitted_at").first()


def _taken(period: Period, goals: Collection[Goal], previous: Report | None) -> Json:
    """The snapshot of today, with what changed since the previous report."""
    taken = snapshot(period, goals, clock.today())
    taken["changes"] = changes(previous.snapshot, taken) if previous else None
    return taken


def _locked(report: Report, state: str) -> Report:
    """The report as it is in the database, nobody else at it, in the expected state."""
    found = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if found.state != state:
        raise Refused
    return found

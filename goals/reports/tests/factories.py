"""Reports for tests."""

from datetime import date
from typing import Any

from goals.models import Goal, Period, Report, ReportFile
from goals.reports.actions import make_report
from goals.tests.factories import make_period
from herne_bildung.lib import clock

MEETING = date(2026, 12, 3)


def make_draft(period: Period | None = None, **values: Any) -> Report:
    """A draft about all goals of a period, as the administration makes it."""
    period = period or make_period()
    values.setdefault("goals", list(Goal.objects.filter(period=period)))
    values.setdefault("committee", "Schulausschuss")
    values.setdefault("day", MEETING)
    return make_report(period=period, by=None, **values)


def make_released(period: Period | None = None, **values: Any) -> Report:
    """A public one, with stand-ins for its files, which take a second to write."""
    report = make_draft(period, **values)
    report.state, report.submitted_at = Report.State.RELEASED, clock.now()
    report.save()
    ReportFile.objects.bulk_create(
        ReportFile(report=report, form=form, content=b"a file")
        for form in ReportFile.Form.values
    )
    return report

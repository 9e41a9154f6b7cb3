"""Care at a glance: what waits for staff, and how fresh the portal is."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city import audit
from herne_bildung.city.admin.pages import page_for, show, staff_with
from herne_bildung.freshness import figures, waiting
from herne_bildung.freshness.actions.figures import Figure
from herne_bildung.freshness.models import DailyFigure, MaintainedEntry
from herne_bildung.lib import clock
from herne_bildung.lib.short_numbers import counted
from herne_bildung.lib.tables import csv_lines

Dimension = DailyFigure.Dimension
RIGHT = "freshness.view_maintainedentry"
LEAST_FOR_A_CURVE = 2


@page_for(staff_with(RIGHT))
def overview(request: HttpRequest) -> HttpResponse:
    """What waits, and the figures."""
    found = figures.numbers(clock.today())
    return show(
        request,
        "admin/freshness/overview.html",
        _("Care at a glance"),
        waiting=_waiting(),
        later=_later(found.later_calls),
        numbers=found,
        tables=[(_dimension_names()[name], named) for name, named in found.by.items()],
        curve=_curve(found.weeks),
        steps=[
            (MaintainedEntry.Step(step).label, number)
            for step, number in found.steps_needed.items()
        ],
    )


@page_for(staff_with(RIGHT))
def overview_csv(request: HttpRequest) -> HttpResponse:
    """The figures as a table that a German Excel opens with a double click."""
    about = _("Care at a glance")
    audit.record(audit.Action.EXPORTED, by=request.user, about=about, form="csv")
    words = _words()
    header, *rows = figures.rows(clock.today())
    lines = csv_lines(
        [words[name] for name in header],
        (
            [day, words.get(what, what), words.get(dimension, dimension), *rest]
            for day, what, dimension, *rest in rows
        ),
    )
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"pflege-{clock.today():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _dimension_names() -> dict[str, str]:
    return {
        Dimension.ALL: _("Everything"),
        Dimension.KIND: _("Kind"),
        Dimension.DISTRICT: _("District"),
        Dimension.TOPIC: _("Topic"),
        Dimension.ORGANISATION: _("Provider"),
    }


def _words() -> dict[str, str]:
    """Names of columns and figures in words."""
    return {
        "day": _("Day"),
        "figure": _("Figure"),
        "dimension": _("By"),
        "key": _("Key"),
        "name": _("Name"),
        "value": _("Value"),
        "visible": _("On the site"),
        "confirmed": _("Confirmed within the interval"),
        "share_confirmed": _("Share confirmed"),
        "documents": _("From documents, never confirmed"),
        "hidden": _("Hidden"),
        "days_to_answer": _("Days until an answer (median)"),
        "open_calls": _("Calls to make"),
        "later_calls": _("Calls waiting for a later try"),
        "waiting_changes": _("Entries with proposed changes"),
        "steps_needed": _("Steps needed until an answer"),
        "minutes_of_care": _("Minutes of care (estimate)"),
        "step": _("Step"),
        **{str(name): label for name, label in _dimension_names().items()},
    }


def _curve(weeks: Sequence[tuple[date, Figure]]) -> str:
    """The share confirmed week by week as points of a drawing, 300 by 100."""
    shares = [figure.share for _day, figure in weeks if figure.share is not None]
    if len(shares) < LEAST_FOR_A_CURVE:
        return ""
    width = 300 / (len(shares) - 1)
    return " ".join(
        f"{number * width:.1f},{100 - 100 * share:.1f}"
        for number, share in enumerate(shares)
    )


def _waiting() -> list[tuple[str, str, str]]:
    """What waits for staff: name, number, address of its list."""
    found = [
        waiting.calls_to_make(),
        waiting.proposed_changes(),
        waiting.open_reports(),
        waiting.hidden_entries(),
        waiting.mails_given_up(),
        waiting.refusing_addresses(),
        waiting.broken_links(),
    ]
    return [(one.name, counted(one.rows), one.address) for one in found]


def _later(number: int) -> str:
    """How many calls are put off; empty for none."""
    text = ngettext(
        "%(number)s call waits for a later try",
        "%(number)s calls wait for a later try",
        number,
    )
    return text % {"number": number} if number else ""

"""The numbers that staff steer by, for the overview and as a table for CSV."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDay, TruncMonth
from django.utils.translation import get_language

from herne_bildung.city import reference
from herne_bildung.city.models import Organisation
from herne_bildung.freshness.actions.figures import Figure, figures_now
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import (
    Call,
    Confirmation,
    DailyFigure,
    ErrorReport,
    MaintainedEntry,
    ProposedChange,
)
from herne_bildung.freshness.rhythm import add_months
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import localized_entry

Dimension = DailyFigure.Dimension
How = Confirmation.How
MONTHS = 12
# Minutes of work, estimated: what a person of an organisation needs to confirm one
# entry by mail or signed in; one try on the telephone, visits alike; deciding one
# proposed change; answering one report of an error. Sum of these is the estimate.
MINUTES_ANSWER, MINUTES_CALL, MINUTES_PROPOSAL, MINUTES_REPORT = 1, 4, 3, 5


@dataclass(frozen=True)
class Named:
    """Figures with what they are about, in words."""

    name: str
    figure: Figure


@dataclass(frozen=True)
class MonthOfCare:
    """What people did in a month, and the minutes that took (estimate)."""

    month: date
    answers: int = 0
    calls: int = 0
    proposals: int = 0
    reports: int = 0

    @property
    def minutes(self) -> int:
        return (
            self.answers * MINUTES_ANSWER
            + self.calls * MINUTES_CALL
            + self.proposals * MINUTES_PROPOSAL
            + self.reports * MINUTES_REPORT
        )


@dataclass(frozen=True)
class Numbers:
    """`days_to_answer`: median of the last 12 months, None without any answer.
    `steps_needed`: how many confirmations needed which step. `weeks`: the last day
    with figures of each week. `months`: the last 12 and the present one.
    """

    day: date
    all: Figure
    by: Mapping[str, list[Named]]
    weeks: list[tuple[date, Figure]]
    days_to_answer: float | None
    steps_needed: Mapping[int, int]
    months: list[MonthOfCare]
    open_calls: int
    later_calls: int
    waiting_changes: int


def numbers(today: date) -> Numbers:
    """All figures of a day; names in the active language."""
    since = clock.at(add_months(today, -MONTHS), time())
    found = figures_now(today)
    everything = [figure for figure in found if figure.dimension == Dimension.ALL]
    return Numbers(
        day=today,
        all=everything[0] if everything else Figure(Dimension.ALL, "", 0, 0, 0, 0),
        by=_by_dimension(found),
        weeks=_weeks(today),
        days_to_answer=_median_days(since),
        steps_needed=_steps_needed(since),
        months=_months(today),
        open_calls=Call.objects.to_make(today).count(),
        later_calls=Call.objects.later(today).count(),
        waiting_changes=_waiting_changes(),
    )


def _by_dimension(found: Iterable[Figure]) -> dict[str, list[Named]]:
    by: dict[str, list[Figure]] = {
        name: [] for name in Dimension.values if name != Dimension.ALL
    }
    for figure in found:
        if figure.dimension in by:
            by[figure.dimension].append(figure)
    return {name: list(_named(name, figures)) for name, figures in by.items()}


def _named(dimension: str, figures: list[Figure]) -> Iterator[Named]:
    """In the order of the names where the dimension has one, else by name."""
    names = names_of(dimension, [figure.key for figure in figures])
    order = {key: number for number, key in enumerate(names)}
    for figure in sorted(figures, key=lambda found: order.get(found.key, len(order))):
        yield Named(names.get(figure.key, figure.key), figure)


def names_of(dimension: str, keys: list[str]) -> Mapping[str, str]:
    """What keys of a dimension are called, in the order they are shown."""
    language = get_language() or DEFAULT_LANGUAGE
    if dimension == Dimension.KIND:
        return {name: str(kind.label) for name, kind in kinds().items()}
    if dimension == Dimension.DISTRICT:
        districts = reference.districts()
        return {key: districts.label(node) for key, node in districts.by_key.items()}
    if dimension == Dimension.ORGANISATION:
        rows = Organisation.objects.filter(pk__in=keys)
        names = {str(row.pk): localized_entry(row, "name", language) for row in rows}
        by_name = sorted(names.items(), key=lambda item: item[1].text.casefold())
        return {key: name.text for key, name in by_name}
    found: dict[str, str] = {}
    for kind in kinds().values():
        found |= kind.dimension_names(dimension, language)
    return found


def _weeks(today: date) -> list[tuple[date, Figure]]:
    rows = DailyFigure.objects.filter(
        dimension=Dimension.ALL, day__gt=add_months(today, -MONTHS), day__lte=today
    )
    by_week = {row.day.isocalendar()[:2]: row for row in rows.order_by("day")}
    return [
        (
            row.day,
            Figure(
                row.dimension,
                row.key,
                row.visible,
                row.confirmed,
                row.documents,
                row.hidden,
            ),
        )
        for row in by_week.values()
    ]


def _median_days(since: datetime) -> float | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY days_waited)"
            " FROM freshness_confirmation WHERE at >= %s AND days_waited IS NOT NULL",
            [since],
        )
        return cursor.fetchone()[0]


def _steps_needed(since: datetime) -> dict[int, int]:
    rows = Confirmation.objects.filter(at__gte=since, days_waited__isnull=False)
    counted = rows.order_by().values_list("steps_needed").annotate(Count("pk"))
    found = dict(counted)
    return {step: found.get(step, 0) for step in MaintainedEntry.Step.values if step}


def _months(today: date) -> list[MonthOfCare]:
    """The last months and the present one, oldest first."""
    months = [add_months(today.replace(day=1), -back) for back in range(MONTHS, -1, -1)]
    since = clock.at(months[0], time())
    confirmed = Confirmation.objects.filter(at__gte=since, entry__is_sample=False)
    answers = _by_month(confirmed.filter(how__in=[How.MAIL_LINK, How.LOGIN]), "at")
    # One answer on the telephone, and the tries before it.
    calls = _by_month(confirmed.filter(how__in=[How.PHONE, How.VISIT]), "at")
    ended = Call.objects.filter(result=Call.Result.ENDED, closed_by__isnull=False)
    calls += _by_month(ended.filter(closed_at__gte=since), "closed_at")
    tried = Call.objects.filter(since__gte=months[0]).order_by()
    calls += Counter(
        dict(tried.values_list(TruncMonth("since")).annotate(Sum("tries")))
    )
    decided = ProposedChange.objects.filter(decided_at__gte=since)
    # The fields of one entry that were decided together are one piece of work.
    decided = decided.annotate(day=TruncDay("decided_at", tzinfo=clock.BERLIN))
    proposals = Counter(
        day.date().replace(day=1)
        for day, _ in decided.values_list("day", "entry").distinct().order_by()
    )
    done = ErrorReport.objects.filter(done_by__isnull=False, done_at__gte=since)
    reports = _by_month(done, "done_at")
    return [
        MonthOfCare(
            month, answers[month], calls[month], proposals[month], reports[month]
        )
        for month in months
    ]


def _by_month(rows: QuerySet, moment: str) -> Counter[date]:
    month = TruncMonth(moment, tzinfo=clock.BERLIN)
    found = rows.order_by().values_list(month).annotate(Count("pk"))
    return Counter({month.date(): number for month, number in found})


def _waiting_changes() -> int:
    """Entries with proposals that wait for staff."""
    return MaintainedEntry.objects.filter(has_waiting_change=True).count()


def rows(today: date) -> Iterator[list[str | int | float | None]]:
    """The same figures as a table: heading first, one value a row."""
    found = numbers(today)
    yield ["day", "figure", "dimension", "key", "name", "value"]
    yield from _figure_rows(found.day, found.all, "")
    for named in (named for group in found.by.values() for named in group):
        yield from _figure_rows(found.day, named.figure, named.name)
    for day, figure in found.weeks:
        yield from _figure_rows(day, figure, "")
    single = {
        "days_to_answer": found.days_to_answer,
        "open_calls": found.open_calls,
        "later_calls": found.later_calls,
        "waiting_changes": found.waiting_changes,
    }
    for name, value in single.items():
        yield [found.day.isoformat(), name, "all", "", "", value]
    for step, number in found.steps_needed.items():
        label = str(MaintainedEntry.Step(step).label)
        yield [found.day.isoformat(), "steps_needed", "step", step, label, number]
    for month in found.months:
        yield [month.month.isoformat(), "minutes_of_care", "all", "", "", month.minutes]


def _figure_rows(
    day: date, figure: Figure, name: str
) -> Iterator[list[str | int | float | None]]:
    share = None if figure.share is None else round(figure.share, 4)
    values = {
        "visible": figure.visible,
        "confirmed": figure.confirmed,
        "share_confirmed": share,
        "documents": figure.documents,
        "hidden": figure.hidden,
    }
    for what, value in values.items():
        yield [day.isoformat(), what, figure.dimension, figure.key, name, value]

"""Figures of a day and the numbers staff steer by."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_user,
)
from herne_bildung.freshness import tasks
from herne_bildung.freshness.actions.figures import (
    Figure,
    figures_now,
    take_daily_figures,
)
from herne_bildung.freshness.figures import MonthOfCare, numbers, rows
from herne_bildung.freshness.models import (
    Call,
    Confirmation,
    DailyFigure,
    ErrorReport,
    MaintainedEntry,
    ProposedChange,
)
from herne_bildung.lib import clock
from offerings.tests.factories import make_topic

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today():
    noon = datetime(2026, 11, 22, 12, tzinfo=clock.BERLIN)
    clock.shift(noon - (clock.now() - clock._shift))


def make_row(number: int = 0, **values) -> MaintainedEntry:
    """A confirmed entry on the site unless said otherwise."""
    values.setdefault("object_id", MaintainedEntry.objects.count() + 1)
    values = {
        "kind": "offering",
        "title": "Eintrag",
        "is_public": True,
        "confirmed_at": clock.now(),
        "due_on": TODAY,
        "synced_at": clock.now(),
        **values,
    }
    return MaintainedEntry.objects.create(**values)


def make_rows() -> None:
    """One of each sort."""
    yesterday = TODAY - timedelta(days=1)
    at = {"dimensions": {"district": ["a", "b"], "topic": ["t"]}}
    make_row(**at)
    make_row(due_on=yesterday, **at)
    make_row(confirmed_at=None, kind="organisation")
    # From a document: apart, confirmed it is one like the others.
    make_row(as_of="2017", confirmed_at=None, **at)
    make_row(as_of="2017")
    make_row(is_public=False, hidden_at=clock.now(), **at)
    make_row(is_public=False, hidden_at=clock.now(), as_of="2017", confirmed_at=None)
    # In no figure: drafts, ended ones, samples, and what is no list of keys.
    make_row(is_public=False)
    make_row(is_public=False, hidden_at=clock.now(), ended_at=clock.now())
    make_row(is_sample=True, **at)
    make_row(kind="organisation", dimensions={"district": "a", "topic": None})


EXPECTED = [
    Figure("all", "", 5, 3, 1, 1),
    Figure("district", "a", 2, 1, 1, 1),
    Figure("district", "b", 2, 1, 1, 1),
    Figure("kind", "offering", 3, 2, 1, 1),
    Figure("kind", "organisation", 2, 1, 0, 0),
    Figure("topic", "t", 2, 1, 1, 1),
]


def kept() -> list[tuple]:
    return list(
        DailyFigure.objects.order_by("day", "dimension", "key").values_list(
            "dimension", "key", "visible", "confirmed", "documents", "hidden"
        )
    )


def by_key(figures) -> list[Figure]:
    return sorted(figures, key=lambda found: (found.dimension, found.key))


def test_documents_are_counted_apart_and_samples_never():
    make_rows()

    assert by_key(figures_now(TODAY)) == EXPECTED


def test_entries_count_for_their_organisation():
    one, other = make_organisation(), make_organisation()
    make_row(organisation=one)
    make_row(organisation=one, confirmed_at=None)
    make_row(organisation=other)

    found = [row for row in figures_now(TODAY) if row.dimension == "organisation"]

    assert sorted((row.key, row.visible, row.confirmed) for row in found) == sorted(
        [(str(one.pk), 2, 1), (str(other.pk), 1, 1)]
    )


def test_figures_of_a_day_are_written_once_however_often_taken():
    make_rows()
    make_row(kind="weg")

    numbers_of_rows = [take_daily_figures(TODAY)]
    MaintainedEntry.objects.filter(kind="weg").delete()
    numbers_of_rows += [take_daily_figures(TODAY), tasks.take_figures()]

    assert numbers_of_rows == [7, 6, 6]
    assert kept() == [tuple(vars(figure).values()) for figure in EXPECTED]
    assert set(DailyFigure.objects.values_list("day", flat=True)) == {TODAY}


def test_share_of_nothing_is_unknown():
    assert Figure("all", "", 0, 0, 4, 1).share is None
    assert Figure("all", "", 8, 6, 4, 1).share == 0.75


def test_numbers_of_an_empty_portal():
    found = numbers(TODAY)

    assert found.all == Figure("all", "", 0, 0, 0, 0)
    assert found.by == {"kind": [], "district": [], "topic": [], "organisation": []}
    assert (found.weeks, found.days_to_answer) == ([], None)
    assert found.steps_needed == dict.fromkeys(range(1, 7), 0)
    assert [month.minutes for month in found.months] == [0] * 13


def test_dimensions_have_names_in_their_order():
    district = make_district("Wanne")
    second = make_topic("Zweites", key="t2", order=2)
    first = make_topic("Erstes", key="t1", order=1, name_en="First")
    beta, alpha = make_organisation("Beta"), make_organisation("alpha")
    at = {"topic": [second.key, first.key, "weg"], "district": [district.key]}
    make_row(organisation=beta, dimensions=at)
    make_row(organisation=alpha)

    with translation.override("en"):
        by = numbers(TODAY).by

    assert {name: [found.name for found in group] for name, group in by.items()} == {
        "kind": ["offer"],
        "district": ["Wanne"],
        "topic": ["First", "Zweites", "weg"],
        "organisation": ["alpha", "Beta"],
    }


def test_one_figure_a_week_of_the_last_twelve_months():
    for day in ("2025-11-22", "2025-11-23", "2026-11-13", "2026-11-15", "2026-11-16"):
        DailyFigure.objects.create(
            day=day, dimension="all", visible=4, confirmed=3, documents=2, hidden=1
        )
        DailyFigure.objects.create(
            day=day, dimension="kind", visible=9, confirmed=9, documents=9, hidden=9
        )

    assert numbers(TODAY).weeks == [
        (date.fromisoformat(day), Figure("all", "", 4, 3, 2, 1))
        for day in ("2025-11-23", "2026-11-15", "2026-11-16")
    ]


def confirmation(entry, days_ago: int = 0, **values) -> Confirmation:
    values.setdefault("how", "mail_link")
    at = clock.now() - timedelta(days=days_ago)
    return Confirmation.objects.create(entry=entry, at=at, groups=["x"], **values)


def test_days_and_steps_of_the_last_twelve_months():
    entry = make_row()
    for days, step in ((1, 1), (2, 1), (9, 2), (30, 5)):
        confirmation(entry, days_waited=days, steps_needed=step)
    # Nobody was asked; too long ago.
    confirmation(entry)
    confirmation(entry, days_ago=366, days_waited=90, steps_needed=5)

    found = numbers(TODAY)

    assert found.days_to_answer == 5.5
    assert found.steps_needed == {1: 2, 2: 1, 3: 0, 4: 0, 5: 1, 6: 0}


def test_minutes_of_care_by_month():
    staff, entry, other = make_user(), make_row(), make_row()
    now, october = clock.now(), clock.now() - timedelta(days=40)
    for how in ("mail_link", "login", "phone", "visit", "import"):
        confirmation(entry, how=how)
    confirmation(entry, days_ago=40)
    call = {"reason": "no_answer", "since": TODAY, "next_try_on": TODAY}
    Call.objects.create(entry=entry, tries=2, **call)
    closed = {"closed_at": now, "result": "ended"}
    Call.objects.create(entry=other, closed_by=staff, **closed, **call)
    # Ended by its owner, not on the telephone.
    Call.objects.create(entry=other, **closed, **call)
    for field in ("phone", "email"):
        ProposedChange.objects.create(
            entry=entry, field=field, at=october, state="accepted", decided_at=now
        )
    ProposedChange.objects.create(entry=other, field="phone", at=now)
    for by in (staff, None):
        ErrorReport.objects.create(
            key=f"meldung-{by}",
            entry=entry,
            reason="other",
            created_at=october,
            state="closed",
            answer="Erledigt.",
            done_at=october,
            done_by=by,
        )

    months = numbers(TODAY).months

    assert [month for month in months if month.minutes] == [
        MonthOfCare(date(2026, 10, 1), answers=1, reports=1),
        MonthOfCare(date(2026, 11, 1), answers=2, calls=5, proposals=1),
    ]
    assert [month.minutes for month in months[-2:]] == [6, 25]
    assert (months[0].month, len(months)) == (date(2025, 11, 1), 13)


def test_month_begins_at_midnight_in_herne():
    midnight = datetime(2026, 11, 1, tzinfo=clock.BERLIN)
    before = clock.now() - (midnight - timedelta(minutes=1))
    Confirmation.objects.create(
        entry=make_row(), at=clock.now() - before, how="login", groups=["x"]
    )
    Confirmation.objects.create(
        entry=make_row(), at=midnight, how="login", groups=["x"]
    )

    assert [month.answers for month in numbers(TODAY).months[-2:]] == [1, 1]


def test_what_waits_is_counted():
    entry = make_row(has_waiting_change=True)
    Call.objects.create(entry=entry, reason="no_answer", since=TODAY, next_try_on=TODAY)
    Call.objects.create(
        entry=make_row(),
        reason="no_answer",
        since=TODAY,
        next_try_on=TODAY + timedelta(days=1),
    )

    found = numbers(TODAY)

    assert (found.open_calls, found.later_calls, found.waiting_changes) == (1, 1, 1)


def test_table_has_the_same_figures():
    make_rows()
    take_daily_figures(TODAY)

    table = list(rows(TODAY))

    assert table[:6] == [
        ["day", "figure", "dimension", "key", "name", "value"],
        ["2026-11-22", "visible", "all", "", "", 5],
        ["2026-11-22", "confirmed", "all", "", "", 3],
        ["2026-11-22", "share_confirmed", "all", "", "", 0.6],
        ["2026-11-22", "documents", "all", "", "", 1],
        ["2026-11-22", "hidden", "all", "", "", 1],
    ]
    assert ["2026-11-22", "share_confirmed", "topic", "t", "t", 0.5] in table
    assert table[-1] == ["2026-11-01", "minutes_of_care", "all", "", "", 0]


def test_numbers_take_as_many_queries_for_many_organisations():
    numbers(TODAY)
    counts = []
    for _ in (1, 2):
        for _ in range(3):
            make_row(organisation=make_organisation())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            numbers(TODAY)
        counts.append(len(queries))

    assert counts == [16, 16]

"""Imports undone as one step, and entries that a table lacks."""

import pytest

from herne_bildung.city.models import AuditEntry
from herne_bildung.portal.exchange import actions
from herne_bildung.portal.exchange.actions import NotNow
from herne_bildung.portal.tests.exchange import (
    ROW,
    checked,
    row,
    table,
    taken_over,
    undone,
    worked,
)
from offerings.models import Offering


def test_an_undone_import_leaves_what_was_before(lead, school):
    taken_over(table(ROW), by=lead)
    second = taken_over(table(row(title="Anders"), row(key="K2")), by=lead)

    job = undone(second, by=lead)

    assert job.state == "undone"
    assert list(Offering.objects.order_by("pk").values_list("title_de", "state")) == [
        ("Töpfern", "draft"),
        ("Töpfern", "archived"),
    ]
    noted = AuditEntry.objects.get(action="import_undone")
    assert (noted.by, noted.details["taken_back"]) == (lead, 2)

    taken_over(table(row(key="K2", title="Wieder")), by=lead)

    assert Offering.objects.filter(state="draft", title_de="Wieder").count() == 1
    assert Offering.objects.count() == 2


def test_what_was_changed_since_stays_when_an_import_is_undone(lead, school):
    taken_over(table(ROW), by=lead)
    second = taken_over(table(row(title="Anders", phone="1"), row(key="K2")), by=lead)
    Offering.objects.update(phone="von Hand")

    job = undone(second, by=lead)

    assert list(Offering.objects.order_by("pk").values_list("title_de", "state")) == [
        ("Töpfern", "draft"),
        ("Töpfern", "draft"),
    ]
    assert [one.stays for one in job.rows.order_by("pk")] == [["phone"], ["phone"]]


def test_missing_entries_are_archived_only_where_somebody_says_so(lead, school):
    rows = [row(key=f"K{number}") for number in range(10)]
    taken_over(table(*rows), by=lead)

    job = taken_over(table(*rows[:9]), by=lead)
    assert (job.counts.get("archived"), Offering.objects.count()) == (None, 10)

    job = checked(table(*rows[:9]), by=lead, file_name="a.csv")
    assert (job.counts["vanished"], job.counts["known"]) == (1, 10)
    job = worked(actions.take_over(job, by=lead, archives=True))
    assert Offering.objects.filter(state="archived").count() == 1

    job = checked(table(*rows[:3]), by=lead, file_name="b.csv")
    with pytest.raises(NotNow):
        actions.take_over(job, by=lead, archives=True)
    job = worked(actions.take_over(job, by=lead, archives=True, archives_many=True))
    assert Offering.objects.filter(state="archived").count() == 7

    undone(job, by=lead)
    assert Offering.objects.filter(state="archived").count() == 1

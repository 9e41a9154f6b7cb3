"""A meeting updates many measures at once, loses nothing, and can take it back."""

from datetime import date

import pytest
from django.utils.translation import ngettext, override

from goals import meeting
from goals.actions import set_status
from goals.models import Measure, Progress
from goals.tests.administration import said, signed_in
from goals.tests.factories import make_goal, make_measure, make_period
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import ADVISERS, OFFICE, TRANSLATORS
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
MEANWHILE = "Somebody else wrote this meanwhile: %(text)s"


@pytest.fixture
def office(client):
    return signed_in(client, OFFICE)


def address_of(period) -> str:
    return f"/verwaltung/goals/period/{period.pk}/sitzung/"


def filled_in(page, **changed) -> dict[str, str]:
    """What the table sends; names of fields like "m5-status"."""
    values = {"on": page.context["day"]["on"].value()}
    for _goal, rows in page.context["goals"]:
        for row in rows:
            values |= dict(row.form.now)
            for name in row.form.fields:
                values[row.form.add_prefix(name)] = row.form[name].value() or ""
    return {**values, **changed}


def statuses() -> dict[str, str]:
    return dict(Measure.objects.values_list("title_de", "status"))


def test_open_measures_stand_by_goal(client, office):
    period = make_period()
    second, first = make_goal(number=2), make_goal(number=1)
    make_measure("B", goal=second)
    make_measure("A", goal=first, state="draft")
    done = make_measure("Fertig", goal=first)
    set_status(
        measure=done, status="done", reason="Ja.", on=date(2026, 1, 1), by=office
    )
    make_measure("Fremd", goal=make_goal(period=make_period(2033)))

    page = client.get(address_of(period))

    assert [
        (goal, [row.measure.title_de for row in rows])
        for goal, rows in page.context["goals"]
    ] == [(first, ["A"]), (second, ["B"])]
    assert page.context["day"]["on"].value() == clock.today()


def test_rows_with_something_new_are_saved_together(client, office):
    goal, year = make_goal(), clock.today().year
    one, two, three = (make_measure(title, goal=goal) for title in "ABC")
    Progress.objects.create(measure=two, year=year, text_de="Alt")
    page = client.get(address_of(goal.period))
    values = filled_in(page, on="2026-03-04")
    values |= {f"m{one.pk}-status": "paused", f"m{one.pk}-reason": "Kein Raum."}
    values |= {f"m{two.pk}-progress": "Neu\r\nZwei Zeilen"}

    answer = client.post(address_of(goal.period), values, follow=True)

    assert statuses() == {"A": "paused", "B": "", "C": ""}
    [change] = one.status_changes.all()
    assert (change.on, change.reason_de) == (date(2026, 3, 4), "Kein Raum.")
    assert Progress.objects.get().text_de == "Neu\nZwei Zeilen"
    assert answer.context["saved"]["words"] == said("%(number)s changed.", number=2)
    assert EntryVersion.objects.filter(object_id=three.pk).count() == 0
    versions = EntryVersion.objects.filter(by=office).order_by("object_id")
    assert list(versions.values_list("object_id", "comment")) == [
        (one.pk, "Kein Raum."),
        (two.pk, ""),
    ]


def test_a_fault_in_one_row_saves_none_and_loses_nothing(client, office):
    goal = make_goal()
    one, two = (make_measure(title, goal=goal) for title in "AB")
    values = filled_in(client.get(address_of(goal.period)))
    values |= {f"m{one.pk}-status": "running", f"m{one.pk}-reason": "Geht los."}
    values |= {f"m{two.pk}-status": "done", f"m{two.pk}-progress": "Viel."}

    page = client.post(address_of(goal.period), values)

    [(_goal, rows)] = page.context["goals"]
    assert [dict(row.form.errors) for row in rows] == [
        {},
        {"reason": [said("A new status needs its reason.")]},
    ]
    assert page.context["number_of_faults"] == 1
    assert [row.form["status"].value() for row in rows] == ["running", "done"]
    assert [row.form["reason"].value() for row in rows] == ["Geht los.", ""]
    assert rows[1].form["progress"].value() == "Viel."
    assert statuses() == {"A": "", "B": ""}


def test_what_others_wrote_meanwhile_is_seen_before_it_is_overwritten(client, office):
    measure = make_measure()
    address = address_of(measure.goal.period)
    values = filled_in(client.get(address))
    set_status(
        measure=measure, status="done", reason="x", on=date(2026, 1, 1), by=office
    )
    measure.progress.create(year=clock.today().year, text_de="Von anderen")
    name = f"m{measure.pk}"
    values |= {f"{name}-status": "running", f"{name}-reason": "Läuft."}
    values |= {f"{name}-progress": "Von mir"}

    page = client.post(address, values)

    [(_goal, [row])] = page.context["goals"]
    assert dict(row.form.errors) == {
        "status": [said(MEANWHILE, text="abgeschlossen")],
        "progress": [said(MEANWHILE, text="Von anderen")],
    }
    client.post(address, {**values, **dict(row.form.now)})

    measure.refresh_from_db()
    assert measure.progress.get().text_de == "Von mir"
    # Of the same day the later one counts, here the newer day.
    assert measure.status == "running"


def test_the_last_save_is_taken_back(client, office):
    goal = make_goal()
    one, two = (make_measure(title, goal=goal) for title in "AB")
    address = address_of(goal.period)
    values = filled_in(client.get(address))
    for measure in (one, two):
        name = f"m{measure.pk}"
        values |= {f"{name}-status": "done", f"{name}-reason": "Fertig."}
        values |= {f"{name}-progress": "Viel."}
    page = client.post(address, values, follow=True)
    set_status(
        measure=two, status="paused", reason="Doch nicht", on=clock.today(), by=office
    )

    token = page.context["saved"]["token"]
    answer = client.post(f"{address}zurueck/", {"gespeichert": token}, follow=True)

    assert statuses() == {"A": "", "B": "paused"}
    assert [one.progress.count(), two.progress.count()] == [0, 1]
    with override("de"):
        number = ngettext(
            "%(number)s measure is as before.", "%(number)s measures are as before.", 1
        )
    assert [str(one) for one in answer.context["messages"]] == [
        number % {"number": 1},
        said("Changed again since, and not taken back: %(names)s", names="B"),
    ]


def test_taking_back_twice_or_with_a_made_up_token_does_nothing(client, office):
    measure = make_measure()
    saved = meeting.save(
        [meeting.Change(measure, status="done", reason="Fertig.")],
        on=clock.today(),
        year=clock.today().year,
        by=office,
    )
    address = f"{address_of(measure.goal.period)}zurueck/"

    assert meeting.undo(saved, by=office).number == 1
    assert meeting.undo(saved, by=office) == meeting.Undone(0, [measure.title_de])
    assert client.post(address, {"gespeichert": "falsch"}).status_code == 404
    assert client.get(address).status_code == 405


def test_closed_periods_have_no_meeting(client, office):
    assert client.get(address_of(make_period(2013, is_closed=True))).status_code == 404


@pytest.mark.parametrize("group", [ADVISERS, TRANSLATORS])
def test_meetings_are_for_the_office(client, group):
    signed_in(client, group, translates=["tr"])
    measure = make_measure()

    assert client.get(address_of(measure.goal.period)).status_code == 403
    answer = client.post(address_of(measure.goal.period), {"on": "2026-01-01"})
    assert answer.status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(client, office, number, django_assert_num_queries):
    goal = make_goal()
    for _ in range(number):
        make_measure(goal=goal)

    with django_assert_num_queries(9):
        client.get(address_of(goal.period))

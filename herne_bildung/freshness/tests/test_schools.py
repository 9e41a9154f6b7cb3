"""Schools of the official list: reported, never asked for."""

from datetime import timedelta

import pytest
from django.conf import settings

from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.administration import signed_in
from herne_bildung.city.tests.factories import make_school
from herne_bildung.freshness.actions import entries, reports
from herne_bildung.freshness.actions.figures import figures_now
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.actions.sync import sync_all
from herne_bildung.freshness.kinds import NotConfirmed
from herne_bildung.freshness.models import Call, MaintainedEntry, OutgoingMail
from herne_bildung.freshness.tests.factories import go_to
from herne_bildung.freshness.tests.runs import MONDAY
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
ENTRIES = "/verwaltung/freshness/maintainedentry/"


def report_about(school):
    return reports.receive(
        key="eins",
        kind="school",
        object_id=school.pk,
        reason="contact",
        text="Nummer falsch",
        email="",
        language="de",
    )


def test_page_of_a_school_leads_to_the_form_whose_report_reaches_the_office(client):
    school = make_school("Schule am Park", as_of="2024-10-15", phone="02323 1")
    form = f"/de/fehler-melden/school/{school.pk}/"

    page = client.get(f"/de/schulen/{school.slug}/").content.decode()
    opened = client.get(form)
    report = report_about(school)

    assert page.count(f'href="{form}"') == 1
    assert (opened.status_code, "Schule am Park" in opened.content.decode()) == (
        200,
        True,
    )
    [mail] = OutgoingMail.objects.all()
    assert (report.entry.title, mail.recipient) == (
        "Schule am Park",
        settings.CARE_MAILBOX,
    )
    assert f"/verwaltung/city/school/{school.pk}/change/" in mail.text


def test_nobody_is_asked_or_called_about_a_school():
    make_school(as_of="2024-10-15")
    sync_all()
    go_to(MONDAY + timedelta(days=2000))

    take_steps()

    entry = MaintainedEntry.objects.get(kind="school")
    assert (entry.step, entry.next_on, entry.is_public) == (0, None, True)
    assert (Call.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_schools_are_in_no_figure_and_in_no_list_of_entries(client):
    make_school("Schule am Park", as_of="2024-10-15")
    sync_all()
    row = MaintainedEntry.objects.get(kind="school")
    signed_in(client, OFFICE)

    listed_entries = client.get(ENTRIES)
    page = client.get(f"{ENTRIES}{row.pk}/change/")
    table = client.get("/verwaltung/pflege/zahlen.csv").content.decode()

    assert figures_now(clock.today()) == []
    assert MaintainedEntry.objects.counted().count() == 0
    assert [*listed_entries.context["cl"].result_list] == []
    assert "kind=school" not in listed_entries.content.decode()
    assert page.status_code == 302
    assert [line for line in table.splitlines() if "school" in line] == []


@pytest.mark.parametrize("do", ["hide", "end"])
def test_only_the_list_takes_a_school_off_the_site(client, do):
    school = make_school(as_of="2024-10-15")
    sync_all()
    row = MaintainedEntry.objects.get(kind="school")
    signed_in(client, OFFICE)

    answer = client.post(f"{ENTRIES}{row.pk}/tun/", {"do": do, "reason": "Umzug"})
    with pytest.raises(NotConfirmed):
        entries.hide(row, reason="Umzug") if do == "hide" else entries.end(row)

    school.refresh_from_db()
    row.refresh_from_db()
    assert (answer.status_code, school.vanished_on) == (404, None)
    assert (row.is_public, row.hidden_at, row.ended_at) == (True, None, None)


def test_report_about_a_school_leads_staff_to_the_school(client):
    school = make_school(as_of="2024-10-15")
    report = report_about(school)
    signed_in(client, OFFICE)

    page = client.get(f"/verwaltung/freshness/errorreport/{report.pk}/change/")

    content = page.content.decode()
    assert f"/verwaltung/city/school/{school.pk}/change/" in content
    assert f"{ENTRIES}{report.entry_id}/" not in content

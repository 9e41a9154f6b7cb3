"""Schools of the official list: reported, never asked for."""

from datetime import timedelta

import pytest
from django.conf import settings

from herne_bildung.city.tests.factories import make_school
from herne_bildung.freshness.actions import reports
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.actions.sync import sync_all
from herne_bildung.freshness.models import Call, MaintainedEntry, OutgoingMail
from herne_bildung.freshness.tests.factories import go_to
from herne_bildung.freshness.tests.runs import MONDAY

pytestmark = pytest.mark.django_db


def test_page_of_a_school_leads_to_the_form_whose_report_reaches_the_office(client):
    school = make_school("Schule am Park", as_of="2024-10-15", phone="02323 1")
    form = f"/de/fehler-melden/school/{school.pk}/"

    page = client.get(f"/de/schulen/{school.slug}/").content.decode()
    opened = client.get(form)
    report = reports.receive(
        key="eins",
        kind="school",
        object_id=school.pk,
        reason="contact",
        text="Nummer falsch",
        email="",
        language="de",
    )

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

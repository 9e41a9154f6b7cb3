"""Recipients, campaigns, reports, figures as staff use them."""

import csv
import io
from datetime import timedelta

import pytest

from herne_bildung.city.models import AuditEntry
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.campaigns import next_run_on
from herne_bildung.freshness.actions.figures import Figure
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.admin.overview import _curve
from herne_bildung.freshness.models import (
    Campaign,
    Digest,
    ErrorReport,
    MaintainedEntry,
    OutgoingMail,
    Recipient,
)
from herne_bildung.freshness.templatetags.care_pages import percent
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tests.test_calls import make_call
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
RECIPIENTS, OVERVIEW = "/verwaltung/freshness/recipient/", "/verwaltung/pflege/"


def act(client, action: str, *recipients: Recipient) -> list[str]:
    """What the list says after an action."""
    chosen = [recipient.pk for recipient in recipients]
    fields = {"action": action, "_selected_action": chosen}
    response = client.post(RECIPIENTS, fields, follow=True)
    return [str(message)[:2] for message in response.context["messages"]]


def test_invited_once_in_three_days(office):
    recipient = make_recipient(make_organisation(), allowed_at=None)

    said = [act(office, "invite", recipient), act(office, "invite", recipient)]
    clock.shift(timedelta(days=3, minutes=1))
    said.append(act(office, "invite", recipient))

    recipient.refresh_from_db()
    assert said == [["1 "], ["0 "], ["1 "]]
    assert OutgoingMail.objects.filter(recipient=recipient.email).count() == 2
    assert (recipient.invited_at is None, recipient.is_usable) == (False, False)


@pytest.mark.parametrize("column", ["allowed_at", "declined_at", "bounced_at"])
def test_not_everyone_is_invited(office, column):
    values = {"allowed_at": None, column: clock.now()}

    assert act(office, "invite", make_recipient(**values)) == ["0 "]
    assert OutgoingMail.objects.count() == 0


def test_staff_switch_mails_on_and_off(office):
    recipient = make_recipient(allowed_at=None)
    digest = Digest.objects.create(
        recipient=recipient,
        day=clock.today(),
        expires_at=clock.now(),
        created_at=clock.now(),
    )

    act(office, "switch_on", recipient)
    recipient.refresh_from_db()
    on = (recipient.is_usable, recipient.allowed_by)
    act(office, "switch_off", recipient)

    recipient.refresh_from_db()
    digest.refresh_from_db()
    assert on == (True, office.user)
    assert (recipient.is_usable, digest.revoked_at is None) == (False, False)


def test_what_someone_was_asked_goes_on_when_the_mails_are_switched_off(office):
    entry = make_entry(step=MaintainedEntry.Step.ASKED, step_on=clock.today())
    recipient = make_recipient(entry.organisation)
    make_digest(entry, recipient=recipient)

    assert [act(office, "switch_off", recipient) for _ in "12"] == [["1 "], ["0 "]]

    entry.refresh_from_db()
    assert (entry.round, entry.step) == (2, MaintainedEntry.Step.CALL)
    assert entry.calls.get().closed_at is None


def test_who_declined_is_not_switched_on(office):
    recipient = make_recipient(allowed_at=None, declined_at=clock.now())

    assert act(office, "switch_on", recipient) == ["0 "]


def test_bounce_is_cleared(office):
    recipient = make_recipient(bounced_at=clock.now(), bounce_reason="550")

    act(office, "clear_bounce", recipient)

    recipient.refresh_from_db()
    assert (recipient.is_usable, recipient.bounce_reason) == (True, "")


def test_campaign_is_previewed_and_started_by_its_button_only(office):
    entry = make_entry(
        due_on=clock.today() + timedelta(days=60),
        next_on=clock.today() + timedelta(days=40),
    )
    recipient = make_recipient(entry.organisation)
    office.post(
        "/verwaltung/freshness/campaign/add/",
        {"name": "Sommer", "covers_until": clock.today() + timedelta(days=90)},
    )
    campaign = Campaign.objects.get()
    page = f"/verwaltung/freshness/campaign/{campaign.pk}/vorschau/"

    shown = office.get(page).context
    office.post(page)
    campaign.refresh_from_db()
    assert shown["mails"] == [(recipient, [entry], -19)]
    assert (shown["number_of_entries"], campaign.started_at) == (1, None)

    office.post(page, {"do": "start"})
    campaign.refresh_from_db()
    assert (campaign.entries_asked, campaign.started_by) == (1, office.user)
    change = f"/verwaltung/freshness/campaign/{campaign.pk}/change/"
    assert office.post(change, {"name": "x"}).status_code == 403
    take_steps(today=next_run_on())
    asked = office.get(page).context["asked"]
    assert [(item.digest.recipient, item.entry) for item in asked] == [
        (recipient, entry)
    ]


def test_campaign_that_is_over_or_empty_is_refused(office):
    day = clock.today() - timedelta(days=1)
    add = "/verwaltung/freshness/campaign/add/"
    refused = office.post(add, {"name": "Alt", "covers_until": day})
    assert list(refused.context["adminform"].form.errors) == ["covers_until"]

    office.post(add, {"name": "Leer", "covers_until": clock.today()})
    campaign = Campaign.objects.get()
    page = f"/verwaltung/freshness/campaign/{campaign.pk}/vorschau/"
    assert 'value="start"' not in office.get(page).content.decode()
    said = office.post(page, {"do": "start"}, follow=True).context["messages"]

    campaign.refresh_from_db()
    assert [message.level_tag for message in said] == ["error"]
    assert campaign.started_at is None


def test_report_is_answered_with_words(office):
    report = ErrorReport.objects.create(
        key="a",
        entry=make_entry(),
        reason="times",
        email="leser@example.org",
        language="de",
        created_at=clock.now(),
    )
    page = f"/verwaltung/freshness/errorreport/{report.pk}/"

    empty = office.post(f"{page}tun/", {"do": "answer", "answer": " "}, follow=True)
    assert empty.content.decode().count('aria-describedby="care-answer-error"') == 1
    office.post(f"{page}tun/", {"answer": "Ohne Knopf."})
    report.refresh_from_db()
    assert report.state == "open"

    office.post(f"{page}tun/", {"do": "answer", "answer": "Ist berichtigt."})
    report.refresh_from_db()
    assert (report.state, report.answer, report.done_by) == (
        "answered",
        "Ist berichtigt.",
        office.user,
    )
    assert "leser@example.org" not in office.get(f"{page}change/").content.decode()


def test_saving_leads_back_to_a_page_of_the_administration_only(office):
    organisation = make_organisation("Haus")
    page = f"/verwaltung/freshness/caredfororganisation/{organisation.pk}/change/"
    fields = {
        f"{prefix}-{count}_FORMS": 0
        for prefix in ("responsibilities", "closed_periods", "care_intervals")
        for count in ("TOTAL", "INITIAL")
    }

    found = {
        wanted: office.post(f"{page}?return_to={wanted}", fields)["Location"]
        for wanted in ("/verwaltung/anrufe/", "https://example.org/verwaltung/", "//x/")
    }

    back = "/verwaltung/freshness/caredfororganisation/"
    assert found == {
        "/verwaltung/anrufe/": "/verwaltung/anrufe/",
        "https://example.org/verwaltung/": back,
        "//x/": back,
    }


def test_overview_counts_what_waits(office):
    make_call()
    make_entry(hidden_at=clock.now(), is_public=False)

    waiting = office.get(OVERVIEW).context["waiting"]

    assert [number for _name, number, _address in waiting] == [
        "1",
        "0",
        "0",
        "1",
        "0",
        "0",
        "0",
    ]
    assert {office.get(address).status_code for _, _, address in waiting} == {200}


@pytest.mark.parametrize("number", [1, 3])
def test_overview_number_of_queries(office, number, django_assert_num_queries):
    for _ in range(number):
        make_call()
    office.get(OVERVIEW)

    with django_assert_num_queries(28):
        office.get(OVERVIEW)


def test_figures_open_in_a_german_excel(office):
    make_entry(make_organisation("=Haus"))

    response = office.get(f"{OVERVIEW}zahlen.csv")

    text = response.content.decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert response.content[:3] == b"\xef\xbb\xbf"
    assert len(heading) == 6
    assert {len(row) for row in rows} == {6}
    assert "'=Haus" in {row[4] for row in rows}
    assert AuditEntry.objects.get(action="exported").details == {"form": "csv"}


def test_curve_needs_two_weeks():
    def week(confirmed: int) -> tuple:
        return clock.today(), Figure("all", "", 4, confirmed, 0, 0)

    assert _curve([week(1)]) == ""
    assert _curve([week(1), week(2), week(4)]) == "0.0,75.0 150.0,50.0 300.0,0.0"


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "–"), (1, "100 %"), (0.99999, "99,9 %"), (0.5, "50 %"), (0, "0 %")],
)
def test_share_in_words(share, words):
    assert percent(share).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({}, ["switch_off"]),
        ({"allowed_at": None}, ["invite", "switch_on"]),
        ({"bounced_at": "2026-11-01T08:00Z"}, ["clear_bounce"]),
        ({"declined_at": "2026-11-01T08:00Z"}, []),
    ],
)
def test_page_of_a_recipient_offers_what_changes_something(office, values, names):
    recipient = make_recipient(**values)

    shown = office.get(f"{RECIPIENTS}{recipient.pk}/change/").context["buttons"]

    assert [name for name, _label in shown] == names

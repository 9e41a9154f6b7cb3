"""Proposed changes: accepted through the form, refused with a reason."""

import re

import pytest

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.freshness.actions import changes
from herne_bildung.freshness.actions.entries import put_on_call_list, settle_calls
from herne_bildung.freshness.models import (
    Call,
    Confirmation,
    MaintainedEntry,
    OutgoingMail,
    ProposedChange,
)
from herne_bildung.freshness.tests.factories import (
    make_confirmed,
    make_entry,
    make_recipient,
)
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
LIST = "/verwaltung/freshness/proposedchange/"


def make_change(field="phone", old="1", new="2", entry=None, **values):
    entry = entry or make_entry(make_organisation("Haus", phone="1"))
    MaintainedEntry.objects.filter(pk=entry.pk).update(
        has_waiting_change=True, next_on=None
    )
    values.setdefault("recipient", make_recipient(entry.organisation))
    return ProposedChange.objects.create(
        entry=entry, field=field, old=old, new=new, at=clock.now(), **values
    )


def now(change) -> Organisation:
    return Organisation.objects.get(pk=change.entry.object_id)


def test_accepted_change_is_on_the_site_and_nothing_is_confirmed():
    change, user = make_change(), make_user()

    decided = changes.accept([change], by=user)

    change.refresh_from_db()
    assert decided.done == [change]
    assert (now(change).phone, change.state, change.decided_by) == (
        "2",
        "accepted",
        user,
    )
    assert (change.entry.has_waiting_change, change.entry.next_on is None) == (
        False,
        False,
    )
    assert Confirmation.objects.count() == 0


def test_what_its_own_people_proposed_is_not_due_by_being_accepted():
    entry = make_confirmed(clock.today(), make_organisation("Haus", phone="1"))
    due = entry.groups["contact"]["due"]

    changes.accept([make_change(entry=entry)], by=make_user())

    entry.refresh_from_db()
    assert entry.groups["contact"]["due"] == due


def test_after_the_decision_one_click_from_the_mail_confirms_all_else(client):
    entry = make_entry(
        make_organisation("Haus", phone="1"), step=Step.ASKED, step_on=clock.today()
    )
    change = make_change(entry=entry)

    changes.accept([change], by=make_user())

    mail = OutgoingMail.objects.get()
    [link] = re.findall(r"https?://\S+/pflege/\S+/", mail.text)
    assert (mail.text.count("/pflege/"), mail.html.count(f'"{link}"')) == (1, 1)
    page = f"/de/{link.split('/de/')[1]}"
    [one] = client.get(page).context["still_open"]
    sent = {f"seen-{one.item.pk}": one.seen, "decision": "confirm"}
    client.post(page, sent)
    entry.refresh_from_db()
    assert (Confirmation.objects.get().entry, entry.step) == (entry, Step.NONE)


def test_while_something_else_waits_the_mail_asks_nothing():
    entry = make_entry(step=Step.ASKED, step_on=clock.today())
    recipient = make_recipient(entry.organisation)
    change = make_change(entry=entry, recipient=recipient)
    make_change("email", "", "a@example.org", entry=entry, recipient=recipient)

    changes.accept([change], by=make_user(), even_if_outdated=True)

    assert "/pflege/" not in OutgoingMail.objects.get().text


def test_accepting_twice_is_accepting_once():
    change = make_change()
    changes.accept([change], by=make_user())

    assert changes.accept([change], by=make_user()).done == []
    assert changes.refuse([change], reason="x", by=make_user()).done == []
    assert OutgoingMail.objects.count() == 1


def test_other_fields_stay_as_they_are():
    change = make_change()
    Organisation.objects.update(website="https://haus.example", email="a@example.org")

    changes.accept([change], by=make_user())

    found = now(change)
    assert (found.phone, found.website, found.email) == (
        "2",
        "https://haus.example",
        "a@example.org",
    )


def test_changed_meanwhile_waits_for_someone_who_saw_it():
    change = make_change(old="0")

    decided = changes.accept([change], by=make_user())
    assert (decided.outdated, now(change).phone) == ([change], "1")

    decided = changes.accept([change], by=make_user(), even_if_outdated=True)
    assert (decided.done, now(change).phone) == ([change], "2")


def test_what_the_form_refuses_is_not_written():
    change = make_change("website", "", "kein Ort im Netz")

    decided = changes.accept([change], by=make_user())

    change.refresh_from_db()
    [(refused, said)] = decided.invalid
    assert (refused, change.state, now(change).website) == (change, "waiting", "")
    assert said


def test_refused_change_tells_why():
    change = make_change()

    changes.refuse([change], reason="Die Nummer ist falsch.", by=make_user())

    change.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert (change.state, now(change).phone) == ("refused", "1")
    assert mail.recipient == change.recipient.email
    for body in (mail.text, mail.html):
        assert "Die Nummer ist falsch." in body
    assert change.entry.has_waiting_change is False


def test_nobody_is_written_to_who_does_not_want_it():
    change = make_change()
    change.recipient.declined_at = clock.now()
    change.recipient.save()

    changes.accept([change], by=make_user())

    assert OutgoingMail.objects.count() == 0


def test_entry_waits_while_another_change_does():
    change = make_change()
    other = make_change(
        "email", "", "a@example.org", change.entry, recipient=change.recipient
    )

    changes.accept([change], by=make_user())
    entry = MaintainedEntry.objects.get()
    assert (entry.has_waiting_change, entry.next_on) == (True, None)

    changes.refuse([other], reason="x", by=make_user())
    assert MaintainedEntry.objects.get().has_waiting_change is False


@pytest.mark.parametrize("is_accepted", [True, False])
def test_entry_of_the_call_list_is_asked_again_after_the_decision(is_accepted):
    entry = make_entry(make_organisation("Haus", phone="1", as_of="2017"))
    put_on_call_list(entry, Call.Reason.NO_ANSWER)
    settle_calls(entry, Call.Result.SETTLED)
    first, second = make_change(entry=entry), make_change("email", "", "a@b.de", entry)

    changes.accept([first], by=make_user())
    entry.refresh_from_db()
    between = (entry.step, entry.round, entry.next_on)
    if is_accepted:
        changes.accept([second], by=make_user())
    else:
        changes.refuse([second], reason="Nein.", by=make_user())

    entry.refresh_from_db()
    assert between == (Step.CALL, 1, None)
    assert (entry.step, entry.step_on, entry.round) == (Step.NONE, None, 2)
    assert entry.next_on <= clock.today()


def test_entry_that_is_on_the_call_list_stays_there():
    entry = make_entry(make_organisation("Haus", phone="1"))
    change = make_change(entry=entry)
    entry.refresh_from_db()
    put_on_call_list(entry, Call.Reason.NO_ANSWER)

    changes.accept([change], by=make_user())

    entry.refresh_from_db()
    assert (entry.step, entry.round) == (Step.CALL, 1)
    assert Call.objects.get().closed_at is None


def test_staff_accept_several_at_once(office):
    found = [make_change(), make_change(), make_change(old="0")]

    response = office.post(
        LIST,
        {"action": "accept", "_selected_action": [one.pk for one in found]},
        follow=True,
    )

    states = ProposedChange.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["accepted", "accepted", "waiting"]
    assert [message.level_tag for message in response.context["messages"]] == [
        "success",
        "warning",
    ]


def test_refusing_needs_a_reason(office):
    change = make_change()
    fields = {"action": "refuse", "_selected_action": [change.pk]}

    office.post(LIST, fields)
    change.refresh_from_db()
    assert change.state == "waiting"

    office.post(LIST, {**fields, "reason": "Nein."})
    change.refresh_from_db()
    assert (change.state, change.reason) == ("refused", "Nein.")


def test_page_shows_what_the_portal_says_now_and_replaces_it(office):
    change = make_change(old="0")
    page = f"{LIST}{change.pk}/"

    one = office.get(f"{page}change/").context["one"]
    assert (one.old, one.new, one.now, one.is_outdated) == ("0", "2", "1", True)

    office.post(f"{page}tun/", {"do": "accept", "now": "something else"})
    assert now(change).phone == "1"
    office.post(f"{page}tun/", {"do": "accept", "now": one.now})
    assert now(change).phone == "2"


def test_page_without_its_button_changes_nothing(office):
    change = make_change()

    office.post(f"{LIST}{change.pk}/tun/", {"now": "1", "reason": "x"})
    office.get(f"{LIST}{change.pk}/tun/?do=accept&now=1")

    change.refresh_from_db()
    assert change.state == "waiting"


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(office, number, django_assert_num_queries):
    for _ in range(number):
        make_change()
    office.get(LIST)

    with django_assert_num_queries(9):
        office.get(LIST)

"""`manage.py remind`: only shown, to one address, some of it."""

import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext

from herne_bildung.freshness import tasks
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.models import (
    Call,
    DigestItem,
    MaintainedEntry,
    OutgoingMail,
    Recipient,
)
from herne_bildung.freshness.pauses import DAY
from herne_bildung.freshness.tests.factories import go_to, make_recipient
from herne_bildung.freshness.tests.runs import (
    MONDAY,
    counts,
    due_now,
    make_due,
    written,
)

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step


def test_limit_is_a_number_of_mails():
    make_due(3)

    assert [take_steps(limit=2).mailed for _ in range(2)] == [2, 1]


def test_only_one_kind():
    entry, other = make_due(2)
    MaintainedEntry.objects.filter(pk=other.pk).update(kind="offering")

    take_steps(only_kind="organisation")

    assert list(DigestItem.objects.values_list("entry_id", flat=True)) == [entry.pk]


def test_dry_run_shows_the_mails_and_writes_nothing(capsys):
    [entry] = make_due(1)
    due_now()
    [recipient] = Recipient.objects.all()

    call_command("remind", "--dry-run")

    shown = capsys.readouterr().out
    assert written() == counts(0)
    take_steps()
    mail = OutgoingMail.objects.get()
    lines = shown.splitlines()
    assert lines[:3] == [
        f"An: {recipient.email}",
        f"Betreff: {mail.subject}",
        f"  - {entry.title}: {Step.ASKED.label}",
    ]
    # The same, but for the links, which name the digest.
    called = due_entry_without_contact().title
    begin_of_calls = lines.index("Auf die Anrufliste:")
    assert lines[begin_of_calls + 1] == f"  - {called}: {Call.Reason.NO_CONTACT.label}"
    assert [line for line in lines[4:begin_of_calls] if "/pflege/" not in line][
        :-1
    ] == [line for line in f"{mail.text}".splitlines() if "/pflege/" not in line] + [""]
    assert lines[-1] == (
        "Probe, kein Schritt getan: 1 Mail mit 1 Schritt, 1 Eintrag auf die"
        " Anrufliste, 0 verborgen (0 Mails darüber). Wegen Ferien oder Schließzeiten"
        " warten 0 Einträge, wegen der letzten Mail 0 Adressen."
    )


def due_entry_without_contact() -> MaintainedEntry:
    return MaintainedEntry.objects.get(calls__isnull=False)


def to_hide(number: int) -> list[Recipient]:
    """Owners, each of an entry that nobody answered for."""
    entries = [due_now(step=Step.CALL, step_on=MONDAY) for _ in range(number)]
    return [make_recipient(entry.organisation) for entry in entries]


def mails_shown(capsys) -> list[str]:
    lines = capsys.readouterr().out.splitlines()
    return [line.removeprefix("An: ") for line in lines if line.startswith("An: ")]


def test_dry_run_shows_the_mails_about_what_is_hidden_and_hides_nothing(capsys):
    [owner] = to_hide(1)
    before = written()

    call_command("remind", "--dry-run")

    shown = capsys.readouterr().out
    assert written() == before
    assert MaintainedEntry.objects.get().hidden_at is None
    assert take_steps().hidden == 1
    mails = OutgoingMail.objects.order_by("pk")
    assert [mail.recipient for mail in mails] == [owner.email, settings.CARE_MAILBOX]
    for mail in mails:
        assert f"An: {mail.recipient}\nBetreff: {mail.subject}\n" in shown
        for line in mail.text.splitlines():
            assert line in shown or "/pflege/" in line or "?" in line
    assert "1 verborgen (2 Mails darüber)." in shown


@pytest.mark.parametrize(("limit", "mails"), [(1, 1), (2, 2), (3, 3), (9, 5)])
def test_limit_counts_mails_about_what_is_hidden(capsys, limit, mails):
    owners = to_hide(3)
    [asked] = make_due(1)

    call_command("remind", "--dry-run", "--limit", str(limit))
    shown = mails_shown(capsys)
    report = take_steps(limit=limit)

    assert len(shown) == report.mailed + report.told == mails
    assert sorted(shown) == sorted(
        OutgoingMail.objects.values_list("recipient", flat=True)
    )
    assert report.hidden == {1: 0, 2: 1, 3: 2, 9: 3}[limit]
    assert len(owners) - report.hidden == (
        MaintainedEntry.objects.filter(hidden_at=None).exclude(pk=asked.pk).count()
    )


def test_forced_mails_about_what_is_hidden_and_only_one_kind(mailbox):
    to_hide(1)

    call_command("remind", "--force-to", "probe@example.org", "--only", "offering")
    assert OutgoingMail.objects.count() == 0
    call_command("remind", "--force-to", "probe@example.org")

    found = OutgoingMail.objects.values_list("recipient", flat=True)
    assert list(found) == ["probe@example.org"] * 2
    assert MaintainedEntry.objects.get().hidden_at is None


def test_forced_mails_go_to_one_address_and_take_no_step(mailbox):
    make_due(2)
    due_now()

    call_command("remind", "--force-to", "probe@example.org", "--limit", "1")
    tasks.send_waiting_mails()

    assert [to for _from, to in mailbox.envelopes] == [["probe@example.org"]]
    mail = OutgoingMail.objects.get()
    says = gettext("This is a trial of a reminder. Its link opens nothing.")
    assert mail.text.startswith(says)
    assert mail.html.index(says) < mail.html.index("<h1>")
    assert written() == counts(0) | {"OutgoingMail": 1}


def test_links_of_a_forced_mail_say_that_it_was_a_trial(client):
    make_due(1)

    call_command("remind", "--force-to", "probe@example.org")

    links = set(
        re.findall(r"https?://\S+(/de/pflege/\S+/)", OutgoingMail.objects.get().text)
    )
    pages = [client.get(link) for link in links]
    says = gettext("This is a trial of a reminder. Its link opens nothing.")
    assert len(links) == 2
    assert [
        (one.status_code, f"<h1>{says}</h1>" in one.content.decode()) for one in pages
    ] == [(404, True)] * 2


def test_dry_run_with_an_address_sends_nothing(capsys):
    make_due(1)

    call_command("remind", "--dry-run", "--force-to", "probe@example.org")

    assert written() == counts(0)
    assert capsys.readouterr().out.startswith("An: ")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--limit", "0"], "--limit braucht eine Zahl ab 1."),
        (["--force-to", "niemand"], "--force-to braucht eine Mailadresse."),
        (
            ["--only", "kochen"],
            "--only kochen: bekannt sind body, family_centre, indicator, instrument, "
            "mandate, measure, milestone, offering, office, organisation, role, "
            "route_date.",
        ),
    ],
)
def test_options_that_make_no_sense_are_one_sentence(options, message):
    with pytest.raises(CommandError) as refused:
        call_command("remind", *options)

    assert str(refused.value) == message


def test_weekend_shows_what_goes_out_on_monday(capsys):
    [entry] = make_due(1)
    go_to(MONDAY - 2 * DAY)
    MaintainedEntry.objects.filter(pk=entry.pk).update(next_on=MONDAY)

    call_command("remind")
    rested = capsys.readouterr().out
    call_command("remind", "--dry-run")
    shown = capsys.readouterr().out.splitlines()

    said = "Am Wochenende und an Feiertagen geht nichts hinaus.\n"
    assert (rested, written()) == (said, counts(0))
    assert shown[1] == "Gezeigt wird der 31.08.2026."
    assert shown[-1].startswith("Probe, kein Schritt getan: 1 Mail mit 1 Schritt,")

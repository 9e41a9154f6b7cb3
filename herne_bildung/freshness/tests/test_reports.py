"""What becomes of a report: mails, answer, and when it is forgotten."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.freshness.actions import reports
from herne_bildung.freshness.models import (
    Digest,
    ErrorReport,
    MaintainedEntry,
    OutgoingMail,
)
from herne_bildung.freshness.tasks import forget_reporters
from herne_bildung.freshness.tests.factories import make_recipient
from herne_bildung.freshness.tokens import link_of
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
READER = "leserin@example.org"


@pytest.fixture(autouse=True)
def _monday():
    clock.shift(datetime(2026, 11, 2, 9, tzinfo=clock.BERLIN) - clock.now())


@pytest.fixture
def provider() -> Organisation:
    return make_organisation("Nähwerkstatt", slug="naehwerkstatt")


def days_later(days: int) -> None:
    moment = datetime(2026, 11, 2, 9, tzinfo=clock.BERLIN) + timedelta(days=days)
    clock.shift(moment - timezone.now())


def receive(provider: Organisation, **values: str) -> ErrorReport:
    return reports.receive(
        **{
            "key": "schein-1",
            "kind": "organisation",
            "object_id": provider.pk,
            "reason": "contact",
            "text": "Die Nummer ist nicht vergeben.",
            "email": READER,
            "language": "tr",
            **values,
        }
    )


def mails() -> list[tuple[str, str, str]]:
    found = OutgoingMail.objects.order_by("pk")
    return [(mail.key, mail.recipient, mail.reply_to) for mail in found]


def test_report_of_an_entry_the_engine_did_not_know_goes_to_owner_and_office(provider):
    make_recipient(provider, email="post@naehwerkstatt.example.org")

    report = receive(provider)

    entry = MaintainedEntry.objects.get(object_id=provider.pk)
    office, owner = OutgoingMail.objects.order_by("pk")
    page = f"{settings.PUBLIC_ADDRESS}/de/anbieter/naehwerkstatt/"
    assert (report.entry, report.reason, report.state) == (entry, "contact", "open")
    assert mails() == [
        (f"error-report:{report.pk}:office", settings.CARE_MAILBOX, ""),
        (f"error-report:{report.pk}:owner", "post@naehwerkstatt.example.org", ""),
    ]
    administration = f"/verwaltung/city/organisation/{provider.pk}/change/"
    assert [administration in mail.text for mail in (office, owner)] == [True, False]
    assert link_of(Digest.objects.get()) in owner.text
    assert [administration in mail.html for mail in (office, owner)] == [True, False]
    assert owner.html.count(f'href="{link_of(Digest.objects.get())}"') == 1
    for mail in (office, owner):
        for body in (mail.text, mail.html):
            assert page in body
            assert "Die Nummer ist nicht vergeben." in body
            assert READER not in body + mail.subject
        assert "Nähwerkstatt" in mail.subject


def test_owner_with_a_login_gets_both_ways_and_the_link_corrects(provider, client):
    make_recipient(provider, user=make_user())

    receive(provider)

    owner = OutgoingMail.objects.get(key__endswith=":owner")
    assert f"/verwaltung/city/organisation/{provider.pk}/change/" in owner.text
    digest = Digest.objects.get()
    assert (link_of(digest) in owner.text, digest.items.get().step) == (True, 0)
    page = client.get(f"/de/{link_of(digest).split('/de/')[1]}")
    assert [one.item.entry.object_id for one in page.context["still_open"]] == [
        provider.pk
    ]
    assert digest.recipient.last_digest_on is None


def test_mails_are_in_the_language_of_who_reads_them(provider):
    make_recipient(provider, language="en")

    receive(provider)

    office, owner = OutgoingMail.objects.order_by("pk")
    assert owner.subject == "Something may be wrong: Nähwerkstatt"
    assert "What is wrong? Telephone, mail or website is wrong" in owner.text
    assert "Language the person reads in: Turkish" in owner.text
    assert "Türkisch" in office.text


def test_words_of_a_reader_are_no_html_in_a_mail(provider):
    receive(provider, text="<b>fett</b>")

    mail = OutgoingMail.objects.get()
    assert ("<b>fett</b>" in mail.text, "<b>fett" in mail.html) == (True, False)
    assert "&lt;b&gt;fett&lt;/b&gt;" in mail.html


def test_addresses_that_may_not_be_written_to_get_nothing(provider):
    make_recipient(provider, allowed_at=None)
    provider.email = "aus-dem-dokument@example.org"
    provider.save()

    report = receive(provider)

    assert mails() == [(f"error-report:{report.pk}:office", settings.CARE_MAILBOX, "")]


def test_office_that_looks_after_the_entry_itself_gets_one_mail(provider):
    make_recipient(provider, email=settings.CARE_MAILBOX.upper())

    receive(provider)

    assert OutgoingMail.objects.count() == 1


def test_second_sending_writes_nothing(provider):
    first, second = receive(provider), receive(provider, text="Noch einmal")

    assert (first, second.text) == (second, "Die Nummer ist nicht vergeben.")
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [{"is_sample": True}, {"status": "planned"}, {"is_provider": False}],
)
def test_what_nobody_looks_after_takes_no_report(values):
    with pytest.raises(reports.NotPublic):
        receive(make_organisation(**values))

    assert (ErrorReport.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_what_was_never_shown_takes_no_report_but_what_was_hidden_does(provider):
    never = make_organisation(status="historic")
    receive(provider)
    provider.status = "hidden"
    provider.save()

    with pytest.raises(reports.NotPublic):
        receive(never, key="schein-2")
    assert receive(provider, key="schein-3").entry.object_id == provider.pk


@pytest.mark.parametrize("finish", [reports.answer, reports.close])
def test_reader_is_told_in_their_language(provider, finish):
    report, person = receive(provider, language="en"), make_user("buero")

    done = finish(report, "  Die Nummer ist jetzt richtig. ", by=person)

    mail = OutgoingMail.objects.get(recipient=READER)
    assert (done.state, done.answer, done.done_by) == (
        "answered" if finish is reports.answer else "closed",
        "Die Nummer ist jetzt richtig.",
        person,
    )
    assert (mail.key, mail.subject) == (
        f"error-report:{report.pk}:answer",
        "Your report about “Nähwerkstatt”",
    )
    assert mail.text == (
        "Good day,\n\n"
        "You told us that something is wrong with this entry:\n\n"
        "Nähwerkstatt\n"
        f"{settings.PUBLIC_ADDRESS}/en/anbieter/naehwerkstatt/\n"
        "Telephone, mail or website is wrong\n\n"
        "Die Nummer ist nicht vergeben.\n\n"
        "Our answer:\n"
        "Die Nummer ist jetzt richtig.\n\n"
        "Thank you for helping. We will delete your address in 30 days.\n"
    )
    for words in ("Die Nummer ist jetzt richtig.", "because you reported an error"):
        assert mail.html.count(words) == 1


def test_reader_without_address_is_told_nothing(provider):
    report = receive(provider, email="")

    reports.answer(report, "Erledigt.")

    assert OutgoingMail.objects.exclude(recipient=settings.CARE_MAILBOX).count() == 0


def test_report_is_done_once_and_with_words(provider):
    report = receive(provider)

    with pytest.raises(ValueError, match="needs words"):
        reports.close(report, "  ")
    reports.answer(report, "Erledigt.")
    again = reports.close(report, "Doch nicht.")

    assert (again.state, again.answer) == ("answered", "Erledigt.")
    assert OutgoingMail.objects.filter(recipient=READER).count() == 1


def test_address_and_the_mail_to_it_are_forgotten_after_thirty_days(provider):
    report = receive(provider)
    reports.answer(report, "Erledigt.")

    found = []
    for days in (29, 31):
        days_later(days)
        forgotten = forget_reporters()
        report.refresh_from_db()
        left = OutgoingMail.objects.filter(recipient=READER).count()
        found.append((forgotten, report.email, left))

    assert found == [(0, READER, 1), (1, "", 0)]
    assert forget_reporters() == 0
    assert report.text == "Die Nummer ist nicht vergeben."


def test_open_report_is_closed_after_a_year_and_removed_after_another(provider):
    report = receive(provider, language="en")
    days_later(364)
    assert forget_reporters() == 0

    days_later(366)
    forget_reporters()
    report.refresh_from_db()
    told = OutgoingMail.objects.get(recipient=READER)
    days_later(2 * 366)
    forget_reporters()

    assert (report.state, report.done_by) == ("closed", None)
    assert "Nobody could look into this report within a year." in told.text
    assert ErrorReport.objects.count() == 0

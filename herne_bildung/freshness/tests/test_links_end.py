"""A link is good for as long as its recipient answers for the entries."""

import pytest
from django.test import Client

from herne_bildung.city.models import NetworkLink, Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions import answers
from herne_bildung.freshness.actions.digests import fresh_link
from herne_bildung.freshness.models import (
    Confirmation,
    Digest,
    MaintainedEntry,
    ProposedChange,
    Responsibility,
)
from herne_bildung.freshness.questions import questions_of
from herne_bildung.freshness.recipients import Contacts
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tokens import token_of
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def kita() -> Organisation:
    return make_organisation("Kita", phone="02323 000")


@pytest.fixture
def digest(kita) -> Digest:
    entry = make_entry(kita, step=MaintainedEntry.Step.ASKED, step_on=clock.today())
    return make_digest(entry)


def say_everything(client: Client, digest: Digest) -> list[int]:
    """Every answer there is, by someone who kept the page; the status of each."""
    [one] = questions_of(digest, "de")
    page = f"/de/pflege/{token_of(digest)}/"
    seen = {f"seen-{one.item.pk}": one.seen}
    facts = {"seen": one.seen, "name_de": "Haus", "phone": "1", "note": "Ein Wort"}
    sent = [
        ("", {**seen, "decision": "confirm"}),
        (f"{one.item.pk}/", {**facts, "decision": "save"}),
        (f"{one.item.pk}/beendet/", {"decision": "ended"}),
        (f"{one.item.pk}/abgeben/", {"decision": "not_mine"}),
        ("", {"decision": "undo", "item": one.item.pk}),
    ]
    return [client.post(page + path, data).status_code for path, data in sent]


def test_former_contacts_can_say_nothing_any_more(client, digest, kita):
    Responsibility.objects.all().delete()

    statuses = say_everything(client, digest)

    kita.refresh_from_db()
    item = digest.items.get()
    html = client.get(f"/en/pflege/{token_of(digest)}/").content.decode()
    assert statuses == [303] * 5
    assert (kita.status, kita.phone, item.decision) == ("active", "02323 000", "")
    assert (Confirmation.objects.count(), ProposedChange.objects.count()) == (0, 0)
    assert item.entry.events.count() == 0
    assert "Somebody else looks after this now" in html


@pytest.mark.parametrize("decide", [answers.end_item, answers.not_mine])
def test_former_contacts_can_undo_nothing_any_more(client, digest, decide):
    item = digest.items.get()
    decide(digest, item.pk)
    Responsibility.objects.all().delete()

    is_undone = answers.undo(digest, item.pk)

    [one] = questions_of(digest, "de")
    assert (is_undone, one.can_be_undone, one.standing) == (False, False, "of_others")


def test_former_contacts_get_no_fresh_link(digest):
    Responsibility.objects.all().delete()

    assert fresh_link(digest) is None


def test_whoever_passed_it_on_corrects_nothing(client, digest, kita):
    item = digest.items.get()
    [one] = questions_of(digest, "de")
    answers.not_mine(digest, item.pk)
    page = f"/de/pflege/{token_of(digest)}/{item.pk}/"
    sent = {"seen": one.seen, "name_de": "Haus", "decision": "save"}

    opened, posted = client.get(page), client.post(page, sent)

    item.refresh_from_db()
    assert (opened.status_code, posted.status_code) == (303, 303)
    assert (item.decision, ProposedChange.objects.count()) == ("not_mine", 0)


def test_who_answers_for_an_organisation(kita):
    body, centre, other = (make_organisation() for _ in range(3))
    kita.parent = body
    kita.save()
    NetworkLink.objects.create(member=kita, centre=centre)
    found = {
        "first": make_recipient(kita),
        "second": make_recipient(kita, rank=Responsibility.Rank.SECOND),
        "body above": make_recipient(body),
        "family centre": make_recipient(centre, rank=Responsibility.Rank.SECOND),
        "declined": make_recipient(kita, declined_at=clock.now()),
        "other": make_recipient(other),
        "nobody": make_recipient(),
    }

    contacts = Contacts([kita.pk])

    assert {
        name for name, one in found.items() if contacts.answers_for(one.pk, kita.pk)
    } == {"first", "second", "body above", "family centre", "declined"}
    assert not contacts.answers_for(found["first"].pk, None)

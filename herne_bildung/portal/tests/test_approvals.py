"""A change waits, is read fact by fact, accepted or returned."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections
from django.urls import reverse

from herne_bildung.city.models import (
    AuditEntry,
    EntryVersion,
    SearchDocument,
    WaitingVersion,
)
from herne_bildung.city.tests.factories import (
    make_place,
)
from herne_bildung.city.versions import waiting
from herne_bildung.freshness.models import MaintainedEntry, OutgoingMail
from herne_bildung.portal.approvals import actions
from herne_bildung.portal.tests.approvals import (
    LIST,
    decide,
    look,
    make_author,
    make_lead,
    page_of,
    price,
    propose,
    said,
)
from offerings.models import Offering, OfferingIndex
from offerings.tests.administration import ADD, change_page, fields_of
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]
NOTE = "Eine Änderung wurde gemeldet"


def logged() -> list[str]:
    """What the log says, without people coming and going."""
    found = AuditEntry.objects.exclude(action__startswith="signed")
    return list(found.order_by("action").values_list("action", flat=True))


def test_edit_waits_is_read_accepted_and_shown(
    client, own, author, lead, django_capture_on_commit_callbacks
):
    offering = make_offering("Chor", provider=own, price="3")
    etag = client.get(f"/de/angebote/{offering.slug}/").headers["ETag"]

    with django_capture_on_commit_callbacks(execute=True):
        response = propose(
            client, author, offering, title_de="Chor für alle", **price()
        )

    found = WaitingVersion.objects.get()
    before = page_of(client, offering)
    new_etag = client.get(f"/de/angebote/{offering.slug}/").headers["ETag"]
    client.force_login(lead)
    rows = client.get(LIST).context["page"].rows
    read = {
        one.label: (one.old, one.new)
        for one in look(client, lead, found).context["differences"]
    }
    with django_capture_on_commit_callbacks(execute=True):
        decide(client, lead, found)
    after = page_of(client, offering)
    offering.refresh_from_db()
    version = EntryVersion.objects.first()
    assert (response.status_code, etag == new_etag) == (302, False)
    assert [(row.title, row.what) for row in rows] == [
        ("Chor", ["Titel (Deutsch)", "Preise"])
    ]
    assert read == {
        "Titel (Deutsch)": (["Chor"], ["Chor für alle"]),
        "Preise": (["3 € einmalig"], ["3 € einmalig", "12,50\xa0€ einmalig"]),
    }
    assert ("Chor für alle" in before, "12,50" in before) == (False, False)
    assert "Beschreibung, Kosten" in before
    assert offering.title_de == "Chor für alle"
    assert ("12,50" in after, "Beschreibung, Kosten" in after) == (True, False)
    assert (version.by, version.accepted_by, version.how) == (author, lead, "accepted")
    assert logged() == ["approved"]
    assert OutgoingMail.objects.get().recipient == "anna@example.org"


def test_nothing_of_a_waiting_change_leaves_a_trace(
    client, own, author, django_capture_on_commit_callbacks
):
    offering = make_offering("Chor", provider=own, price="3")
    facts = OfferingIndex.objects.values().get(offering_id=offering.pk)
    words = SearchDocument.objects.values().get(object_id=offering.pk)

    with django_capture_on_commit_callbacks() as callbacks:
        propose(client, author, offering, title_de="Yoga", **price())

    stored = Offering.objects.get()
    assert (stored.title_de, stored.updated_at) == ("Chor", offering.updated_at)
    assert [str(one.amount) for one in stored.cost_options.all()] == ["3.00"]
    assert OfferingIndex.objects.values().get(offering_id=offering.pk) == facts
    assert SearchDocument.objects.values().get(object_id=offering.pk) == words
    assert OutgoingMail.objects.count() == 0
    assert MaintainedEntry.objects.count() == 0
    assert EntryVersion.objects.get().how == "before"
    # Only the row that waits outdates pages: they say that a change was reported.
    assert len(callbacks) == 1


def test_returned_with_a_comment_that_the_author_reads(client, own, author, lead):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")
    found = WaitingVersion.objects.get()

    missing = decide(client, lead, found, "return", comment=" ")
    decide(client, lead, found, "return", comment="Bitte <b>mit</b> Ort.")

    mail = OutgoingMail.objects.get()
    shown = page_of(client, offering)
    client.force_login(author)
    form = client.get(change_page(offering)).content.decode()
    propose(client, author, offering, title_de="Yoga im Haus")
    found.refresh_from_db()
    assert missing.url.endswith("?fehlt=1#approval-comment")
    assert mail.recipient == "anna@example.org"
    assert "Bitte <b>mit</b> Ort." in mail.text
    assert "Bitte &lt;b&gt;mit&lt;/b&gt; Ort." in mail.html
    assert NOTE not in shown
    assert "Bitte &lt;b&gt;mit&lt;/b&gt; Ort." in form
    assert (found.state, logged()) == ("waiting", ["returned"])


def test_outdated_base_shows_three_values_and_keeps_the_rest(client, own, author, lead):
    offering = make_offering("Chor", provider=own, phone="02323 1")
    propose(client, author, offering, title_de="Yoga", phone="02323 1")
    found = WaitingVersion.objects.get()
    seen = look(client, lead, found).context["seen"]
    Offering.objects.update(title_de="Chor am Montag", phone="02323 2")

    stale = client.post(
        reverse("approval", args=[found.pk]),
        {"do": "accept", "seen": seen},
        follow=True,
    )
    page = look(client, lead, found)

    untouched = Offering.objects.get().title_de
    decide(client, lead, found)
    stored = Offering.objects.get()
    [one] = page.context["differences"]
    assert said(stale)
    assert untouched == "Chor am Montag"
    assert (one.old, one.new, one.now) == (["Chor"], ["Yoga"], ["Chor am Montag"])
    assert (stored.title_de, stored.phone) == ("Yoga", "02323 2")


def test_new_entry_is_submitted_and_published(client, own, author, lead):
    client.force_login(author)
    client.post(ADD, fields_of(provider=own.pk, **price("5")))
    offering, found = Offering.objects.get(), WaitingVersion.objects.get()
    hidden = offering.state, client.get(f"/de/angebote/{offering.slug}/").status_code

    read = {
        one.label: one.new for one in look(client, lead, found).context["differences"]
    }
    decide(client, lead, found)

    offering.refresh_from_db()
    assert hidden == ("draft", 404)
    assert (read["Titel (Deutsch)"], read["Preise"]) == (
        ["Neues Angebot"],
        ["5 € einmalig"],
    )
    assert offering.state == "published"
    assert "Neues Angebot" in page_of(client, offering)
    assert logged() == ["approved", "published"]


def test_draft_that_was_changed_after_staff_looked_is_not_published(
    client, own, author, lead
):
    client.force_login(author)
    client.post(ADD, fields_of(provider=own.pk))
    offering, found = Offering.objects.get(), WaitingVersion.objects.get()
    seen = look(client, lead, found).context["seen"]
    propose(client, author, offering, title_de="Ganz anders", state="draft")

    client.force_login(lead)
    client.post(reverse("approval", args=[found.pk]), {"do": "accept", "seen": seen})

    assert Offering.objects.get().state == "draft"


@pytest.mark.django_db(transaction=True)
def test_two_leads_accept_once(own, client):
    author, lead = make_author(own), make_lead()
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")
    found = WaitingVersion.objects.get()
    seen = look(client, lead, found).context["seen"]

    def accept(_number):
        try:
            actions.accept(found, seen=seen, by=lead)
        except waiting.AlreadyDecided:
            return "late"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(accept, range(2)))

    assert answers == ["done", "late"]
    assert OutgoingMail.objects.count() == 1
    assert EntryVersion.objects.filter(how="accepted").count() == 1


def test_change_that_no_longer_fits_is_not_accepted(client, own, author, lead):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, ends_on="2026-12-01")
    found = WaitingVersion.objects.get()
    Offering.objects.update(starts_on=date(2027, 1, 1))

    response = decide(client, lead, found)

    found.refresh_from_db()
    offering.refresh_from_db()
    assert (found.state, offering.ends_on) == ("waiting", None)
    assert response.url == reverse("approval", args=[found.pk])


def test_place_that_is_gone_is_left_out(client, own, author, lead):
    there, gone = make_place("Da"), make_place("Weg")
    own.places.add(there, gone)
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, places=[there.pk, gone.pk])
    gone.delete()

    response = decide(client, lead, WaitingVersion.objects.get())

    assert list(offering.places.all()) == [there]
    assert response.url == LIST

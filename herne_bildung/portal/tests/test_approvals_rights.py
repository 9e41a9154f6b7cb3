"""Nobody puts on the site what they may not, by whatever way."""

import pytest
from django.urls import reverse

from herne_bildung.city.models import (
    EntryVersion,
    Organisation,
    WaitingVersion,
)
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import (
    make_organisation,
    make_user,
)
from herne_bildung.city.versions import waiting
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.portal.tests.approvals import (
    LIST,
    make_author,
    price,
    propose,
)
from offerings.models import Offering
from offerings.tests.administration import change_page, fields_of
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]
NOTE = "Eine Änderung wurde gemeldet"


def test_trusted_people_publish_at_once(client, own, author):
    Organisation.objects.update(is_trusted=True)
    offering = make_offering("Chor", provider=own, price="3")

    propose(client, author, offering, title_de="Chor für alle", **price())

    offering.refresh_from_db()
    newest = EntryVersion.objects.first()
    assert offering.title_de == "Chor für alle"
    assert (WaitingVersion.objects.count(), newest.is_unread) == (0, True)


def test_office_corrects_but_does_not_publish(client, own):
    client.force_login(make_user("amt", OFFICE))
    shown = make_offering("Chor", provider=own)
    draft = make_offering("Neu", provider=own, state="draft")

    client.post(change_page(shown), fields_of(shown, title_de="Chor neu"))
    client.post(change_page(draft), fields_of(draft, state="published"))
    found = WaitingVersion.objects.get()
    refused = client.post(
        reverse("approval", args=[found.pk]),
        {"do": "accept", "seen": waiting.mark_of(found, {})},
    )

    shown.refresh_from_db()
    draft.refresh_from_db()
    assert (shown.title_de, draft.state) == ("Chor neu", "draft")
    assert (found.object_id, refused.status_code) == (draft.pk, 403)


@pytest.mark.parametrize("state", ["published", "unconfirmed", "ended"])
def test_nobody_publishes_by_tampering(client, own, author, state):
    offering = make_offering("Entwurf", provider=own, state="draft")

    propose(client, author, offering, state=state)
    client.post(
        "/verwaltung/offerings/offering/",
        {"action": "publish", "_selected_action": [offering.pk]},
    )

    offering.refresh_from_db()
    assert offering.state == "draft"


def test_archived_and_changed_offer_does_not_come_back_by_confirming(
    client, own, author
):
    offering = make_offering("Chor", provider=own, state="unconfirmed")
    row = MaintainedEntry.objects.create(
        kind="offering",
        object_id=offering.pk,
        organisation=own,
        title="Chor",
        synced_at=offering.updated_at,
        hidden_at=offering.updated_at,
        step=6,
        step_on=offering.updated_at.date(),
    )
    propose(client, author, offering, title_de="Yoga", state="archived", reason="Ende")

    own_page = client.get("/verwaltung/meine-eintraege/")
    for one in own_page.context["own"]:
        client.post(
            "/verwaltung/meine-eintraege/", {"confirm": row.pk, "seen": one.seen}
        )

    offering.refresh_from_db()
    assert (offering.state, offering.title_de) == ("archived", "Yoga")


def test_others_decide_nothing(client, own, author):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")
    found = WaitingVersion.objects.get()
    address = reverse("approval", args=[found.pk])

    answers = [
        client.get(LIST),
        client.get(address),
        client.post(address, {"do": "accept"}),
        client.get(f"{LIST}veroeffentlicht/"),
    ]

    found.refresh_from_db()
    assert [one.status_code for one in answers] == [403, 403, 403, 403]
    assert (found.state, Offering.objects.get().title_de) == ("waiting", "Chor")


@pytest.mark.parametrize("who", ["somebody else", "staff"])
def test_others_withdraw_nothing(client, own, author, lead, who):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")
    others = make_author(make_organisation(), "fremd")
    client.force_login(lead if who == "staff" else others)

    address = reverse("admin:offerings_offering_withdraw", args=[offering.pk])

    assert client.post(address).status_code == 403
    assert WaitingVersion.objects.get().state == "waiting"


def test_change_to_another_organisation_needs_trust_of_both(client, own, author):
    trusted = make_organisation("Vertraut", is_trusted=True)
    make_membership_of(author, trusted)
    offering = make_offering("Chor", provider=own)

    propose(client, author, offering, provider=trusted.pk, title_de="Yoga")

    offering.refresh_from_db()
    assert (offering.provider, offering.title_de) == (own, "Chor")


def make_membership_of(person, organisation):
    organisation.memberships.create(user=person, role="editor")

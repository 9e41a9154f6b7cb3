"""A change waits, is read fact by fact, accepted or returned; the public sees it then."""

import pytest
from django.urls import reverse

from herne_bildung.city import reference
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import (
    AuditEntry,
    EntryVersion,
    Membership,
    SearchDocument,
    WaitingVersion,
)
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_place,
    make_user,
)
from herne_bildung.freshness.models import OutgoingMail
from offerings.models import CostOption, Offering, OfferingIndex
from offerings.tests.administration import ADD, change_page, fields_of
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]
LIST = "/verwaltung/freigaben/"
PRICES = {
    "cost_options-TOTAL_FORMS": 1,
    "cost_options-INITIAL_FORMS": 0,
    "cost_options-0-kind": "regular",
    "cost_options-0-amount": "12.50",
    "cost_options-0-per": "once",
}


@pytest.fixture
def with_groups(db) -> None:
    """The groups of the administration, which give its people their rights."""
    reference.forget()
    ensure_groups()


@pytest.fixture
def own():
    return make_organisation("Eigener Träger")


@pytest.fixture
def author(own):
    person = make_user("anna", PROVIDERS, email="anna@example.org")
    make_membership(person, own, Membership.Role.EDITOR)
    return person


@pytest.fixture
def lead():
    return make_user("leitung", LEADS, OFFICE)


def propose(client, author, offering, **changed):
    client.force_login(author)
    return client.post(change_page(offering), fields_of(offering, **changed))


def decide(client, lead, found, do="accept", **more):
    client.force_login(lead)
    page = client.get(reverse("approval", args=[found.pk]))
    data = {"do": do, "seen": page.context["seen"], **more}
    return client.post(reverse("approval", args=[found.pk]), data)


def public_page(client, offering):
    client.logout()
    return client.get(f"/de/angebote/{offering.slug}/")


def test_edit_waits_is_read_accepted_and_shown(client, own, author, lead):
    offering = make_offering("Chor", provider=own, price="3")

    response = propose(client, author, offering, title_de="Chor für alle", **PRICES)

    found = WaitingVersion.objects.get()
    before = public_page(client, offering)
    client.force_login(lead)
    listed = client.get(LIST).content.decode()
    page = client.get(reverse("approval", args=[found.pk])).content.decode()
    decide(client, lead, found)
    after = public_page(client, offering)
    offering.refresh_from_db()
    assert response.status_code == 302
    assert found.groups == ["description", "costs"]
    assert "Chor für alle" not in before.content.decode()
    assert "12,50" not in before.content.decode()
    assert "Beschreibung, Kosten" in before.content.decode()
    assert "Chor" in listed
    assert "<ins>für" in page or "für alle" in page
    assert "12,50" in page
    assert "3 €" in page
    assert offering.title_de == "Chor für alle"
    assert "12,50" in after.content.decode()
    assert "Beschreibung, Kosten" not in after.content.decode()

"""What changes from week to week is public at once, in whatever way it is said; all
else of a change by those who may not publish waits.
"""

from datetime import date

import pytest
from django.urls import reverse

from herne_bildung.city.admin.versions import sent_text
from herne_bildung.city.models import EntryVersion, User, WaitingVersion
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.city.versions import waiting
from herne_bildung.freshness.actions.changes import accept
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import MaintainedEntry, ProposedChange
from herne_bildung.freshness.proposals import present_values
from herne_bildung.freshness.questions import one_question
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_recipient
from herne_bildung.freshness.tokens import token_of
from herne_bildung.lib import clock
from offerings.models import Offering
from offerings.tests.administration import signed_in
from offerings.tests.factories import make_offering
from offerings.tests.forms_in_pages import opened
from offerings.tests.today import TUESDAY, changes, own_offer, sunday

__all__ = ["sunday"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("with_groups", "sunday"),
]


class Asked:
    """An offer of which a recipient is asked by mail."""

    def __init__(self, client, *, may_publish: bool = False, **values) -> None:
        values.setdefault("schedule", {})
        own = make_organisation("Haus")
        self.client, self.offering = client, make_offering(provider=own, **values)
        sync("offering", [self.offering.pk])
        self.row = MaintainedEntry.objects.get(kind="offering")
        recipient = make_recipient(own, may_publish=may_publish)
        self.item = make_digest(self.row, recipient=recipient).items.get()
        self.token = token_of(self.item.digest)

    @property
    def page(self) -> str:
        return f"/en/pflege/{self.token}/{self.item.pk}/"

    def filled(self, **changed) -> dict:
        found = kinds()["offering"].get(self.offering.pk)
        self.item.refresh_from_db()
        seen = self.client.get(self.page).context["seen"]
        values = present_values(kinds()["offering"], found)
        return {"seen": seen, "note": "", "decision": "save", **values, **changed}

    def send(self, sent: dict) -> int:
        status = self.client.post(self.page, sent).status_code
        self.offering.refresh_from_db()
        self.row.refresh_from_db()
        self.item.refresh_from_db()
        return status


WEEKLY = {"places_left": "full", "cancelled_days": ["2026-11-24"]}


def test_of_a_correction_by_mail_facts_of_the_week_are_public_and_the_rest_waits(
    client,
):
    asked = Asked(client)
    sent = asked.filled(**WEEKLY, paused_from="2026-12-10", phone="02323 1")

    statuses = [asked.send(sent) for _ in "12"]

    offering, [change] = asked.offering, ProposedChange.objects.all()
    version = EntryVersion.objects.first()
    assert statuses == [303, 303]
    assert (offering.places_left, offering.places_left_on) == ("full", clock.today())
    assert (offering.paused_from, offering.phone) == (date(2026, 12, 10), "")
    assert [one[:1] for one in changes(offering)] == [(TUESDAY,)]
    assert (change.field, change.new, change.state) == ("phone", "02323 1", "waiting")
    assert (asked.row.has_waiting_change, asked.item.decision) == (True, "proposed")
    assert (version.how, version.is_unread) == (EntryVersion.How.MAIL_LINK, True)
    assert [group.get("changed") for group in asked.row.groups.values()] == [
        None
    ] * len(asked.row.groups)


def test_facts_of_the_week_alone_leave_nothing_waiting(client):
    asked = Asked(client, places_left="free")

    asked.send(asked.filled(**WEEKLY))

    assert (asked.offering.places_left, ProposedChange.objects.count()) == ("full", 0)
    assert (asked.row.has_waiting_change, asked.item.decision) == (False, "corrected")
    assert one_question(asked.item, "en").standing == "open"


def test_who_may_publish_has_all_of_it_public(client):
    asked = Asked(client, may_publish=True)

    asked.send(asked.filled(**WEEKLY, phone="02323 1"))

    assert (asked.offering.places_left, asked.offering.phone) == ("full", "02323 1")
    assert (ProposedChange.objects.count(), asked.item.decision) == (0, "corrected")


def test_what_is_wrong_keeps_all_of_a_correction_from_being_written(client):
    asked = Asked(client)
    sent = asked.filled(**WEEKLY, email="keine Adresse")

    assert asked.send(sent) == 422
    assert (asked.offering.places_left, ProposedChange.objects.count()) == ("", 0)


@pytest.mark.parametrize(("may_publish", "marked"), [(False, 4), (True, 0)])
def test_the_page_says_at_each_field_what_is_public_at_once(
    client, may_publish, marked
):
    asked = Asked(client, may_publish=may_publish)

    page = client.get(asked.page).content.decode()

    assert page.count("Shown in the portal at once.") == marked
    assert ("Some fields say that they are shown" in page) == bool(marked)


def test_what_waited_of_such_a_fact_waits_no_more(client):
    asked = Asked(client)
    for name, old, new in (("places_left", "", "free"), ("phone", "", "02323 1")):
        ProposedChange.objects.create(
            entry=asked.row, field=name, old=old, new=new, at=clock.now()
        )
    MaintainedEntry.objects.update(has_waiting_change=True)
    author = signed_in(client)
    wanted = {"title_de": "Anders", "places_left": "waiting_list"}
    waiting.store(asked.offering, wanted, by=author)

    asked.send(asked.filled(places_left="full"))

    [change], [version] = ProposedChange.objects.all(), WaitingVersion.objects.all()
    assert (change.field, asked.row.has_waiting_change) == ("phone", True)
    assert waiting.proposed(version) == {"title_de": "Anders"}


def test_a_change_of_one_day_of_a_pause_that_waited_is_accepted(client):
    asked = Asked(client, paused_from=date(2026, 12, 1))
    change = ProposedChange.objects.create(
        entry=asked.row,
        field="paused_until",
        old="",
        new="2026-12-24",
        at=clock.now(),
    )

    accept([change], by=signed_in(client))

    asked.offering.refresh_from_db()
    assert asked.offering.paused_until == date(2026, 12, 24)


def said(page) -> list[str]:
    return [str(one) for one in page.context["messages"]]


def saved(client, offering, **changed):
    address = reverse("admin:offerings_offering_change", args=[offering.pk])
    page = client.post(address, opened(client, address) | changed, follow=True)
    offering.refresh_from_db()
    return page


def test_of_the_form_of_an_offer_facts_of_the_week_are_public_and_the_rest_waits(
    client,
):
    offering = own_offer(client, is_trusted=False)

    page = saved(
        client,
        offering,
        title_de="Krabbelkreis",
        places_left="full",
        paused_from="2026-12-10",
    )

    [change], version = WaitingVersion.objects.all(), EntryVersion.objects.first()
    assert (offering.title_de, offering.places_left) == ("Krabbelgruppe", "full")
    assert (offering.places_left_on, offering.paused_from) == (
        clock.today(),
        date(2026, 12, 10),
    )
    assert (change.state, waiting.proposed(change)) == (
        "waiting",
        {"title_de": "Krabbelkreis"},
    )
    assert (version.by, version.is_unread) == (User.objects.get(), True)
    assert said(page) == ["Sofort öffentlich: Freie Plätze, Pausiert ab.", sent_text()]


def test_facts_of_the_week_in_a_change_that_waits_are_public_when_it_is_saved(client):
    offering = own_offer(client, is_trusted=False)
    wanted = {"title_de": "Krabbelkreis", "places_left": "waiting_list"}
    waiting.store(offering, wanted, by=User.objects.get())

    saved(client, offering, places_left="full")

    [change] = WaitingVersion.objects.all()
    assert (offering.title_de, offering.places_left) == ("Krabbelgruppe", "full")
    assert (change.state, waiting.proposed(change)) == (
        "waiting",
        {"title_de": "Krabbelkreis"},
    )


def test_facts_of_the_week_alone_are_simply_saved(client):
    offering = own_offer(client, is_trusted=False)

    page = saved(client, offering, places_left="full")

    assert (offering.places_left, WaitingVersion.objects.count()) == ("full", 0)
    assert said(page) == ["Sofort öffentlich: Freie Plätze."]


def test_who_is_trusted_saves_all_of_it(client):
    offering = own_offer(client)

    saved(client, offering, title_de="Krabbelkreis", places_left="full")

    assert Offering.objects.get().title_de == "Krabbelkreis"
    assert (offering.places_left, WaitingVersion.objects.count()) == ("full", 0)

"""“My entries”: what someone signed in looks after."""

from datetime import date, timedelta

import pytest

from herne_bildung.city.models import Membership, NetworkLink, Organisation, User
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.administration import provider, signed_in
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions import reports
from herne_bildung.freshness.actions.figures import figures_now
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.actions.sync import sync_all
from herne_bildung.freshness.figures import numbers
from herne_bildung.freshness.models import (
    Call,
    CheckedLink,
    Confirmation,
    LinkUse,
    MaintainedEntry,
    OutgoingMail,
)
from herne_bildung.freshness.public import freshness_of
from herne_bildung.freshness.tests.factories import go_to, make_entry, make_recipient
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
MINE = "/verwaltung/meine-eintraege/"


def test_own_entries_are_confirmed_with_one_click(client):
    organisation = provider(client)
    entry = make_entry(organisation)
    [own] = client.get(MINE).context["own"]

    client.post(MINE, {"confirm": entry.pk, "seen": own.seen})

    confirmation = Confirmation.objects.get()
    assert (confirmation.entry, confirmation.how, confirmation.groups) == (
        entry,
        "login",
        sorted(entry.groups),
    )


@pytest.mark.parametrize(
    "fields", [{}, {"confirm": ""}, {"confirm": "x"}, {"confirm": "9" * 30}]
)
def test_own_entries_without_the_button(client, fields):
    make_entry(provider(client))

    response = client.post(MINE, {"seen": "x", **fields})

    assert (response.status_code, Confirmation.objects.count()) == (302, 0)


def test_own_entry_that_changed_meanwhile_is_not_confirmed(client):
    organisation = provider(client)
    entry = make_entry(organisation)
    [own] = client.get(MINE).context["own"]
    Organisation.objects.filter(pk=organisation.pk).update(phone="02323 9")

    client.post(MINE, {"confirm": entry.pk, "seen": own.seen})

    assert Confirmation.objects.count() == 0


def test_own_entries_reach_below_and_members_of_a_family_centre(client):
    organisation = provider(client, Membership.Role.MANAGER)
    make_entry(organisation)
    make_entry(make_organisation("Darunter", parent=organisation))
    member = make_organisation("Mitglied")
    NetworkLink.objects.create(centre=organisation, member=member)
    make_entry(member)
    make_entry(make_organisation("Fremd"))

    own = client.get(MINE).context["own"]

    assert {one.row.title: bool(one.admin_path) for one in own} == {
        "Eigener Träger": True,
        "Darunter": True,
        "Mitglied": False,
    }


def test_own_entries_name_broken_links(client):
    entry = make_entry(provider(client))
    for url, state in (
        ("https://weg.example", "broken"),
        ("https://da.example", "works"),
    ):
        link = CheckedLink.objects.create(url=url, state=state, next_on=clock.today())
        LinkUse.objects.create(link=link, entry=entry, field=state)

    [own] = client.get(MINE).context["own"]

    assert own.broken_links == ["https://weg.example"]


@pytest.mark.parametrize("number", [1, 3])
def test_own_entries_number_of_queries(client, number, django_assert_num_queries):
    organisation = provider(client, Membership.Role.MANAGER)
    for _ in range(number):
        make_entry(make_organisation(parent=organisation))
    client.get(MINE)

    with django_assert_num_queries(13):
        client.get(MINE)


def test_demo_login_tries_confirming_with_samples_that_nobody_asks_about(client):
    organisation = provider(client, is_sample=True, phone="02323 1")
    make_organisation("Anderes Beispiel", is_sample=True)
    User.objects.update(is_demo=True)
    make_recipient(organisation)
    sync_all()
    row = MaintainedEntry.objects.get()
    found = []
    for day in (date(2026, 11, 23), date(2028, 11, 20)):
        go_to(day)
        sync_all()
        [own] = client.get(MINE).context["own"]
        client.post(MINE, {"confirm": row.pk, "seen": own.seen})
        go_to(day + timedelta(days=300))
        sync_all()
        report = take_steps()
        found.append((own.state_in_words, report.mailed, report.calls, report.hidden))

    row.refresh_from_db()
    page = freshness_of("organisation", organisation, "de")
    signed_in(client, OFFICE)
    staff = client.get("/verwaltung/freshness/maintainedentry/").context["cl"]
    assert found == [("noch nicht bestätigt", 0, 0, 0), ("überfällig", 0, 0, 0)]
    assert (Confirmation.objects.count(), row.is_sample, row.next_on) == (2, True, None)
    assert (OutgoingMail.objects.count(), Call.objects.count()) == (0, 0)
    assert (figures_now(clock.today()), page, [*staff.result_list]) == ([], None, [])
    assert sum(month.answers for month in numbers(clock.today()).months) == 0
    with pytest.raises(reports.NotPublic):
        reports.receive(
            key="eins",
            kind="organisation",
            object_id=organisation.pk,
            reason="contact",
            text="",
            email="",
            language="de",
        )


def test_samples_of_a_demo_that_is_gone_are_looked_after_no_more(client):
    provider(client, is_sample=True)
    User.objects.update(is_demo=True)
    kept = [sync_all(), MaintainedEntry.objects.count()]

    User.objects.all().delete()
    sync_all()

    assert (kept, MaintainedEntry.objects.count()) == ([1, 1], 0)

"""“My entries”: what someone signed in looks after."""

import pytest

from herne_bildung.city.models import Membership, NetworkLink, Organisation
from herne_bildung.city.tests.administration import provider
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.models import CheckedLink, Confirmation, LinkUse
from herne_bildung.freshness.tests.factories import make_entry
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

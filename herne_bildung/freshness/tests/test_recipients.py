"""Who is asked: contacts of an organisation, its family centre, the body above."""

import pytest

from herne_bildung.city.models import NetworkLink, Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.models import MaintainedEntry, Responsibility
from herne_bildung.freshness.recipients import Contacts, recipient_for, targets
from herne_bildung.freshness.tests.factories import make_recipient
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
SECOND = Responsibility.Rank.SECOND


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


def addresses(organisation: Organisation, step: int) -> list[str]:
    return [found.email for found in targets(organisation.pk, step)]


def test_mailboxes_of_roles_come_first(organisation):
    make_recipient(organisation, email="frau@example.org", is_role_mailbox=False)
    make_recipient(organisation, email="buero@example.org")
    make_recipient(organisation, email="zweite@example.org", rank=SECOND)

    assert [addresses(organisation, step) for step in Step] == [
        [],
        ["buero@example.org", "frau@example.org"],
        ["buero@example.org", "frau@example.org"],
        ["zweite@example.org"],
        [],
        [],
        [],
    ]


def test_who_answered_last_comes_first(organisation):
    make_recipient(organisation, email="buero@example.org")
    make_recipient(
        organisation,
        email="frau@example.org",
        is_role_mailbox=False,
        last_answer_at=clock.now(),
    )

    assert addresses(organisation, Step.ASKED) == [
        "frau@example.org",
        "buero@example.org",
    ]


def test_addresses_that_get_no_mail_are_no_targets(organisation):
    make_recipient(organisation, email="nicht-erlaubt@example.org", allowed_at=None)
    make_recipient(organisation, email="nein@example.org", declined_at=clock.now())
    make_recipient(organisation, email="weg@example.org", bounced_at=clock.now())

    assert addresses(organisation, Step.ASKED) == []
    assert recipient_for(organisation) is None
    assert recipient_for(None) is None


def test_family_centre_answers_for_its_members(organisation):
    centre = make_organisation(kind="family_centre")
    NetworkLink.objects.create(centre=centre, member=organisation)
    make_recipient(organisation, email="kita@example.org")
    of_centre = make_recipient(
        centre, email="zentrum@example.org", is_role_mailbox=False
    )

    assert addresses(organisation, Step.ASKED) == [
        "zentrum@example.org",
        "kita@example.org",
    ]
    assert addresses(centre, Step.ASKED) == ["zentrum@example.org"]
    assert recipient_for(organisation) == of_centre
    assert Contacts().organisations_of(of_centre.pk) == {centre.pk, organisation.pk}


def test_nearest_body_above_with_a_contact_is_asked(organisation):
    top = make_organisation()
    middle = make_organisation(parent=top)
    organisation.parent = middle
    organisation.save()
    make_recipient(top, email="traeger@example.org")
    make_recipient(middle, email="zweite@example.org", rank=SECOND)
    make_recipient(middle, email="weg@example.org", bounced_at=clock.now())

    assert addresses(organisation, Step.PARENT) == ["traeger@example.org"]


def test_body_above_with_the_same_address_is_passed_over(organisation):
    top = make_organisation()
    middle = make_organisation(parent=top)
    organisation.parent = middle
    organisation.save()
    same = make_recipient(organisation, email="gleich@example.org")
    Responsibility.objects.create(organisation=middle, recipient=same, rank=1)
    make_recipient(top, email="traeger@example.org")

    assert addresses(organisation, Step.PARENT) == ["traeger@example.org"]


def test_circle_of_bodies_ends(organisation):
    other = make_organisation(parent=organisation)
    organisation.parent = other
    organisation.save()

    assert addresses(organisation, Step.PARENT) == []
    assert Contacts().targets(organisation.pk, Step.PARENT) == []


@pytest.mark.parametrize("number", [1, 3])
def test_contacts_of_all_take_few_queries(django_assert_num_queries, number):
    for _ in range(number):
        organisation = make_organisation(parent=make_organisation())
        centre = make_organisation()
        NetworkLink.objects.create(centre=centre, member=organisation)
        make_recipient(organisation)
        make_recipient(centre)
    pks = list(Organisation.objects.values_list("pk", flat=True))

    with django_assert_num_queries(3):
        contacts = Contacts()
        found = [len(contacts.targets(pk, step)) for pk in pks for step in Step]

    assert sum(found) == number * 6


def test_reachable_are_organisations_with_a_first_contact(organisation):
    centre, member = make_organisation(), make_organisation()
    NetworkLink.objects.create(centre=centre, member=member)
    make_recipient(centre)
    make_recipient(organisation, rank=SECOND)
    make_recipient(make_organisation(), bounced_at=clock.now())

    assert Contacts().reachable() == sorted([centre.pk, member.pk])

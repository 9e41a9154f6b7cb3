"""Nobody raises their own rights; what leads give is written down."""

from typing import Any

import pytest
from django.urls import reverse

from herne_bildung.city.models import AuditEntry, Membership, Organisation, User
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import make_membership
from herne_bildung.tests.roles.test_tampering import change_page, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "role", ["no role", "adviser", "translator", "editor", "manager", "office", "lead"]
)
def test_nobody_raises_their_own_rights(world, role):
    user, client = world.people[role], signed_in(world, role)
    rights = _rights(user)
    groups = list(user.groups.model.objects.values_list("pk", flat=True))
    client.post(
        change_page(user),
        {
            "username": user.username,
            "language": "de",
            "is_active": "on",
            "is_staff": "on",
            "is_superuser": "on",
            "groups": groups,
            "translates": ["ar"],
            "memberships-TOTAL_FORMS": 1,
            "memberships-INITIAL_FORMS": 0,
            "memberships-0-organisation": world.foreign.organisation.pk,
            "memberships-0-role": "manager",
        },
    )
    if role != "lead":
        client.post(
            reverse("admin:city_membership_add"),
            {
                "user": user.pk,
                "organisation": world.foreign.organisation.pk,
                "role": Membership.Role.MANAGER,
            },
        )

    assert _rights(User.objects.get(pk=user.pk)) == rights


def _rights(user: User) -> tuple[Any, ...]:
    return (
        sorted(user.groups.values_list("name", flat=True)),
        sorted(user.memberships.values_list("organisation", "role")),
        user.is_superuser,
        user.translates,
    )


def test_rights_that_a_lead_gives_are_written_down(world):
    person = world.own.by_model["city.user"]
    membership = person.memberships.get()
    groups = [person.groups.model.objects.get(name=OFFICE).pk]
    sent = {
        "username": person.username,
        "language": "de",
        "is_active": "on",
        "is_staff": "on",
        "groups": groups,
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 1,
        "memberships-0-id": membership.pk,
        "memberships-0-user": person.pk,
        "memberships-0-organisation": membership.organisation_id,
        "memberships-0-role": "editor",
        "memberships-0-DELETE": "on",
    }

    response = signed_in(world, "lead").post(change_page(person), sent)

    [entry] = AuditEntry.objects.filter(action="rights_changed", model="city.user")
    assert response.status_code == 302
    assert entry.by == world.people["lead"]
    assert entry.details == {
        "given": [f"group {OFFICE}"],
        "ended": ["editor Eigen", "group Anbieter"],
    }


def test_organisations_whose_entries_nobody_answers_for(world):
    """Own people and managers above count, if they may still sign in."""
    foreign = world.foreign
    foreign.by_model["city.user"].memberships.update(role="editor")
    User.objects.filter(pk=foreign.by_model["city.user"].pk).update(is_active=False)
    address = reverse("admin:city_organisation_changelist")

    response = signed_in(world, "office").get(address, {"person": "none"})

    assert list(response.context["cl"].result_list) == [foreign.organisation]
    above = Organisation.objects.create(
        slug="darueber", kind="city", name_de="Darüber", name_en="Above"
    )
    Organisation.objects.filter(pk=foreign.organisation.pk).update(parent=above)
    make_membership(world.people["manager"], above, Membership.Role.MANAGER)
    assert list(Organisation.objects.all().without_active_person()) == []

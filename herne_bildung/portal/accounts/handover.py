"""Before someone leaves: what they look after goes to somebody else, then the login
ends. First a list of all that moves, then one step.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from herne_bildung.city import audit
from herne_bildung.city.models import Membership, User
from herne_bildung.city.rights import managed_organisations, manages_people
from herne_bildung.freshness.actions import people as recipients
from herne_bildung.freshness.models import Recipient, Responsibility
from herne_bildung.portal.accounts import invitations, logins
from herne_bildung.portal.accounts.people import (
    is_only_provider,
    may_remove,
    recipients_of,
    responsibilities_of,
)

Action = audit.Action
Role = Membership.Role


class NoAddress(Exception):
    """Mails would go to somebody without an e-mail address."""


class LastLead(Exception):
    """The login of the only one who manages people would end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What moves from one person to another, and what stays out of reach."""

    person: User
    memberships: list[Membership]
    responsibilities: list[Responsibility]
    stays: list[Membership]
    ends_login: bool
    # Nobody could give or take logins afterwards: nothing is handed over.
    is_last_lead: bool


def may_hand_over(by: User, person: User) -> bool:
    """Leads for everybody but superusers; managers for their people and themselves."""
    if person.is_superuser and not by.is_superuser:
        return False
    return manages_people(by) or bool(_within_reach(by, person)[0])


def plan(by: User, person: User) -> Plan:
    """What this person may move; read only. PermissionDenied without the right."""
    if not may_hand_over(by, person):
        raise PermissionDenied
    moved, stays = _within_reach(by, person)
    ids = None if manages_people(by) else {one.organisation_id for one in moved}
    found = responsibilities_of(person, ids)
    responsibilities = [one for rows in found.values() for one in rows]
    ends_login = not stays and _may_end_login(by, person)
    is_last = ends_login and logins.is_last_lead(person)
    return Plan(person, moved, responsibilities, stays, ends_login, is_last)


def successors(by: User, person: User) -> QuerySet[User]:
    """Who can take over: for leads everyone who can sign in, for managers the people
    of their organisations and themselves.
    """
    people = User.objects.filter(is_active=True, is_staff=True, is_demo=person.is_demo)
    if not manages_people(by):
        own = Membership.objects.filter(organisation__in=managed_organisations(by))
        people = people.filter(Q(pk__in=own.values("user")) | Q(pk=by.pk))
    return people.exclude(pk=person.pk).order_by("last_name", "username").distinct()


@transaction.atomic
def hand_over(*, by: User, person: User, successor: User) -> Plan:
    """Move it all; then the login ends, where nothing is left that stays."""
    # Two leads who hand over to each other at once do not both go.
    locked = User.objects.filter(Q(pk=person.pk) | Q(pk__in=logins.leads()))
    locked = locked.select_for_update().order_by("pk")
    [person] = [one for one in locked if one.pk == person.pk]
    moving = plan(by, person)
    if moving.is_last_lead:
        raise LastLead
    if not successors(by, person).filter(pk=successor.pk).exists():
        raise PermissionDenied
    for membership in moving.memberships:
        _move_membership(membership, successor)
    if moving.responsibilities:
        target = _recipient_for(successor)
        for responsibility in moving.responsibilities:
            _move_responsibility(responsibility, target)
        recipients.invite(target)
    audit.record(
        Action.RIGHTS_CHANGED,
        by=by,
        about=successor,
        what="taken over",
        organisations=[str(one.organisation) for one in moving.memberships],
        mails=[str(one.organisation) for one in moving.responsibilities],
    )
    if moving.ends_login:
        for recipient in recipients_of(person):
            recipients.switch_off(recipient)
        logins.close(person, by=by, why="handed over")
    moved = (
        None
        if moving.ends_login
        else [one.organisation_id for one in moving.memberships]
    )
    invitations.withdraw_for(person, moved, by=by)
    invitations.end_of_sender(person, by=by, successor=successor)
    return moving


def _may_end_login(by: User, person: User) -> bool:
    """Managers end logins of providers only: staff of the portal may look after an
    organisation as well.
    """
    return manages_people(by) or person.pk == by.pk or is_only_provider(person)


def _within_reach(by: User, person: User) -> tuple[list[Membership], list[Membership]]:
    """Memberships that may be moved, and others: managers move what they manage."""
    moved, stays = [], []
    managed = managed_organisations(by)
    rows = person.memberships.select_related("organisation", "user")
    for one in rows.order_by("organisation__sort_key", "pk"):
        is_own = person.pk == by.pk and one.organisation_id in managed
        (moved if is_own or may_remove(by, one) else stays).append(one)
    return moved, stays


def _move_membership(membership: Membership, successor: User) -> None:
    """The successor has afterwards what either had."""
    existing = successor.memberships.filter(organisation=membership.organisation_id)
    if existing.exists():
        if membership.role == Role.MANAGER:
            existing.update(role=Role.MANAGER)
        membership.delete()
        return
    membership.user = successor
    membership.save(update_fields=["user"])


def _recipient_for(successor: User) -> Recipient:
    """Where mails go from now on; a new address is asked first whether it wants any."""
    found = recipients_of(successor).first()
    if found is None:
        if not successor.email:
            raise NoAddress
        found = Recipient.objects.filter(email__iexact=successor.email).first()
    if found is None:
        found = Recipient(
            email=successor.email, is_role_mailbox=False, language=successor.language
        )
    if found.user_id is None:
        found.user = successor
        found.save()
    return found


def _move_responsibility(moved: Responsibility, target: Recipient) -> None:
    existing = Responsibility.objects.filter(
        organisation=moved.organisation_id, recipient=target
    ).first()
    if existing is None:
        moved.recipient = target
        moved.save(update_fields=["recipient"])
        return
    existing.rank = min(existing.rank, moved.rank)
    existing.may_publish = existing.may_publish or moved.may_publish
    existing.save(update_fields=["rank", "may_publish"])
    moved.delete()

"""Inviting people: by mail, once, for a while, as somebody who may.

PermissionDenied for who may not invite there, or not with this role.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from herne_bildung.city import audit
from herne_bildung.city.models import Invitation, Membership, Organisation, User
from herne_bildung.city.querysets import with_all_above
from herne_bildung.city.rights import (
    GROUPS,
    LEADS,
    PROVIDERS,
    managed_organisations,
    manages_people,
)
from herne_bildung.lib import clock
from herne_bildung.portal.accounts import mails

Action = audit.Action
Role = Membership.Role
KEPT_AFTER_END = timedelta(days=90)


class InvitedAlready(Exception):
    """The address has an open invitation for more than the person may give."""


def may_invite(by: User, organisation_id: int | None, role: str) -> bool:
    """Leads invite everywhere; managers invite editors of what they manage."""
    if manages_people(by):
        return True
    return (
        by.is_active
        and role == Role.EDITOR
        and organisation_id in managed_organisations(by)
    )


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    organisation: Organisation | None,
    role: str = Role.EDITOR,
    group: str = "",
    name: str = "",
    language: str = "de",
) -> Invitation:
    """Write to an address. Who is invited there already gets a new link instead;
    InvitedAlready where that would take away what somebody else gave.
    """
    organisation_id = organisation.pk if organisation else None
    is_known = bool(organisation) != bool(group) and group in {"", *GROUPS}
    if not is_known or not may_invite(by, organisation_id, role):
        raise PermissionDenied
    email = email.strip().lower()
    invited = (
        Invitation.objects.open()
        .select_for_update(of=("self",))
        .filter(email=email, organisation=organisation, group=group)
        .first()
    )
    if invited is None:
        invited = Invitation(email=email, organisation=organisation, group=group)
    elif _works(invited) and not may_invite(by, organisation_id, invited.role):
        raise InvitedAlready
    invited.role, invited.name, invited.language = role, name, language
    return _send(invited, by)


@transaction.atomic
def invite_again(pk: int, *, by: User) -> Invitation | None:
    """A new link with a new time limit; the former one ends."""
    invited = _locked(pk)
    if invited is None:
        return None
    if not may_invite(by, invited.organisation_id, invited.role):
        raise PermissionDenied
    return _send(invited, by)


@transaction.atomic
def withdraw(pk: int, *, by: User) -> bool:
    """The link ends. False when it was accepted or withdrawn meanwhile."""
    invited = _locked(pk)
    if invited is None:
        return False
    if not may_invite(by, invited.organisation_id, invited.role):
        raise PermissionDenied
    _end(invited, by)
    return True


@transaction.atomic
def withdraw_for(
    user: User, organisation_ids: Iterable[int] | None = None, *, by: User
) -> None:
    """Someone was removed: what they are invited to there (None: anywhere) ends."""
    found = _open().filter(email=user.email.lower())
    if organisation_ids is not None:
        found = found.filter(organisation__in=organisation_ids)
    for invited in found if user.email else ():
        _end(invited, by)


@transaction.atomic
def end_of_sender(user: User, *, by: User, successor: User | None = None) -> None:
    """What someone sent who may no longer invite there ends, unless the successor may
    invite there.
    """
    sender = User.objects.get(pk=user.pk)
    heir = User.objects.get(pk=successor.pk) if successor else None
    for invited in _open().filter(invited_by=sender):
        if may_invite(sender, invited.organisation_id, invited.role):
            continue
        if heir and may_invite(heir, invited.organisation_id, invited.role):
            invited.invited_by = heir
            invited.save(update_fields=["invited_by"])
        else:
            _end(invited, by)


def find(token: str) -> Invitation | None:
    """The invitation behind a link that still works; its sender, too, must still be
    somebody who may invite there, in whatever way that right has gone.
    """
    found = Invitation.objects.open().select_related("organisation", "invited_by")
    invited = found.filter(token_hash=hash_of(token)).first()
    return invited if invited and _works(invited) else None


def _works(invited: Invitation) -> bool:
    sender = invited.invited_by
    return (
        not invited.is_expired
        and sender is not None
        and may_invite(sender, invited.organisation_id, invited.role)
    )


def open_for(organisations: Collection[int | None]) -> list[Invitation]:
    """Open invitations to these organisations (None: to the portal). `is_over` says
    of each, as `find` does, whether its link leads nowhere any more: expired, or its
    sender may no longer invite there. As many queries, however many invitations.
    """
    wanted = Q(organisation__in=[one for one in organisations if one])
    if None in organisations:
        wanted |= Q(organisation=None)
    found = list(Invitation.objects.open().filter(wanted))
    senders = User.objects.filter(pk__in={one.invited_by_id for one in found})
    leads = senders.filter(Q(is_superuser=True) | Q(groups__name=LEADS), is_active=True)
    everywhere = set(leads.values_list("pk", flat=True))
    managers = Membership.objects.filter(
        user__in=senders, user__is_active=True, role=Role.MANAGER
    )
    managed = set(managers.values_list("user_id", "organisation_id"))
    below = {one.organisation_id for one in found if one.organisation_id}
    above = with_all_above(Organisation, below)
    for one in found:
        may_invite_there = one.invited_by_id in everywhere or (
            one.role == Role.EDITOR
            and any(
                (one.invited_by_id, organisation) in managed
                for organisation in above.get(one.organisation_id, ())
            )
        )
        one.is_over = one.is_expired or not may_invite_there
    return found


def hash_of(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def login_of(invited: Invitation) -> User | None:
    """Whoever has a login under the invited address already."""
    people = User.objects.filter(email__iexact=invited.email)
    return people.order_by("-is_active", "pk").first()


@transaction.atomic
def accept(token: str, *, user: User) -> Invitation | None:
    """Give a person what the invitation says; None when the link ended meanwhile.

    `user` is new, or has signed in and has the invited address.
    """
    invited = find(token)
    invited = _locked(invited.pk) if invited else None
    if invited is None or invited.token_hash != hash_of(token):
        return None
    invited.accepted_at, invited.accepted_by = clock.now(), user
    invited.save(update_fields=["accepted_at", "accepted_by"])
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    group = invited.group or PROVIDERS
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    if invited.organisation:
        _join(user, invited.organisation, invited.role)
    details = {"group": group, "role": invited.role if invited.organisation else ""}
    audit.record(
        Action.RIGHTS_CHANGED,
        by=user,
        about=invited.organisation or user,
        what="invitation accepted",
        **details,
    )
    return invited


def forget_old() -> int:
    """Remove invitations some time after they were over. Returns how many."""
    limit = clock.now() - KEPT_AFTER_END
    over = Q(accepted_at__lt=limit) | Q(withdrawn_at__lt=limit)
    return Invitation.objects.filter(over | Q(expires_at__lt=limit)).delete()[0]


def _join(user: User, organisation: Organisation, role: str) -> None:
    """A membership; an invitation takes no manager's role away."""
    membership, is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, defaults={"role": role}
    )
    if not is_new and role == Role.MANAGER and membership.role != role:
        membership.role = role
        membership.save(update_fields=["role"])


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.open().select_for_update(of=("self",)).order_by("pk")


def _locked(pk: int) -> Invitation | None:
    return _open().filter(pk=pk).first()


def _end(invited: Invitation, by: User) -> None:
    invited.withdrawn_at = clock.now()
    invited.save(update_fields=["withdrawn_at"])
    audit.record(
        Action.INVITED, by=by, about=invited.organisation or "", what="withdrawn"
    )


def _send(invited: Invitation, by: User) -> Invitation:
    token = secrets.token_urlsafe(32)
    invited.token_hash = hash_of(token)
    invited.invited_by, invited.invited_at = by, clock.now()
    invited.expires_at = clock.now() + timedelta(days=settings.INVITATION_DAYS)
    invited.save()
    audit.record(
        Action.INVITED,
        by=by,
        about=invited.organisation or invited.group,
        role=invited.role if invited.organisation else invited.group,
    )
    mails.invitation(invited, token)
    return invited

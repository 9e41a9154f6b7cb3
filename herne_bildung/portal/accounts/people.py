"""Who looks after what: read for the page of people, written when someone goes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from herne_bildung.city import audit
from herne_bildung.city.models import Invitation, Membership, Organisation, User
from herne_bildung.city.rights import (
    PROVIDERS,
    managed_organisations,
    manages_people,
)
from herne_bildung.freshness.models import Recipient, Responsibility
from herne_bildung.portal.accounts import invitations, logins
from herne_bildung.portal.accounts.second_factor import SECOND_FACTORS

Action = audit.Action


@dataclass(frozen=True, slots=True)
class Member:
    """Someone of an organisation, as whoever manages it sees them."""

    membership: Membership
    has_second_factor: bool
    may_be_removed: bool

    @property
    def user(self) -> User:
        return self.membership.user


@dataclass(frozen=True, slots=True)
class OrganisationPeople:
    """An organisation with its people and who is invited."""

    organisation: Organisation
    members: list[Member] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)

    @property
    def has_nobody(self) -> bool:
        """Whether nobody can sign in for it."""
        return not any(member.user.is_active for member in self.members)


def may_see(user: User) -> bool:
    """Whether a person manages people anywhere."""
    return manages_people(user) or bool(managed_organisations(user))


def organisations_for(user: User, words: str = "") -> QuerySet[Organisation]:
    """Those whose people someone manages; with words those that are called so, or
    have people called so. Leads see those with people first, all others by words.
    """
    found = Organisation.objects.order_by("sort_key", "pk")
    if not manages_people(user):
        found = found.filter(pk__in=managed_organisations(user))
    elif not words:
        found = found.filter(
            Q(pk__in=Membership.objects.values("organisation"))
            | Q(pk__in=Invitation.objects.open().values("organisation"))
        )
    for word in words.split()[:5]:
        people = Membership.objects.filter(
            Q(user__username__icontains=word)
            | Q(user__last_name__icontains=word)
            | Q(user__email__icontains=word)
        )
        found = found.filter(
            Q(name_de__icontains=word) | Q(pk__in=people.values("organisation"))
        )
    return found


def people_of(
    organisations: Iterable[Organisation], user: User
) -> list[OrganisationPeople]:
    """Each organisation with its people; as many queries, however many there are."""
    entries = {one.pk: OrganisationPeople(one) for one in organisations}
    memberships = (
        Membership.objects.filter(organisation__in=entries)
        .select_related("user")
        .order_by("-user__is_active", "user__last_name", "user__username")
    )
    ids = [one.user_id for one in memberships]
    safe = set(
        Authenticator.objects.filter(user__in=ids, type__in=SECOND_FACTORS).values_list(
            "user_id", flat=True
        )
    )
    for one in memberships:
        member = Member(one, one.user_id in safe, may_remove(user, one))
        entries[one.organisation_id].members.append(member)
    for one in invitations.open_for(entries):
        entries[one.organisation_id].invitations.append(one)
    return list(entries.values())


def may_remove(by: User, membership: Membership) -> bool:
    """Leads end every membership; managers those of editors, not their own."""
    if manages_people(by):
        return True
    return (
        membership.organisation_id in managed_organisations(by)
        and membership.role == Membership.Role.EDITOR
        and membership.user_id != by.pk
    )


def to_remove(pk: int, *, by: User, with_lock: bool = False) -> Membership | None:
    """Somebody's task for an organisation. None when it was ended meanwhile,
    PermissionDenied for who may not end it.
    """
    memberships = Membership.objects.select_related("user", "organisation")
    if with_lock:
        memberships = memberships.select_for_update(of=("self",))
    membership = memberships.filter(pk=pk).first()
    if membership is not None and not may_remove(by, membership):
        raise PermissionDenied
    return membership


def is_last_of_login(membership: Membership) -> bool:
    """Whether a provider's login is left without any organisation after this one."""
    user = membership.user
    others = user.memberships.exclude(pk=membership.pk)
    return user.is_active and is_only_provider(user) and not others.exists()


@transaction.atomic
def remove(pk: int, *, by: User) -> bool:
    """Someone no longer looks after an organisation, and gets no mails about it.

    A provider's login that is left without any organisation is closed. False when
    the membership was ended meanwhile, PermissionDenied for who may not end it.
    """
    membership = to_remove(pk, by=by, with_lock=True)
    if membership is None:
        return False
    user, organisation = membership.user, membership.organisation
    membership.delete()
    for recipient in recipients_of(user):
        Responsibility.objects.filter(
            recipient=recipient, organisation=organisation
        ).delete()
    audit.record(
        Action.RIGHTS_CHANGED,
        by=by,
        about=user,
        what="membership ended",
        organisation=str(organisation),
    )
    invitations.withdraw_for(user, [organisation.pk], by=by)
    invitations.end_of_sender(user, by=by)
    if looks_after_nothing(user):
        logins.close(user, by=by, why="looks after nothing any more")
    return True


def recipients_of(user: User) -> QuerySet[Recipient]:
    """Where reminders for a person go: their own row, or one with their address."""
    own = Q(user=user)
    if user.email:
        own |= Q(user=None, email__iexact=user.email, is_role_mailbox=False)
    return Recipient.objects.filter(own).order_by("-user_id", "pk")


def is_only_provider(user: User) -> bool:
    """Whether a login is for organisations alone, without a task for the portal."""
    groups = set(user.groups.values_list("name", flat=True))
    return not user.is_superuser and groups <= {PROVIDERS}


def looks_after_nothing(user: User) -> bool:
    """Whether a login is a provider's, of no organisation any more."""
    return is_only_provider(user) and not user.memberships.exists()


def responsibilities_of(
    user: User, organisation_ids: Iterable[int] | None = None
) -> dict[int, list[Responsibility]]:
    """What a person is asked about, by organisation; of all where none are named."""
    found = Responsibility.objects.filter(recipient__in=recipients_of(user))
    if organisation_ids is not None:
        found = found.filter(organisation__in=set(organisation_ids))
    by_organisation: dict[int, list[Responsibility]] = defaultdict(list)
    for one in found.select_related("organisation").order_by("pk"):
        by_organisation[one.organisation_id].append(one)
    return by_organisation

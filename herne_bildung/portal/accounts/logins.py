"""What is done to a login: its sessions end, it is closed, or freed of a factor."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from herne_bildung.city import audit
from herne_bildung.city.models import User
from herne_bildung.city.rights import LEADS
from herne_bildung.lib import clock

Action = audit.Action


def leads() -> QuerySet[User]:
    """Who can open and close logins; not the demo's."""
    is_lead = Q(is_superuser=True) | Q(groups__name=LEADS)
    people = User.objects.filter(is_lead, is_active=True, is_demo=False)
    return User.objects.filter(pk__in=people.values("pk"))


def is_last_lead(user: User) -> bool:
    """Whether nobody could open logins again without this person."""
    return leads().filter(pk=user.pk).exists() and not leads().exclude(pk=user.pk)


@transaction.atomic
def end_sessions(user: User) -> int:
    """Sign a person out everywhere. Returns how many sessions there were."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def forget_old_sessions() -> int:
    """Remove sessions that are over, and from where they were (network address,
    browser). Returns how many records went.
    """
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    open_keys = Session.objects.values("session_key")
    return UserSession.objects.exclude(session_key__in=open_keys).delete()[0]


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None = None) -> int:
    """Take the factors of a person away who lost them; they set up new ones.

    Returns how many there were.
    """
    number = Authenticator.objects.filter(user=user).delete()[0]
    end_sessions(user)
    how = "second factor reset" + ("" if by else " by command")
    audit.record(Action.RIGHTS_CHANGED, by=by, about=user, what=how)
    return number


@transaction.atomic
def close(user: User, *, by: User | None = None, why: str) -> bool:
    """A login ends; leads can open it again. False when it was closed already."""
    row = User.objects.select_for_update().get(pk=user.pk)
    if not row.is_active:
        return False
    row.is_active = user.is_active = False
    row.dormant_warned_at = None
    row.save(update_fields=["is_active", "dormant_warned_at"])
    end_sessions(row)
    audit.record(Action.PERSON_REMOVED, by=by, about=row, what="login closed", why=why)
    return True

"""One person of each role, with a session of theirs."""

from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from herne_bildung.city.models import Membership, User
from herne_bildung.city.rights import (
    ADVISERS,
    LEADS,
    OFFICE,
    PROVIDERS,
    STATISTICS,
    TRANSLATORS,
)
from herne_bildung.city.tests.factories import make_membership, make_user
from herne_bildung.portal.accounts import second_factor
from herne_bildung.tests.roles.things import Things

ANONYMOUS = "anonymous"


def provider(role: str) -> Callable[[Things], User]:
    def make(own: Things) -> User:
        user = make_user(f"rolle-{role}", PROVIDERS)
        organisation = own.organisation
        if role == Membership.Role.MANAGER:
            organisation = organisation.parent
        make_membership(user, organisation, role)
        return user

    return make


def of_group(group: str, **values: object) -> Callable[[Things], User]:
    return lambda own: make_user(f"rolle-{group}", group, **values)


# The manager looks after the body above the editor's organisation.
ROLES: dict[str, Callable[[Things], User]] = {
    "no role": lambda own: make_user("rolle-keine"),
    "adviser": of_group(ADVISERS),
    "translator": of_group(TRANSLATORS, translates=["tr"]),
    "editor": provider(Membership.Role.EDITOR),
    "manager": provider(Membership.Role.MANAGER),
    "office": of_group(OFFICE),
    "lead": of_group(LEADS),
    "statistics": of_group(STATISTICS),
    "administrator": lambda own: make_user("rolle-alles", is_superuser=True),
}


def session_of(user: User | None) -> dict[str, str]:
    """The cookie of a session of theirs, with a second factor. Without the signals of
    signing in, which take longer than a page.
    """
    if user is None:
        return {}
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[second_factor.SET_UP] = user.pk
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key}

"""Who may sign in: everyone with a login, demo logins on this machine only."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from herne_bildung.city.models import User
from herne_bildung.start.addresses import is_address_of_this_machine, web_address

LONGEST_NAME = 150


def is_on_this_machine() -> bool:
    """Whether only this machine reaches the portal, as far as its settings tell."""
    return (
        web_address().is_loopback
        and is_address_of_this_machine(settings.PUBLIC_ADDRESS)
        and not settings.PRODUCTION
    )


class PeopleBackend(AuthenticationBackend):
    """Logins by name or address. A demo login works only where nobody else can come."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """Whoever may not sign in is told the same as with a wrong password."""
        user = super().authenticate(request, **credentials)
        self.unstash_authenticated_user()
        return user

    def user_can_authenticate(self, user: User) -> bool:
        if getattr(user, "is_demo", False) and not is_on_this_machine():
            return False
        return super().user_can_authenticate(user)


def name_of_attempt(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Under which name django-axes counts: that of the person, whether the name or
    the address was typed; what belongs to nobody as it was typed.
    """
    given = credentials or {}
    typed = given.get("username") or given.get("email") or ""
    typed = str(typed).replace("\0", "").strip().lower()[:LONGEST_NAME]
    if "@" not in typed:
        return typed
    known = User.objects.filter(email__iexact=typed).order_by("pk")
    name = known.values_list("username", flat=True).first()
    return name.lower() if name else typed

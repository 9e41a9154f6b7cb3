"""Who may sign in: everyone with a login, demo logins on this machine only."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from herne_bildung.start.addresses import is_address_of_this_machine, web_address


def is_on_this_machine() -> bool:
    """Whether only this machine reaches the portal, as far as its settings tell."""
    return (
        web_address().is_loopback
        and is_address_of_this_machine(settings.PUBLIC_ADDRESS)
        and not settings.PRODUCTION
    )


class PeopleBackend(ModelBackend):
    """Django's logins. A demo login works only where nobody else can come."""

    def user_can_authenticate(self, user) -> bool:
        if getattr(user, "is_demo", False) and not is_on_this_machine():
            return False
        return super().user_can_authenticate(user)

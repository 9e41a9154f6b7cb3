"""The second factor: staff of the portal do nothing here without one.

A session counts when the factor was used or set up in it. Demo logins, which exist on
a machine nobody else reaches, need none.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.app_settings import TOTP_PERIOD, TOTP_TOLERANCE
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from herne_bildung.city.models import User
from herne_bildung.city.rights import reads_all_rows

ADMINISTRATION = "/verwaltung/"
# What someone needs to get a second factor, and to leave.
OWN_LOGIN = "/verwaltung/konto/"
OPEN = {"/verwaltung/login/", "/verwaltung/logout/", "/verwaltung/jsi18n/"}
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SET_UP = "second_factor_set_up"


def is_required_of(user: User) -> bool:
    """Whether a person works for the portal itself: superusers, leads and editors of
    the Bildungsbüro, advisers, translators, the statistics office.
    """
    return not user.is_demo and reads_all_rows(user)


def has_one(user: User) -> bool:
    """Whether a person has set up a second factor."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def was_given(request: HttpRequest) -> bool:
    """Whether this session was begun with the factor, or it was set up in it."""
    if request.session.get(SET_UP) == request.user.pk:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def note_set_up(request: HttpRequest, user: User) -> None:
    """Whoever sets up a factor has just shown that they have it."""
    request.session[SET_UP] = user.pk


def use_up_code(request: HttpRequest, authenticator: Authenticator) -> None:
    """The code an app was set up with does not sign in again, for as long as it is
    good; django-allauth notes this of codes at the sign-in only.
    """
    if authenticator.type == Authenticator.Type.TOTP:
        key = TOTP(authenticator)._get_used_cache_key(request.POST.get("code", ""))
        good_for = TOTP_PERIOD * (2 * TOTP_TOLERANCE + 1)
        cache.set(key, "y", timeout=good_for)


def forget_set_up(request: HttpRequest) -> None:
    request.session.pop(SET_UP, None)


class SecondFactorMiddleware:
    """Leads staff without a second factor to where they set one up; every address of
    the administration is closed to them until then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        path = request.path_info
        if (
            not path.startswith(ADMINISTRATION)
            or path.startswith(OWN_LOGIN)
            or path in OPEN
            or not request.user.is_authenticated
            or was_given(request)
            or not is_required_of(request.user)
        ):
            return None
        if has_one(request.user):
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('mfa_reauthenticate')}?{back}")
        messages.info(request, _("Please set up a second factor first."))
        return redirect("mfa_index")

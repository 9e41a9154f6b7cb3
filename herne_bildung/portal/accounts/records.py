"""Sign-ins and what changes of logins, in the log of what must be answered for."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from herne_bildung.city import audit
from herne_bildung.city.models import User
from herne_bildung.portal.accounts import second_factor
from herne_bildung.portal.sign_in import name_of_attempt

Action = audit.Action


def connect() -> None:
    """Listen to Django and django-allauth; called once, when the portal starts."""
    listeners = (
        (auth.user_logged_in, _signed_in),
        (auth.user_logged_out, _signed_out),
        (auth.user_login_failed, _failed),
        (account.password_changed, _password_changed),
        (account.password_reset, _password_changed),
        (account.email_changed, _address_changed),
        (mfa.authentication_failed, _code_refused),
        (mfa.authenticator_added, _factor_added),
        (mfa.authenticator_removed, _factor_removed),
        (mfa.authenticator_reset, _factor_reset),
    )
    for signal, listener in listeners:
        signal.connect(listener, dispatch_uid=f"audit {listener.__name__}")


def _signed_in(sender: Any, user: User, **more: Any) -> None:
    audit.record(Action.SIGNED_IN, by=user, about=user)


def _signed_out(sender: Any, user: User | None, **more: Any) -> None:
    if user is not None:
        audit.record(Action.SIGNED_OUT, by=user, about=user)


def _failed(
    sender: Any, credentials: dict, request: HttpRequest | None, **more: Any
) -> None:
    """Only names that exist are kept: people type passwords into the wrong field."""
    if request is None or getattr(request, "axes_locked_out", False):
        return
    known = User.objects.filter(username__iexact=name_of_attempt(request, credentials))
    audit.record(Action.SIGN_IN_FAILED, about=known.first() or "", reason="password")


def _code_refused(sender: Any, user: User, **more: Any) -> None:
    audit.record(Action.SIGN_IN_FAILED, about=user, reason="second factor")


def _password_changed(sender: Any, user: User, **more: Any) -> None:
    audit.record(Action.RIGHTS_CHANGED, by=user, about=user, what="password changed")


def _address_changed(sender: Any, user: User, **more: Any) -> None:
    audit.record(Action.RIGHTS_CHANGED, by=user, about=user, what="address changed")


def _factor_added(
    sender: Any, request: HttpRequest, user: User, authenticator: Any, **more: Any
) -> None:
    if authenticator.type in second_factor.SECOND_FACTORS:
        second_factor.note_set_up(request, user)
        second_factor.use_up_code(request, authenticator)
    _note(user, authenticator, "added")


def _factor_removed(
    sender: Any, request: HttpRequest, user: User, authenticator: Any, **more: Any
) -> None:
    if not second_factor.has_one(user):
        second_factor.forget_set_up(request)
    _note(user, authenticator, "removed")


def _factor_reset(sender: Any, user: User, authenticator: Any, **more: Any) -> None:
    _note(user, authenticator, "made anew")


def _note(user: User, authenticator: Authenticator, what: str) -> None:
    audit.record(
        Action.RIGHTS_CHANGED,
        by=user,
        about=user,
        what=f"second factor {what}",
        type=str(authenticator.type),
    )

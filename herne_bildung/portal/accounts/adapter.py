"""What django-allauth asks the portal: mails go through the outbox, addresses of
visitors come from our proxies, staff keep their second factor.
"""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import User
from herne_bildung.lib import clock
from herne_bildung.lib.rate_limit import address_of
from herne_bildung.lib.sealing import CannotBeOpened, seal, unseal
from herne_bildung.portal.accounts import mails
from herne_bildung.portal.accounts.second_factor import (
    SECOND_FACTORS,
    is_required_of,
)
from herne_bildung.portal.sign_in import PeopleBackend

logger = logging.getLogger(__name__)
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104  nothing listens there
WRONG = _("Name, address or password is not right.")
LATER = _("There were too many attempts. Please try again in a few minutes.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; wrong passwords are counted by django-axes alone, which counts
    by name and address together: no stranger can lock somebody else out.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "too_many_login_attempts": LATER,
        "rate_limited": LATER,
        "incorrect_code": _("This code is not right."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or UNKNOWN_ADDRESS

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """No counting by name alone, as django-allauth would."""

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> Any:
        """Also who comes by passkey must be someone who may sign in here."""
        if not PeopleBackend().user_can_authenticate(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **more)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever signed in a moment ago need not say the password again."""
        records = get_authentication_records(self.request, self.request.user)
        if (
            records
            and clock.now().timestamp() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT
        ):
            return False
        return super().is_reauthentication_required(app=app, **more)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Never from the Host header of whoever asks for the mail."""
        path = reverse(
            "account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"}
        )
        return settings.PUBLIC_ADDRESS + path.replace("UID-KEY", key)

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: Any
    ) -> str:
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return settings.PUBLIC_ADDRESS + path

    def send_password_reset_mail(
        self, user: User, email: str, context: dict[str, Any]
    ) -> None:
        is_theirs = user.email.lower() == email.lower()
        if is_theirs and PeopleBackend().user_can_authenticate(user):
            mails.new_password(user, email, context["password_reset_url"])

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        address: EmailAddress = emailconfirmation.email_address
        link = self.get_email_confirmation_url(request, emailconfirmation)
        mails.confirm_address(address.user, address.email, link)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """What was changed of a login, to its address; nothing of where from."""
        mails.login_changed(user, template_prefix, email or user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Every mail has a function of its own above; others are not sent."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Staff may replace their second factor, not take the last one away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right."),
        "cannot_delete_authenticator": _(
            "Staff always need a second factor. Please add another one first."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of apps and recovery codes are sealed in the database."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Under another SECRET_KEY no code is right: the person needs new factors
        (`reset_second_factor`), and nobody signs in without.
        """
        try:
            return unseal(encrypted_text)
        except CannotBeOpened:
            logger.error("a second factor was sealed with another SECRET_KEY")
            return generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not is_required_of(authenticator.user):
            return True
        others = Authenticator.objects.filter(
            user=authenticator.user, type__in=SECOND_FACTORS
        ).exclude(pk=authenticator.pk)
        return others.exists()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a passkey is called that its owner gives no name."""
        there = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)s") % {"number": there + 1}

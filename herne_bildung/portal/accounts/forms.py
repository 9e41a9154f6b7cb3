"""django-allauth's forms in our words."""

import struct
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

LONGEST_ADDRESS = 254
NOT_TAKEN = _("That did not work. Please try again, or use another way.")
# What the packages stop with when what was sent is no passkey's answer.
ODD = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
)
# Sentences of packages whose German says "du", or is not ours; ours takes precedence.
gettext_noop("You must type the same password each time.")
gettext_noop("Authenticator app activated.")
gettext_noop("Authenticator app deactivated.")
gettext_noop("Security key added.")
gettext_noop("Security key removed.")
gettext_noop("A new set of recovery codes has been generated.")
gettext_noop("Thanks for spending some quality time with the web site today.")


class SignInForm(LoginForm):
    """Name or address, and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("User name or e-mail address")
        login.validators.append(MaxLengthValidator(LONGEST_ADDRESS))
        password.label, password.help_text = _("Password"), ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
        login.widget.attrs["autofocus"] = True


class PasskeyForm(AddWebAuthnForm):
    """A new passkey; it opens the portal by itself unless its owner says otherwise."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        alone = self.fields["passwordless"]
        alone.initial = True
        alone.label = _("Also sign in with it without a password")
        alone.help_text = _("Untick this for a security stick without PIN only.")

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except ODD as oddity:
            raise ValidationError(NOT_TAKEN) from oddity


class _GivenPasskey:
    """A passkey that is used; one that is not known here is no "code"."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["credential"].error_messages["required"] = NOT_TAKEN

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except ODD as oddity:
            raise ValidationError(NOT_TAKEN) from oddity
        except ValidationError as refusal:
            if refusal.code == "incorrect_code":
                raise ValidationError(NOT_TAKEN) from refusal
            raise


class PasskeySignInForm(_GivenPasskey, LoginWebAuthnForm):
    """Instead of name and password."""


class PasskeyCodeForm(_GivenPasskey, AuthenticateWebAuthnForm):
    """After name and password."""


class PasskeyConfirmForm(_GivenPasskey, ReauthenticateWebAuthnForm):
    """Before something that matters is changed."""

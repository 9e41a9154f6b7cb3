"""django-allauth's forms in our words."""

from typing import Any

from allauth.account.forms import LoginForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

LONGEST_ADDRESS = 254
# Sentences of django-allauth whose German says "du"; ours takes precedence.
gettext_noop("You must type the same password each time.")


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

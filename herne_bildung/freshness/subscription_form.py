"""The form to follow something by mail; lib.public_form says what protects it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.language_names import LanguageChoice
from herne_bildung.lib.languages import LANGUAGES
from herne_bildung.lib.public_form import PublicForm, email_field

CHOICES = [(entry.code, entry.native_name) for entry in LANGUAGES]


def language_field() -> forms.ChoiceField:
    """In which language the mails come."""
    return forms.ChoiceField(
        label=_("Language of the mails"),
        choices=CHOICES,
        widget=LanguageChoice(attrs={"class": "kern-form-input__input"}),
    )


class SubscriptionForm(PublicForm):
    """An address, and a language."""

    email = email_field("")
    language = language_field()

    def __init__(self, *values, **options) -> None:
        super().__init__(*values, **options)
        email = self.fields["email"]
        email.required = True
        email.error_messages["required"] = _("Please write your e-mail address.")


class LanguageForm(forms.Form):
    """Another language for all mails to an address."""

    language = language_field()

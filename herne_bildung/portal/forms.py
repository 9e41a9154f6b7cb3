"""Forms of public pages; lib.public_form says what protects them."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from herne_bildung.lib.public_form import PublicForm, email_field

LONGEST_MESSAGE = 5000
LONGEST_PAGE = 500


class BarrierForm(PublicForm):
    """What hinders someone, where, and how to answer if they want an answer."""

    message = forms.CharField(
        label=_("What is in your way?"),
        help_text=_(
            "What did you want to do, and what happened? If you like, name your"
            " device, your browser and the aids you use."
        ),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"class": "kern-form-input__input", "rows": 8}),
        error_messages={"required": _("Please describe the barrier in a few words.")},
    )
    page = forms.CharField(
        label=_("On which page?"),
        help_text=_("The address of the page, or what it is about."),
        max_length=LONGEST_PAGE,
        required=False,
        widget=forms.TextInput(attrs={"class": "kern-form-input__input"}),
    )
    email = email_field(
        _("Only if you would like an answer. We use it for nothing else.")
    )

    def clean_page(self) -> str:
        return " ".join(self.cleaned_data["page"].split())


def own_path(value: str) -> str:
    """A path of this portal, to name the page a person came from; else ""."""
    is_own = value.startswith("/") and url_has_allowed_host_and_scheme(value, None)
    return value if is_own and value.isprintable() and len(value) <= 300 else ""

"""The form "Something wrong here?"; lib.public_form says what protects it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.models import ErrorReport
from herne_bildung.lib.public_form import PublicForm, email_field

LONGEST_TEXT = 2000


class ReportForm(PublicForm):
    """What is wrong with an entry; words are asked for only where no reason fits."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ErrorReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose what is wrong."),
            "invalid_choice": _("Please choose what is wrong."),
        },
    )
    text = forms.CharField(
        label=_("How is it right, as far as you know?"),
        help_text=_("You can write in your own language. Please name no people."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"class": "kern-form-input__input", "rows": 5}),
    )
    email = email_field(
        _(
            "Only if you would like to know what became of it. We answer once and"
            " delete your address 30 days later."
        )
    )

    def clean(self) -> None:
        values = super().clean()
        is_other = values.get("reason") == ErrorReport.Reason.OTHER
        if is_other and not values.get("text") and "text" not in self.errors:
            self.add_error("text", _("Please say in a few words what is wrong."))

from typing import Any

from django import forms
from django.db.models import DateField, Field, URLField
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.long_texts import with_an_end
from herne_bildung.city.models import Organisation
from herne_bildung.city.phone_form import PhoneForm


def form_field(field: Field, **options: Any) -> forms.Field | None:
    """The form field of a column; addresses without a scheme are https ones."""
    if isinstance(field, URLField):
        options["assume_scheme"] = "https"
    if isinstance(field, DateField):
        # Browsers show it in their reader's own way, but want it like this.
        options["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return field.formfield(**with_an_end(field, options))


class CorrectionForm(PhoneForm, forms.ModelForm):
    """Base of the forms of "correct this": German texts and plain facts only."""

    phone_refusal = _(
        "Please write the number with digits only, such as 02323 16-0. "
        "Words belong into the last field of this form."
    )

    class Meta:
        formfield_callback = form_field

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        for name, field in self.fields.items():
            # The German text of what must not be empty; columns of translations may.
            if name.endswith("_de"):
                original = self._meta.model._meta.get_field(name.removesuffix("_de"))
                field.required = not original.blank
                if not (get_language() or "de").startswith("de"):
                    field.help_text = field.help_text or _("German text")
            # German texts, numbers and addresses, whatever the page's language is.
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs |= {"lang": "de", "dir": "ltr"}
                # Browsers cut what is pasted without a word; here it is said.
                field.widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        """Texts without NUL, which no database takes, and with plain line breaks."""
        values = super().clean()
        for name, value in values.items():
            if isinstance(value, str):
                values[name] = value.replace("\0", "").replace("\r\n", "\n")
        return values

    @cached_property
    def changed_data(self) -> list[str]:
        """Fields that say something else; browsers send line breaks in their way."""
        return [
            name
            for name in super().changed_data
            if one_way(self[name].data) != one_way(self[name].initial)
        ]


def one_way(value: Any) -> Any:
    """A text as it is compared: one kind of line break, no spaces around it."""
    if not isinstance(value, str):
        return value
    return value.replace("\r\n", "\n").strip()


class NoteForm(forms.Form):
    """What no field of a correction form is for."""

    note = forms.CharField(
        label=_("Is something else wrong?"),
        help_text=_(
            "Also what cannot be changed here, such as a new address. Write it in "
            "your own words. We pass it on to the Bildungsbüro."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NotMineForm(forms.Form):
    """Who may be responsible instead."""

    ask = forms.CharField(
        label=_("Whom can we ask?"),
        help_text=_("A name, an office or a telephone number, if you know it."),
        required=False,
        max_length=300,
    )


class OrganisationCorrection(CorrectionForm):
    class Meta(CorrectionForm.Meta):
        model = Organisation
        fields = ["name_de", "phone", "email", "website", "description_de"]
        labels = {"name_de": _("name"), "description_de": _("description")}

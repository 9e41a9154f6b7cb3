from typing import Any

from django import forms
from django.db.models import Field, URLField
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import Organisation


def form_field(field: Field, **options: Any) -> forms.Field | None:
    """The form field of a column; addresses without a scheme are https ones."""
    if isinstance(field, URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)


class CorrectionForm(forms.ModelForm):
    """Base of the forms of "correct this": German texts and plain facts only."""

    class Meta:
        formfield_callback = form_field

    def clean(self) -> dict[str, Any]:
        """Texts without NUL, which no database takes."""
        values = super().clean()
        for name, value in values.items():
            if isinstance(value, str) and "\0" in value:
                values[name] = value.replace("\0", "")
        return values


class OrganisationCorrection(CorrectionForm):
    class Meta(CorrectionForm.Meta):
        model = Organisation
        fields = ["name_de", "phone", "email", "website", "description_de"]
        labels = {"name_de": _("name"), "description_de": _("description")}

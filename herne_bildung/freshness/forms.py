from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import Organisation


class CorrectionForm(forms.ModelForm):
    """Base of the forms of "correct this": German texts and plain facts only."""

    def clean(self) -> dict[str, Any]:
        """Texts without NUL, which no database takes."""
        values = super().clean()
        for name, value in values.items():
            if isinstance(value, str) and "\0" in value:
                values[name] = value.replace("\0", "")
        return values


class OrganisationCorrection(CorrectionForm):
    class Meta:
        model = Organisation
        fields = ["name_de", "phone", "email", "website", "description_de"]
        labels = {"name_de": _("name"), "description_de": _("description")}

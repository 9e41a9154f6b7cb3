from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counselling.admin.help import OFFICE
from counselling.choices import Audience, Way
from counselling.forms import boxes
from counselling.models import CounsellingOffice
from herne_bildung.city.admin.base import leave_out_unless_chosen
from herne_bildung.city.language_names import LanguageBoxes
from herne_bildung.city.models import School
from herne_bildung.city.phone_form import PhoneForm
from herne_bildung.city.spoken import SpokenLanguage

State = CounsellingOffice.State


class OfficeForm(PhoneForm, forms.ModelForm):
    """An office. Hiding one is a matter of care, which tells its people."""

    audiences = boxes(_("for whom"), Audience.choices)
    school_forms = boxes(_("responsible for these school forms"), School.Form.choices)
    languages = boxes(_("languages spoken"), SpokenLanguage.choices, LanguageBoxes)
    ways = boxes(_("how people are advised"), Way.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        leave_out_unless_chosen(self, "state", (State.UNCONFIRMED, State.ENDED))
        for name in ("name_de", "summary_de"):
            if name in self.fields:
                self.fields[name].required = True
        for name, text in OFFICE.items():
            if name in self.fields:
                self.fields[name].help_text = text


class RoleForm(PhoneForm, forms.ModelForm):
    """A contact role; the form says what a name needs before the database does."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("person_name"):
            return values
        for name in ("name_consent_on", "name_shown_until"):
            if name in self.fields and not values.get(name):
                self.add_error(
                    name, _("A name is shown only with this day. Or leave it out.")
                )
        return values

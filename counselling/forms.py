from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counselling.choices import Way
from counselling.models import ContactRole, CounsellingOffice, RouteDate
from herne_bildung.city.language_names import LanguageBoxes
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.freshness.forms import CorrectionForm


def boxes(label: Any, choices: Any, widget: Any = forms.CheckboxSelectMultiple) -> Any:
    """Several codes of a closed list, to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=widget, required=False
    )


class OfficeCorrection(CorrectionForm):
    """The facts of an office its people correct from a reminder, without a login.

    Weekly hours are told in words, in the last field of the form.
    """

    field_order = ("name_de", "summary_de", "hours", "hours_note_de", "phone", "email")
    languages = boxes(_("languages spoken"), SpokenLanguage.choices, LanguageBoxes)
    ways = boxes(_("how people are advised"), Way.choices)

    class Meta(CorrectionForm.Meta):
        model = CounsellingOffice
        fields = [
            "name_de",
            "summary_de",
            "hours",
            "hours_note_de",
            "phone",
            "email",
            "website",
            "appointment_url",
            "languages",
            "ways",
            "is_free",
            "is_anonymous",
            "is_accessible",
            "has_interpreting",
            "interpreting_days",
            "what_to_bring_de",
            "description_de",
        ]
        labels = {
            "name_de": _("name"),
            "summary_de": _("In short"),
            "hours_note_de": _("note on the hours"),
            "what_to_bring_de": _("what to bring"),
            "description_de": _("description"),
        }
        widgets = {
            "summary_de": forms.Textarea(attrs={"rows": 3}),
        }


class RoleCorrection(CorrectionForm):
    """The facts of a contact role; names are given with consent in the workplace."""

    class Meta(CorrectionForm.Meta):
        model = ContactRole
        fields = ["title_de", "responsibility_de", "phone", "email"]
        labels = {
            "title_de": _("role"),
            "responsibility_de": _("responsible for"),
        }
        widgets = {"responsibility_de": forms.Textarea(attrs={"rows": 3})}


class RouteDateCorrection(CorrectionForm):
    """A date of a route."""

    class Meta(CorrectionForm.Meta):
        model = RouteDate
        fields = ["title_de", "first_day", "last_day", "school_year"]
        labels = {"title_de": _("title")}

"""What sharpens the answer at the end: not a question, and nobody has to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.language_names import LanguageChoice
from herne_bildung.city.models import District
from herne_bildung.city.reference import Districts
from herne_bildung.city.spoken import SpokenLanguage

Level = District.Level
OFFERED = (Level.BOROUGH, Level.QUARTER)


class RefineForm(forms.Form):
    """District and language, by the address."""

    district = forms.ChoiceField(
        label=_("District"),
        required=False,
        error_messages={"invalid_choice": _("We do not know this district.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the conversation"),
        required=False,
        choices=[("", "–"), *SpokenLanguage.choices],
        widget=LanguageChoice,
        error_messages={"invalid_choice": _("We do not know this language.")},
    )

    def __init__(self, data: Any, *, known: Districts):
        # A page that asks for nothing has no errors either.
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        if key := self.data["district"]:
            self.data["district"] = known.resolve(key)
        self.fields["district"].choices = [
            ("", _("All of Herne")),
            *(
                (node.key, f"{'– ' * (node.depth - 1)}{known.label(node)}")
                for node in known.by_key.values()
                if node.level in OFFERED
            ),
        ]
        self.full_clean()

    def value(self, name: str) -> str:
        """What was chosen; empty for nothing and for what there is not."""
        return self.cleaned_data.get(name, "")

    @property
    def is_used(self) -> bool:
        return any(self.data.values())

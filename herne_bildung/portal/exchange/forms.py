"""Forms of the pages on which tables come in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.models import Organisation
from herne_bildung.city.rights import managed_organisations, sees_everything
from herne_bildung.lib.tables.reading import too_large
from herne_bildung.portal.exchange.kinds import KINDS
from herne_bildung.portal.models import Import


class HandInForm(forms.Form):
    """A file, what it is about, and whose it is."""

    kind = forms.ChoiceField(label=gettext_lazy("The table has"))
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("For which organisation"),
        queryset=Organisation.objects.none(),
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Name of the source"),
        help_text=gettext_lazy(
            "For example “course programme”. Tables of the same name belong together: "
            "their keys mean the same entries. May stay empty."
        ),
        max_length=80,
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("File (CSV or XLSX)"), max_length=200, allow_empty_file=True
    )

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_staff = sees_everything(user)
        kinds = [kind for kind in KINDS.values() if is_staff or kind.is_for_providers]
        self.fields["kind"].choices = [(kind.name, kind.label) for kind in kinds]
        own = Organisation.objects.order_by("sort_key")
        if not is_staff:
            own = own.filter(pk__in=managed_organisations(user))
            self.fields["organisation"].required = True
            self.fields["organisation"].empty_label = None
        else:
            self.fields["organisation"].empty_label = _("Bildungsbüro")
            self.fields["organisation"].help_text = _(
                "Whose own keys these are. Leave it as it is for lists of the office."
            )
        self.fields["organisation"].queryset = own.only("pk", "name_de")
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = kinds[0].name

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(_("The file is empty."))
        if file.size > settings.IMPORT_MOST_BYTES:
            raise forms.ValidationError(too_large(settings.IMPORT_MOST_BYTES))
        return file

    def clean_source(self) -> str:
        return " ".join(self.cleaned_data["source"].split())


def mapping_of(job: Import, data: Any) -> list[str]:
    """What the form says of each column; a fact that was chosen twice stays once."""
    chosen: list[str] = []
    for place in range(len(job.header)):
        fact = data.get(f"column-{place}", "")
        chosen.append(fact if fact not in chosen else "")
    return chosen

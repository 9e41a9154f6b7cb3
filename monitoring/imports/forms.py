"""Forms of the pages on which values come in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.rights import reads_raw_values
from herne_bildung.lib.tables.reading import too_large
from monitoring.choices import Protection
from monitoring.models import ImportRun, Indicator


class HandInForm(forms.Form):
    """A file, and the indicator it has values of."""

    indicator = forms.ModelChoiceField(
        label=gettext_lazy("indicator"),
        queryset=Indicator.objects.none(),
        required=False,
        empty_label=gettext_lazy("several: a column names the indicator"),
    )
    file = forms.FileField(
        label=gettext_lazy("File (CSV or XLSX)"), max_length=200, allow_empty_file=True
    )

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["indicator"].queryset = imported_by(user)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(_("The file is empty."))
        if file.size > settings.MONITORING_IMPORT_MOST_BYTES:
            raise forms.ValidationError(
                too_large(settings.MONITORING_IMPORT_MOST_BYTES)
            )
        return file


def imported_by(user: Any) -> Any:
    """The indicators whose values a person imports, by name."""
    rows = Indicator.objects.order_by("name_de")
    if not reads_raw_values(user):
        rows = rows.filter(protection=Protection.PUBLISHED)
    return rows


def mapping_of(run: ImportRun, data: Any) -> tuple[list[str], str]:
    """What a form says of each column, and the decimal sign."""
    mapping = [data.get(f"column-{place}", "") for place in range(len(run.header))]
    sign = data.get("decimal_sign", "")
    return mapping, sign if sign in ImportRun.DecimalSign.values else ""

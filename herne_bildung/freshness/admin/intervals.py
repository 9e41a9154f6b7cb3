"""Other intervals than the usual ones: of an organisation, or of one entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.admin import NamedFields, OwnEntriesInline
from herne_bildung.city.rights import OFFICE
from herne_bildung.freshness.kinds import FactGroup, Kind, kinds
from herne_bildung.freshness.models import CareInterval, MaintainedEntry


def groups_of(names: list[str]) -> dict[str, tuple[Kind, FactGroup]]:
    """All groups of these kinds by "kind:group"."""
    return {
        f"{name}:{group.name}": (kinds()[name], group)
        for name in names
        for group in kinds()[name].groups
    }


class IntervalForm(forms.ModelForm):
    """One choice of kind and group, and months within the group's limits."""

    facts = forms.ChoiceField(label=gettext_lazy("facts"))

    class Meta:
        model = CareInterval
        fields = ["months"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = groups_of(self.kind_names())
        self.fields["facts"].choices = [
            (key, self._label(kind, group)) for key, (kind, group) in self.known.items()
        ]
        if self.instance.pk:
            self.initial["facts"] = f"{self.instance.kind}:{self.instance.group}"

    def kind_names(self) -> list[str]:
        return list(kinds())

    def _label(self, kind: Kind, group: FactGroup) -> str:
        text = _("%(kind)s: %(group)s (usually %(months)s, at most %(most)s months)")
        return text % {
            "kind": str(kind.label).capitalize(),
            "group": group.label,
            "months": group.months,
            "most": group.most_months,
        }

    def clean(self) -> dict[str, Any]:
        """The limits of the group, and one interval for each group."""
        values = super().clean()
        if values.get("facts") not in self.known:
            return values
        kind, group = self.known[values["facts"]]
        self.instance.kind, self.instance.group = kind.name, group.name
        months = values.get("months")
        if months is not None and not 1 <= months <= group.most_months:
            text = _("Between 1 and %(most)s months.") % {"most": group.most_months}
            self.add_error("months", text)
        return values


class EntryIntervalForm(IntervalForm):
    """Groups of the entry's own kind; `entry_kind` is set by the inline."""

    entry_kind = ""

    def kind_names(self) -> list[str]:
        return [self.entry_kind] if self.entry_kind in kinds() else []


class IntervalFormSet(NamedFields):
    """No group twice: the database would refuse it."""

    def clean(self) -> None:
        super().clean()
        chosen = [
            form.cleaned_data.get("facts")
            for form in self.forms
            if form.is_valid()
            and form.has_changed()
            and not form.cleaned_data["DELETE"]
        ]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("Each group of facts only once."))


class IntervalInline(OwnEntriesInline):
    """Intervals of all entries of an organisation."""

    model = CareInterval
    form = IntervalForm
    formset = IntervalFormSet
    fields = ["facts", "months"]
    rights = {OFFICE: ("view", "add", "change", "delete")}


class EntryIntervalInline(IntervalInline):
    """Intervals of one entry."""

    form = EntryIntervalForm

    def get_formset(self, request: Any, obj: Any = None, **options: Any) -> Any:
        name = obj.kind if isinstance(obj, MaintainedEntry) else ""
        options["form"] = type("Form", (self.form,), {"entry_kind": name})
        return super().get_formset(request, obj, **options)

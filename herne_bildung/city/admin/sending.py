"""What was joined, written as a browser would send it, so that a form can read it."""

from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from herne_bildung.city import form_state
from herne_bildung.city.admin import form_values
from herne_bildung.city.admin.merging import Merged
from herne_bildung.city.form_state import FormState

Page = tuple[BaseForm, list[BaseFormSet]]


def as_sent(
    sent: QueryDict,
    files: MultiValueDict,
    merged: Merged,
    page: Page,
    state: FormState,
) -> QueryDict:
    """The joined values in what was sent, with a state for them. Files of new rows get
    the new names of their rows.
    """
    form, formsets = page
    data = sent.copy()
    for name, value in merged.fields.items():
        put_name = form.add_prefix(name)
        form_values.put(data, form.fields[name].widget, put_name, value)
    for formset in formsets:
        if formset.prefix in merged.rows:
            _put_rows(sent, files, data, formset, merged)
    data[form_state.FIELD] = form_state.written(state)
    return data


def _put_rows(
    sent: QueryDict,
    files: MultiValueDict,
    data: QueryDict,
    formset: BaseFormSet,
    merged: Merged,
) -> None:
    """Number the rows anew: first those there are, then the new ones."""
    prefix, key, sample = formset.prefix, formset._pk_field.name, formset.empty_form
    there = {
        str(one.instance.pk): form_values.shown(one, form_values.own_names(formset))
        for one in formset.initial_forms
    }
    for name in [one for one in data if one.startswith(f"{prefix}-")]:
        del data[name]
    number, new = 0, list(merged.new[prefix])
    for pk, row in merged.rows[prefix].items():
        if pk not in there:
            # Removed by others, but kept: it comes back as a new one.
            new += [("", row)] if row is not None else []
            continue
        start = f"{prefix}-{number}"
        for name, value in (row or there[pk]).items():
            form_values.put(data, sample.fields[name].widget, f"{start}-{name}", value)
        data[f"{start}-{key}"] = pk
        data[f"{start}-{formset.fk.name}"] = str(formset.instance.pk)
        if row is None:
            data[f"{start}-DELETE"] = "on"
        _put_along(sent, data, _start_of(sent, prefix, key, pk), start)
        number += 1
    data[f"{prefix}-INITIAL_FORMS"] = str(number)
    former = {name: files.getlist(name) for name in files}
    for old_start, row in new:
        start = f"{prefix}-{number}"
        for name, value in row.items():
            form_values.put(data, sample.fields[name].widget, f"{start}-{name}", value)
        _put_along(sent, data, old_start, start)
        for name, values in former.items():
            if old_start and name.startswith(f"{old_start}-"):
                files.setlist(name.replace(old_start, start, 1), values)
        data[f"{start}-{formset.fk.name}"] = str(formset.instance.pk)
        number += 1
    data[f"{prefix}-TOTAL_FORMS"] = str(number)


def _start_of(sent: QueryDict, prefix: str, key: str, pk: str) -> str:
    """How the names of a row began in what was sent."""
    for name in sent:
        is_key = name.startswith(f"{prefix}-") and name.endswith(f"-{key}")
        if is_key and sent[name] == pk:
            return name.removesuffix(f"-{key}")
    return ""


def _put_along(sent: QueryDict, data: QueryDict, former: str, start: str) -> None:
    """What a row says beside its fields: that a translation is right, which file."""
    for name in sent if former else ():
        new_name = name.replace(former, start, 1)
        goes_along = name.endswith(("-kept", "_is_right")) and new_name not in data
        if goes_along and name.startswith(f"{former}-"):
            data.setlist(new_name, sent.getlist(name))

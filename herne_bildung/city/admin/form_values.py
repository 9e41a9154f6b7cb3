"""Values of a form in one shape, whether shown, sent or kept: to compare and to join.

A value is a text, a list of texts, or true/false for a tick; of a field made of several
ones, a list of these. Files have none.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.forms import (
    BaseForm,
    BaseFormSet,
    CheckboxInput,
    FileInput,
    MultiWidget,
    NumberInput,
)
from django.forms.models import ModelChoiceField
from django.forms.widgets import Widget
from django.http import QueryDict
from django.utils.translation import gettext as _

from herne_bildung.city.admin.languages import TranslatedText

Row = dict[str, Any]
# {"fields": {name: value}, "rows": {prefix: {primary key: row}}}
Values = dict[str, Any]
MOST_ROWS = 500


def bare(widget: Widget) -> Widget:
    """The widget itself, without what stands around it."""
    while isinstance(widget, RelatedFieldWidgetWrapper | TranslatedText):
        is_translated = isinstance(widget, TranslatedText)
        widget = widget.text if is_translated else widget.widget
    return widget


def plain(widget: Widget, value: Any) -> Any:
    """A value of a widget, shown or sent, in the one shape."""
    widget = bare(widget)
    if isinstance(widget, MultiWidget):
        parts = value if isinstance(value, list) else widget.decompress(value)
        parts = [*parts, *[None] * len(widget.widgets)]
        return [plain(one, part) for one, part in zip(widget.widgets, parts)]  # noqa: B905 parts are filled up
    if isinstance(widget, CheckboxInput):
        return bool(widget.check_test(value))
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple | set):
        found = sorted(str(one) for one in shown if one is not None)
        if not getattr(widget, "allow_multiple_selected", False):
            return found[0] if found else ""
        return found
    text = "" if shown is None else str(shown).replace("\r\n", "\n").strip()
    return _shortest(text) if isinstance(widget, NumberInput) else text


def _shortest(number: str) -> str:
    """ "5.00" and "5" are one."""
    whole, point, rest = number.partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if point and rest else whole


def compared(form: BaseForm, left_out: set[str]) -> Iterator[tuple[str, Any]]:
    """Names and fields that people fill in; files are no values."""
    for name, field in form.fields.items():
        if name not in left_out and not isinstance(bare(field.widget), FileInput):
            yield name, field


def shown(form: BaseForm, left_out: frozenset[str] = frozenset()) -> Row:
    """What a form shows before anyone types."""
    return {
        name: plain(
            field.widget,
            field.prepare_value(form.get_initial_for_field(field, name)),
        )
        for name, field in compared(form, left_out)
    }


def sent(
    form: BaseForm, data: QueryDict, prefix: str | None, left_out: frozenset[str]
) -> Row:
    """What was typed, of the fields of `form`, under a prefix."""
    found = {}
    for name, field in compared(form, left_out):
        key = f"{prefix}-{name}" if prefix else name
        raw = bare(field.widget).value_from_datadict(data, {}, key)
        found[name] = plain(field.widget, _as_shown(field, raw))
    return found


def _as_shown(field: Any, raw: Any) -> Any:
    """What was typed as the form would show it once it is saved: "3" as "3 years"."""
    if isinstance(field, ModelChoiceField) or isinstance(
        bare(field.widget), MultiWidget
    ):
        return raw
    try:
        return field.prepare_value(field.to_python(raw))
    except (ValidationError, TypeError, ValueError):
        return raw


def own_names(formset: BaseFormSet) -> frozenset[str]:
    """Fields of a row that people do not fill in."""
    return frozenset({formset._pk_field.name, formset.fk.name, "DELETE"})


def shown_page(form: BaseForm, formsets: list[BaseFormSet]) -> Values:
    """What a page of the administration shows: the form and its rows."""
    return {
        "fields": shown(form),
        "rows": {
            formset.prefix: {
                str(one.instance.pk): shown(one, own_names(formset))
                for one in formset.initial_forms
                if one.instance.pk is not None
            }
            for formset in formsets
        },
    }


def sent_page(form: BaseForm, formsets: list[BaseFormSet], data: QueryDict) -> Values:
    """What was sent: as above, with None for a row to remove, and `new` rows."""
    page = {"fields": sent(form, data, form.prefix, frozenset()), "rows": {}, "new": {}}
    for formset in formsets:
        names, prefix = own_names(formset), formset.prefix
        sample, key = formset.empty_form, formset._pk_field.name
        blank = shown(sample, names)
        rows, new = {}, []
        for number in range(_number(data.get(f"{prefix}-TOTAL_FORMS"))):
            start = f"{prefix}-{number}"
            row = sent(sample, data, start, names)
            pk = data.get(f"{start}-{key}", "")
            is_removed = bool(data.get(f"{start}-DELETE"))
            if pk:
                rows[pk] = None if is_removed else row
            elif not is_removed and (row != blank or _has_more(data, start, names)):
                new.append((start, row))
        page["rows"][prefix], page["new"][prefix] = rows, new
    return page


def put(data: QueryDict, widget: Widget, name: str, value: Any) -> None:
    """Write a value into data as a browser would send it."""
    widget = bare(widget)
    if isinstance(widget, MultiWidget):
        for suffix, one, part in zip(
            widget.widgets_names, widget.widgets, value, strict=True
        ):
            put(data, one, f"{name}{suffix}", part)
    elif isinstance(widget, CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
    elif isinstance(value, list):
        data.setlist(name, value)
    else:
        data[name] = value


def in_words(field: Any, value: Any) -> str:
    """A value as people read it: labels of choices, names of what is chosen."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    values = value if isinstance(value, list) else [value]
    if isinstance(field, ModelChoiceField):
        numbers = [one for one in values if str(one).isascii() and str(one).isdigit()]
        return ", ".join(map(str, field.queryset.filter(pk__in=numbers)))
    labels = {}
    for key, label in getattr(bare(field.widget), "choices", ()):
        nested = label if isinstance(label, list | tuple) else [(key, label)]
        labels |= {str(one): str(text) for one, text in nested}
    return ", ".join(labels.get(str(one), str(one)) for one in values if one != "")


def row_in_words(form: BaseForm, row: Row | None) -> str:
    """A whole row on some lines."""
    if row is None:
        return ""
    lines = [
        f"{form.fields[name].label}: {words}"
        for name, value in row.items()
        if name in form.fields and (words := in_words(form.fields[name], value))
    ]
    return "\n".join(lines)


def _number(raw: str | None) -> int:
    is_number = raw and raw.isascii() and raw.isdigit() and len(raw) < 6
    return min(int(raw), MOST_ROWS) if is_number else 0


def _has_more(data: QueryDict, start: str, names: frozenset[str]) -> bool:
    """A row may hold a file only, or what its form knows by other names."""
    own = {f"{start}-{name}" for name in names}
    return any(
        key.startswith(f"{start}-") and key not in own and key.endswith("-kept")
        for key in data
    )

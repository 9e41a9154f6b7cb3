"""Fields in which one chooses rows: found while one types, and usable without scripts.

Where the person may choose among few rows, the page names them all. Where there are
more, or one may be added, a search stands beside the field for browsers without
scripts: it shows the form again, with what was found to choose from, and nothing is
saved.
"""

from typing import Any

from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from herne_bildung.lib.row_numbers import is_row_number

# The button of the search beside a field; its value is the field's name.
FIND = "_find"
# The code of the error of a field while its person looks for rows.
LOOKING = "looking"
FEW = 60
MOST_FOUND = 40
LONGEST_WORDS = 100
# Stands for a row that is none: refused as a choice, but no error of the database.
NO_ROW = "0"


class Offered:
    """The rows that a field of this request's person finds while they type; those of
    few are read once for all rows of a table.
    """

    def __init__(self, related: Any, request: HttpRequest) -> None:
        self.related, self.request = related, request
        self._few: list[Model] | None = None

    def few(self, choices: QuerySet) -> list[Model]:
        """One more than `FEW` stands for too many to show."""
        if self._few is None:
            self._few = list(self._among(choices)[: FEW + 1])
        return self._few

    def found(self, choices: QuerySet, words: str) -> list[Model]:
        """What the search beside the field finds."""
        rows = self._among(choices)
        rows, has_doubles = self.related.get_search_results(self.request, rows, words)
        return list((rows.distinct() if has_doubles else rows)[:MOST_FOUND])

    def add_path(self) -> str:
        """Where the person makes a new row to choose; "" without the right."""
        if not self.related.has_add_permission(self.request):
            return ""
        opts = self.related.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_add")

    def _among(self, choices: QuerySet) -> QuerySet:
        if not self.related.has_view_permission(self.request):
            return choices.none()
        own = self.related.get_queryset(self.request)
        return choices.filter(pk__in=own.order_by().values("pk"))


class _Looking:
    """A value of a field while its person looks for rows: never saved."""

    found: list[Model]


class _LookingForOne(str, _Looking):
    """The row that is chosen so far."""


class _LookingForSeveral(list, _Looking):
    """The rows that are chosen so far."""


class _OfRows(AutocompleteMixin):
    """Django's search while one types, with rows in the page for who has no scripts.

    Shown again, a field keeps only what can be a row.
    """

    offered: Offered
    _asked: tuple[str, list[Model]] | None = None

    def looked_for(self, data: Any, name: str) -> list[Model] | None:
        """What the search beside the field finds; None when nobody asked."""
        words = (data.get(words_of(name)) or "").replace("\0", "").strip()
        if not words and data.get(FIND) != name:
            return None
        words = words[:LONGEST_WORDS]
        if self._asked is None or self._asked[0] != words:
            found = self.offered.found(self.choices.queryset, words)
            self._asked = words, found
        return self._asked[1]

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        chosen = {one for one in value if is_row_number(one)}
        rows = [] if self._is_searched else self.offered.few(self.choices.queryset)
        rows = [*rows, *(self._asked[1] if self._asked else [])]
        unnamed = chosen - {str(row.pk) for row in rows}
        if unnamed:
            rows += self.choices.queryset.filter(pk__in=unnamed)
        named = {str(row.pk): row for row in rows}
        options = [
            self.create_option(name, key, self._label(row), key in chosen, number)
            for number, (key, row) in enumerate(named.items(), 1)
        ]
        is_open = not self.is_required or not chosen.intersection(named)
        if is_open and not self.allow_multiple_selected:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        context = {
            "id": (attrs or {}).get("id", name),
            "name": name,
            "words_name": words_of(name),
            "label": self.field.verbose_name,
            "find": FIND,
            "is_searched": self._is_searched,
            "add_path": self.offered.add_path(),
            "is_several": self.allow_multiple_selected,
        }
        beside = render_to_string("admin/row_search.html", context)
        return mark_safe(field + beside)  # noqa: S308 both are made by templates

    @property
    def _is_searched(self) -> bool:
        return len(self.offered.few(self.choices.queryset)) > FEW

    def _label(self, row: Model) -> str:
        return self.choices.field.label_from_instance(row)


class ChooseOne(_OfRows, AutocompleteSelect):
    """One row."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        found = self.looked_for(data, name)
        if found is None:
            return value
        is_sure = len(found) == 1
        looking = _LookingForOne(found[0].pk if is_sure else value or "")
        looking.found = found
        return looking


class ChooseSeveral(_OfRows, AutocompleteSelectMultiple):
    """Several rows."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        values = super().value_from_datadict(data, files, name)
        found = self.looked_for(data, name)
        if isinstance(values, list):
            values = [
                NO_ROW if value.isdigit() and not is_row_number(value) else value
                for value in values
            ]
        if found is None:
            return values
        looking = _LookingForSeveral(values or [])
        if len(found) == 1:
            looking.append(str(found[0].pk))
        looking.found = found
        return looking


class _RowField:
    """Refuses to be saved while its person looks for rows."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, _Looking):
            text = _("Nothing was found for these words.")
            if value.found:
                text = _("Please choose one of those found, then save.")
            raise ValidationError(text, code=LOOKING)
        return super().clean(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(data, _Looking) or super().has_changed(initial, data)


class RowField(_RowField, ModelChoiceField):
    """One row."""


class RowsField(_RowField, ModelMultipleChoiceField):
    """Several rows."""


def words_of(name: str) -> str:
    """The name of the search beside a field."""
    return f"{name}-words"

"""What stands in a form for those who only read it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from herne_bildung.city.admin.rows import without_fields

InWords = Callable[[Any], str]


def names_of(choices: Any) -> InWords:
    """Codes of a closed list in words."""

    def in_words(codes: Iterable[str]) -> str:
        return ", ".join(str(choices(code).label) for code in codes)

    return in_words


class InWordsForReaders:
    """Advisers and translators read words, where the form has boxes to tick.

    `in_words` names those fields, each with what says its value and with its label;
    fields in `written_only` are for whoever changes something.
    """

    in_words: ClassVar[Mapping[str, tuple[InWords, Any]]] = {}
    written_only: ClassVar[set[str]] = set()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, (in_words, label) in cls.in_words.items():
            setattr(cls, f"{name}_read", _display_of(name, in_words, label))

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self._writes(request.user, obj) and self.has_change_permission(request, obj):
            return fieldsets
        return [
            (title, {**options, "fields": list(map(self._as_read, options["fields"]))})
            for title, options in without_fields(fieldsets, self.written_only)
        ]

    def _as_read(self, name: Any) -> Any:
        """The name of a field, or of several in a line, as it is read."""
        if not isinstance(name, str):
            return tuple(map(self._as_read, name))
        return f"{name}_read" if name in self.in_words else name


def _display_of(name: str, in_words: InWords, label: Any) -> Any:
    """A column of the form that says this field in words."""

    @admin.display(description=label)
    def read(model_admin: Any, entry: Model) -> str:
        return in_words(getattr(entry, name))

    return read

"""What stands in a form for those who only read it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from herne_bildung.city.admin.rows import without_fields


class InWordsForReaders:
    """Advisers and translators read words, where the form has boxes to tick.

    `in_words` names those fields, each with its closed list and its label; fields in
    `written_only` are for whoever changes something.
    """

    in_words: ClassVar[Mapping[str, tuple[Any, Any]]] = {}
    written_only: ClassVar[set[str]] = set()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, (choices, label) in cls.in_words.items():
            setattr(cls, f"{name}_read", _read(name, choices, label))

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self._writes(request.user, obj) and self.has_change_permission(request, obj):
            return fieldsets
        return [
            (
                title,
                {**options, "fields": list(map(self._for_readers, options["fields"]))},
            )
            for title, options in without_fields(fieldsets, self.written_only)
        ]

    def _for_readers(self, name: Any) -> Any:
        is_code = isinstance(name, str) and name in self.in_words
        return f"{name}_read" if is_code else name


def _read(name: str, choices: Any, label: Any) -> Any:
    @admin.display(description=label)
    def read(model_admin: Any, entry: Model) -> str:
        return ", ".join(str(choices(code).label) for code in getattr(entry, name))

    return read

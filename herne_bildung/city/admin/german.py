"""Forms of entries whose German text all other languages follow."""

from typing import Any, ClassVar

from django.http import HttpRequest


class GermanNeeded:
    """These German columns must be filled in; for admin classes and their tables."""

    german_needed: ClassVar[tuple[str, ...]] = ()

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        self._require(form)
        return form

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        formset = super().get_formset(request, obj, **options)
        self._require(formset.form)
        return formset

    def _require(self, form: Any) -> None:
        for name in self.german_needed:
            if name in form.base_fields:
                form.base_fields[name].required = True

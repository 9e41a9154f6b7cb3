"""What forms of the administration offer to choose from."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.forms import ModelForm
from django.http import HttpRequest

from herne_bildung.city.admin.row_fields import (
    ChooseOne,
    ChooseSeveral,
    Offered,
    RowField,
    RowsField,
)
from herne_bildung.city.long_texts import with_an_end
from herne_bildung.city.rights import sees_everything
from herne_bildung.lib.languages import DEFAULT_LANGUAGE


def leave_out_unless_chosen(form: ModelForm, name: str, values: Iterable[str]) -> None:
    """Offer these choices of a field only to an entry that has them already: states
    that only the engine of care sets, with its event and its mails.
    """
    if name not in form.fields:
        return
    left_out = set(values) - {getattr(form.instance, name)}
    field = form.fields[name]
    field.choices = [one for one in field.choices if one[0] not in left_out]


class OwnChoices:
    """Choices of related entries cut down to what the person reaches."""

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        """The German column of a text that may not be empty must be filled in; long
        texts have an end.
        """
        options = with_an_end(db_field, options)
        found = super().formfield_for_dbfield(db_field, request, **options)
        original = getattr(db_field, "translated_field", None)
        if found and original is not None and db_field.language == DEFAULT_LANGUAGE:
            found.required = not original.blank
        return found

    def formfield_for_foreignkey(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        options = self._looked_up(ChooseOne, RowField, db_field, request, options)
        found = super().formfield_for_foreignkey(
            db_field, request, **self._own(db_field, request, options)
        )
        owner = getattr(self, "owner_path", None)
        if found and owner == db_field.name and not sees_everything(request.user):
            found.required = True
        return found

    def formfield_for_manytomany(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        options = self._looked_up(ChooseSeveral, RowsField, db_field, request, options)
        return super().formfield_for_manytomany(
            db_field, request, **self._own(db_field, request, options)
        )

    def _looked_up(
        self,
        widget: type[ChooseOne | ChooseSeveral],
        form_class: type[RowField | RowsField],
        db_field: Field,
        request: HttpRequest,
        options: dict[str, Any],
    ) -> dict[str, Any]:
        """The options with this widget, if the field is searched while one types."""
        if db_field.name not in self.get_autocomplete_fields(request):
            return options
        made = widget(db_field, self.admin_site, using=options.get("using"))
        related = self.admin_site.get_model_admin(db_field.remote_field.model)
        made.offered = Offered(related, request)
        return {"widget": made, "form_class": form_class} | options

    def _own(
        self, db_field: Field, request: HttpRequest, options: dict[str, Any]
    ) -> dict[str, Any]:
        """The options with a queryset of what may be chosen. What is chosen already
        stays possible, else saving would drop it.
        """
        model = db_field.remote_field.model
        related = self.admin_site._registry.get(model)
        is_limited = getattr(related, "owner_path", None) is not None
        if not is_limited or sees_everything(request.user):
            return options
        entries = options.get("queryset", model._default_manager.all())
        own = related.own_rows(entries, request.user)
        chosen = self._chosen(db_field, request)
        return options | {
            "queryset": entries.filter(
                pk__in=[*own.values_list("pk", flat=True), *chosen]
            )
        }

    def _chosen(self, db_field: Field, request: HttpRequest) -> list[int]:
        match = request.resolver_match
        object_id = match.kwargs.get("object_id") if match else None
        if object_id is None or not isinstance(self, admin.ModelAdmin):
            return []
        entry = self.get_object(request, object_id)
        if entry is None:
            return []
        if db_field.many_to_many:
            return list(getattr(entry, db_field.name).values_list("pk", flat=True))
        return [getattr(entry, db_field.attname)]

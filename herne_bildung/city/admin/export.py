"""Lists of the administration as a file: what the list shows, to whom it shows it.

`ExportMixin` adds two links above a list. Rows are those of the list with its search
and filters; columns those of the list, or those of a table that an app gave the model
(`give_table`). Samples never leave the house.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from herne_bildung.city import audit
from herne_bildung.lib import clock
from herne_bildung.lib.file_names import file_name
from herne_bildung.lib.tables import csv_lines, write_xlsx

CSV, XLSX = "csv", "xlsx"
MEDIA_TYPE = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PORTION = 500
# How an entry says of itself that it is a sample, a login that it is for showing.
SAMPLES = ("is_sample", "is_demo")


@dataclass(frozen=True)
class ExportTable:
    """How entries of a model become rows. Both are asked with the person, who may not
    see every column.
    """

    header: Callable[[Any], Sequence[str]]
    rows: Callable[[QuerySet, Any], Iterator[Sequence[Any]]]


_tables: dict[type[Model], ExportTable] = {}


def give_table(model: type[Model], table: ExportTable) -> None:
    """Entries of this model go out as this table instead of the columns of the list."""
    _tables[model] = table


class ExportMixin:
    """Part of every list that is cut down to what a person reaches."""

    change_list_template = "admin/export/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [
            path("tabelle.<slug:form>", view, name=f"{self._list_name()}_export"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The links keep the filters of the list, and say what is left out."""
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        exports = [
            (form.upper(), f"{self._export_path(form)}{query}") for form in MEDIA_TYPE
        ]
        context = {
            **(extra_context or {}),
            "exports": exports,
            "leaves_out_samples": bool(self._samples()),
        }
        return super().changelist_view(request, context)

    def export_view(self, request: HttpRequest, form: str) -> HttpResponse:
        """The list as a file. A filter that Django does not know leads to the list."""
        if form not in MEDIA_TYPE or request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=404 if form not in MEDIA_TYPE else 405)
        if not self.has_view_permission(request):
            raise PermissionDenied
        to_list = reverse(f"admin:{self._list_name()}_changelist")
        try:
            shown = self.get_changelist_instance(request)
            entries = self._without_samples(shown.queryset)
            number = entries.order_by().count()
        except (IncorrectLookupParameters, DataError):
            return redirect(f"{to_list}?{ERROR_FLAG}=1")
        if number > settings.EXPORT_MOST_ROWS:
            text = _("At most %(most)s rows go into one file. Please filter the list.")
            text = text % {"most": settings.EXPORT_MOST_ROWS}
            self.message_user(request, text, messages.WARNING)
            return redirect(f"{to_list}?{request.GET.urlencode()}")
        if request.method == "HEAD":
            return HttpResponse(content_type=MEDIA_TYPE[form])
        audit.record(
            audit.Action.EXPORTED,
            by=request.user,
            about=str(self.opts.verbose_name_plural),
            model=self.opts.label_lower,
            rows=number,
            form=form,
            filters=sorted(request.GET),
        )
        return self._file(form, request, entries)

    def _file(self, form: str, request: HttpRequest, entries: QuerySet) -> HttpResponse:
        table = _tables.get(self.model) or self._list_table(request)
        header = table.header(request.user)
        rows = table.rows(entries, request.user)
        name = file_name(self.opts.verbose_name_plural, clock.today(), form)
        if form == CSV:
            response = StreamingHttpResponse(csv_lines(header, rows))
            response["Content-Disposition"] = f'attachment; filename="{name}"'
        else:
            # Closed together with the answer.
            file = tempfile.TemporaryFile()  # noqa: SIM115
            title = str(self.opts.verbose_name_plural)
            write_xlsx(file, header, rows, title=title)
            file.seek(0)
            response = FileResponse(file, as_attachment=True, filename=name)
        response["Content-Type"] = MEDIA_TYPE[form]
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _list_table(self, request: HttpRequest) -> ExportTable:
        """The columns of the list."""
        columns = [
            name for name in self.get_list_display(request) if name != "action_checkbox"
        ]
        return ExportTable(
            lambda user: [
                capfirst(str(label_for_field(name, self.model, self)))
                for name in columns
            ],
            lambda entries, user: (
                [self._shown(name, entry) for name in columns]
                for entry in in_portions(entries)
            ),
        )

    def _shown(self, name: str, entry: Model) -> Any:
        field, _attribute, value = lookup_field(name, entry, self)
        if field is not None and getattr(field, "flatchoices", None):
            return str(dict(field.flatchoices).get(value, value or ""))
        if isinstance(value, Model):
            return str(value)
        if value is None or isinstance(value, bool | int | float):
            return value
        if hasattr(value, "isoformat"):
            return value
        return " ".join(strip_tags(str(value)).split())

    def _without_samples(self, entries: QuerySet) -> QuerySet:
        """Neither samples nor, where entries do not say it themselves, what is about
        a sample.
        """
        for lookup in self._samples():
            entries = entries.exclude(**{lookup: True})
        return entries

    def _samples(self) -> list[str]:
        return _own_samples(self.model) or _samples_it_is_about(self.model)

    def _list_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _export_path(self, form: str) -> str:
        return reverse(f"admin:{self._list_name()}_export", args=[form])


def _own_samples(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.fields if field.name in SAMPLES]


def _samples_it_is_about(model: type[Model]) -> list[str]:
    return [
        f"{field.name}__{name}"
        for field in model._meta.fields
        if field.many_to_one or field.one_to_one
        for name in _own_samples(field.related_model)
    ]


def in_portions(entries: QuerySet) -> Iterator[Model]:
    """One after the other, a portion at a time in memory."""
    return entries.iterator(chunk_size=PORTION)


def portions(items: Iterable[Any], size: int = PORTION) -> Iterator[list[Any]]:
    """Lists of so many."""
    portion: list[Any] = []
    for item in items:
        portion.append(item)
        if len(portion) == size:
            yield portion
            portion = []
    if portion:
        yield portion

"""The page of an offer's form: what it begins with, and looking before saving."""

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import URLPattern, path

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.admin.row_fields import FIND
from herne_bildung.city.admin.rows import without_fields
from herne_bildung.city.rights import sees_everything
from herne_bildung.lib.row_keys import row_key
from offerings.admin.defaults import (
    defaults_of,
    filled_in,
    may_offer_for_several,
    organisation_of,
    organisations_to_choose,
)
from offerings.admin.family_centres import is_of_family_centre
from offerings.admin.fields import TopicField
from offerings.admin.inlines import MOST_ROWS, ScheduleInline
from offerings.admin.layout import NOT_YET, PLACES_STILL, QUALITY_AREAS
from offerings.admin.schedule_form import form_values
from offerings.copies import keep_translation_states, rows_of_copy, values_of_copy
from offerings.models import CostOption, Offering, Schedule

# Buttons that show the form again without saving anything.
LOOK, MORE, FILL = "_look", "_more", "_fill"
SHOWN_ONLY = {LOOK, MORE, FILL, FIND}
COPIED = {Schedule: "schedules", CostOption: "cost_options"}
SENT_DAYS = ("starts_on", "ends_on", "paused_from", "paused_until")


class FormPage(OwnEntriesAdmin):
    """Adds to an admin class of offers what its form needs besides saving."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "termine/",
                self.admin_site.admin_view(self.dates_view),
                name="offerings_offering_dates",
            ),
            *super().get_urls(),
        ]

    def is_own(self, entry: Offering, user: Any) -> bool:
        """Asked dozens of times while a form is made; told once a request."""
        known = user.__dict__.setdefault("_own_offerings", {})
        if entry.pk not in known:
            known[entry.pk] = super().is_own(entry, user)
        return known[entry.pk]

    def dates_view(self, request: HttpRequest) -> HttpResponse:
        """The next dates of the schedules that were sent, what they are in words, and
        what written words mean as fields. Of the offer in the address only its changed
        dates are read; nothing is stored.
        """
        if request.method != "POST":
            raise Http404
        if not (
            self.has_add_permission(request) or self.has_change_permission(request)
        ):
            raise PermissionDenied
        formset = _sent_schedules(self, request)
        return JsonResponse(
            {
                "dates": formset.next_dates,
                "schedules": [
                    {
                        "prefix": form.prefix,
                        "words": form.in_words,
                        "refused": form.words_refused,
                        "values": form_values(form.rule) if form.rule else None,
                    }
                    for form in formset.forms
                ],
            }
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        request.is_only_shown = False
        if request.method == "POST":
            _read_buttons(request)
        is_new = object_id is None
        more = {
            "is_only_shown": request.is_only_shown,
            "may_add": self.has_add_permission(request),
            "may_be_filled": is_new and may_offer_for_several(request),
            "organisations_to_choose": organisations_to_choose(request)
            if is_new and not request.GET
            else [],
            **(extra_context or {}),
        }
        return super().changeform_view(request, object_id, form_url, more)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        source = self.source_of_copy(request)
        if source is not None:
            request.copied_rows = {
                model: rows_of_copy(source, relation)
                for model, relation in COPIED.items()
            }
            return values_of_copy(source)
        organisation = organisation_of(request)
        return defaults_of(organisation) if organisation else {}

    def source_of_copy(self, request: HttpRequest) -> Offering | None:
        """The offer that the address wants a copy of; only what the person reaches."""
        if "copy_of" not in request.GET:
            return None
        source = (
            self.get_queryset(request)
            .filter(pk=row_key(request.GET["copy_of"]))
            .first()
        )
        if source is None or not self.has_change_permission(request, source):
            raise Http404
        return source

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Offering, inline: Any, prefix: str
    ) -> dict[str, Any]:
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method != "POST" and hasattr(request, "copied_rows"):
            options["initial"] = request.copied_rows.get(inline.model, [])
        return options

    def get_fieldsets(self, request: HttpRequest, obj: Offering | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        left_out = set() if obj else set(NOT_YET)
        if obj and not obj.places_left:
            left_out.add(PLACES_STILL)
        if not is_of_family_centre(request, obj):
            left_out.add(QUALITY_AREAS)
        return without_fields(fieldsets, left_out)

    def get_form(
        self, request: HttpRequest, obj: Offering | None = None, **options: Any
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, **options)
        # Django keeps fields that the form class declares, shown or not.
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        for name in set(form.base_fields).difference(shown):
            del form.base_fields[name]
        form.is_only_shown = getattr(request, "is_only_shown", False)
        form.is_of_staff = sees_everything(request.user)
        return form

    def formfield_for_manytomany(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "topics":
            options["form_class"] = TopicField
            return db_field.formfield(**options)
        return super().formfield_for_manytomany(db_field, request, **options)

    def save_model(
        self, request: HttpRequest, obj: Offering, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        source = None if change else self.source_of_copy(request)
        if source is not None:
            keep_translation_states(obj, source)
            obj.save(update_fields=["translation_state"])


def _read_buttons(request: HttpRequest) -> None:
    """What a button does to the fields that were sent, before they are shown again."""
    request.is_only_shown = not SHOWN_ONLY.isdisjoint(request.POST)
    if FILL in request.POST:
        request.POST = filled_in(request)
    prefix = request.POST.get(MORE)
    if prefix in COPIED.values():
        request.POST = _with_row(request.POST, prefix)


def _with_row(posted: QueryDict, prefix: str) -> QueryDict:
    """What was sent and one more row, with the values a row begins with."""
    sent = posted.copy()
    row = row_key(sent.get(f"{prefix}-TOTAL_FORMS")) or 0
    if row >= MOST_ROWS:
        return sent
    [model] = [model for model, name in COPIED.items() if name == prefix]
    for field in model._meta.concrete_fields:
        if field.has_default() and not callable(field.default):
            sent.setdefault(f"{prefix}-{row}-{field.name}", str(field.default))
    sent[f"{prefix}-TOTAL_FORMS"] = str(row + 1)
    return sent


def _sent_schedules(model_admin: Any, request: HttpRequest) -> Any:
    """The schedules of the form as rows of an offer that is not stored."""
    sent: QueryDict = request.POST.copy()
    total = min(row_key(sent.get("schedules-TOTAL_FORMS")) or 0, MOST_ROWS)
    sent["schedules-TOTAL_FORMS"], sent["schedules-INITIAL_FORMS"] = str(total), "0"
    for row in range(total):
        sent.pop(f"schedules-{row}-id", None)
    inline = ScheduleInline(Offering, model_admin.admin_site)
    own = model_admin.get_queryset(request).filter(pk=row_key(request.GET.get("offer")))
    offering = Offering(pk=own.values_list("pk", flat=True).first())
    for name in SENT_DAYS:
        field = Offering._meta.get_field(name).formfield()
        try:
            setattr(offering, name, field.clean(sent.get(name, "")))
        except ValidationError:
            continue
    return inline.get_formset(request)(sent, instance=offering, prefix="schedules")

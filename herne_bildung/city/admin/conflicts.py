"""Nothing typed is lost: sessions that end, forms sent twice, two people at one entry.

`NothingLost` is for admin classes. Each form carries a signed state (`form_state`);
from it and from what the page shows now, what was sent is joined (`merging`). Where
both changed the same, the person chooses, field by field.
"""

import hashlib
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from herne_bildung.city import form_state, typed_forms
from herne_bildung.city.admin import form_values
from herne_bildung.city.admin.choosing import (
    CHOICE,
    SEEN,
    chosen_of,
    label_of,
    mark_of,
    shown_conflict,
)
from herne_bildung.city.admin.merging import Merged, aligned, merge
from herne_bildung.city.admin.sending import as_sent
from herne_bildung.city.form_state import FormState
from herne_bildung.city.models import SentForm

# The button that shows the public page; nothing is saved then.
PREVIEW = "_preview"


class NothingLost:
    """For admin classes of content; not for forms with passwords."""

    conflict_template = "admin/conflicts/conflict.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        rest = (object_id, form_url, extra_context)
        if request.method != "POST":
            return self._open(request, *rest)
        state = form_state.read(request.POST.get(form_state.FIELD))
        name = self.opts.label_lower
        is_own = state and state.is_for(request.user.pk, name, object_id or "")
        if not is_own or PREVIEW in request.POST:
            return super().changeform_view(request, *rest)
        with transaction.atomic():
            if object_id is None:
                return self._add_once(request, state, rest)
            return self._change_joined(request, state, rest)

    def get_form(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        form = super().get_form(request, *args, **options)
        if getattr(request, "shows_typed", False):
            form.is_valid = _never
        return form

    def save_model(self, request: HttpRequest, obj: Any, *args: Any) -> None:
        super().save_model(request, obj, *args)
        request.saved_pk = obj.pk

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        may_save = (
            self.has_change_permission(request, obj)
            if change
            else self.has_add_permission(request)
        )
        if may_save:
            context |= {
                "form_state": self._state(request, context, obj),
                "typed_url": reverse("admin:typed_form"),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- opening -------------------------------------------------------------

    def _open(self, request: HttpRequest, *rest: Any) -> HttpResponse:
        object_id, form_url, extra_context = rest
        typed = None
        if request.method == "GET" and request.user.is_authenticated:
            typed = typed_forms.newest(
                request.user, self.opts.label_lower, object_id or ""
            )
        if typed is None:
            return super().changeform_view(request, *rest)
        wanted = request.GET.get("typed") == typed.form
        shows_it = typed.was_sent or wanted
        context = {**(extra_context or {}), "typed": typed, "shows_typed": shows_it}
        if not shows_it:
            return super().changeform_view(request, object_id, form_url, context)
        rest = (object_id, form_url, context)
        return self._show_typed(request, self._as_now(request, typed, rest), rest)

    def _as_now(self, request: HttpRequest, typed: Any, rest: tuple) -> QueryDict:
        """What was typed, with the rows there are now; who changed what is asked when
        it is saved.
        """
        data = QueryDict(typed.data)
        state = form_state.read(data.get(form_state.FIELD))
        page = self._shown_now(request, rest) if rest[0] else None
        if page is None or state is None or not state.base:
            return data
        theirs = form_values.shown_page(*page)
        mine = form_values.sent_page(*page, data)
        base, mine = aligned(state.base, mine, theirs)
        merged = merge(base, mine, theirs, {})
        merged.fields = {**theirs["fields"], **mine["fields"]}
        files = MultiValueDict()
        return as_sent(data, files, merged, page, replace(state, base=base))

    def _show_typed(
        self, request: HttpRequest, data: QueryDict, rest: tuple
    ) -> HttpResponse:
        """The form with what was typed in it, nothing saved."""
        request.shows_typed = True
        method, posted, _files = request.method, request.POST, request.FILES
        request.method, request.POST = "POST", data
        request._dont_enforce_csrf_checks = True
        try:
            return super().changeform_view(request, *rest)
        finally:
            request.method, request.POST = method, posted

    def _state(self, request: HttpRequest, context: dict[str, Any], obj: Any) -> str:
        """The state for the form that is being shown: the one that was sent with it,
        or a new one with what the form shows.
        """
        posted = request.POST.get(form_state.FIELD, "")
        if form_state.read(posted) is not None:
            return posted
        form, formsets = _parts(context)
        state = FormState(
            request.user.pk,
            self.opts.label_lower,
            "" if obj is None else str(obj.pk),
            {} if form.is_bound else form_values.shown_page(form, formsets),
        )
        return form_state.written(state)

    # --- a new entry ---------------------------------------------------------

    def _add_once(
        self, request: HttpRequest, state: FormState, rest: tuple
    ) -> HttpResponse:
        """Sent twice, a form makes one entry; the second waits for the first."""
        sent = _hash(request.POST)
        row, is_first = SentForm.objects.get_or_create(
            form=state.form, defaults={"sent": sent}
        )
        if is_first:
            response = super().changeform_view(request, *rest)
            if typed_forms.was_saved(response):
                row.object_id = str(getattr(request, "saved_pk", "") or "")
                row.save()
            else:
                row.delete()
            return response
        if row.sent == sent:
            self.message_user(request, _("This was saved already."), messages.INFO)
            return redirect(self._address_of(request, row.object_id))
        text = _(
            "You saved this form once already. Saving it again makes a second entry."
        )
        self.message_user(request, text, messages.WARNING)
        data = request.POST.copy()
        data.pop(form_state.FIELD, None)
        return self._show_typed(request, data, rest)

    def _address_of(self, request: HttpRequest, object_id: str) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if object_id and self.get_object(request, object_id) is not None:
            return reverse(f"{name}_change", args=[object_id])
        return reverse(f"{name}_changelist")

    # --- a change ------------------------------------------------------------

    def _change_joined(
        self, request: HttpRequest, state: FormState, rest: tuple
    ) -> HttpResponse:
        pk = unquote(rest[0])
        entry = self.get_object(request, pk)
        if entry is None or not self.has_change_permission(request, entry):
            return super().changeform_view(request, *rest)
        # Whoever saves the same entry now waits until this is done.
        self.model._default_manager.select_for_update(no_key=True).get(pk=entry.pk)
        page = self._shown_now(request, rest)
        if page is None or not state.base:
            return super().changeform_view(request, *rest)
        form, formsets = page
        theirs = form_values.shown_page(form, formsets)
        if theirs == state.base:
            return super().changeform_view(request, *rest)
        mine = form_values.sent_page(form, formsets, request.POST)
        base, mine = aligned(state.base, mine, theirs)
        seen = mark_of(theirs)
        merged = merge(base, mine, theirs, chosen_of(request.POST, seen))
        if merged.conflicts:
            return self._ask(request, merged, page, entry, seen)
        joined = replace(state, base=theirs)
        request.POST = as_sent(request.POST, request.FILES, merged, page, joined)
        if merged.taken:
            text = _("Someone else changed this meanwhile, both is kept: %(fields)s")
            labels = ", ".join(
                dict.fromkeys(label_of(page, key) for key in merged.taken)
            )
            self.message_user(request, text % {"fields": labels}, messages.WARNING)
        return super().changeform_view(request, *rest)

    def _shown_now(
        self, request: HttpRequest, rest: tuple
    ) -> tuple[BaseForm, list[BaseFormSet]] | None:
        """Form and rows as the page would show them now; None where it shows none."""
        method, posted, _files = request.method, request.POST, request.FILES
        request.method, request.POST = "GET", QueryDict()
        try:
            response = super().changeform_view(request, *rest)
        finally:
            request.method, request.POST = method, posted
        context = getattr(response, "context_data", None) or {}
        return _parts(context) if "adminform" in context else None

    def _ask(
        self, request: HttpRequest, merged: Merged, page: Any, entry: Any, seen: str
    ) -> HttpResponse:
        """The page on which a person chooses between mine, theirs and before."""
        kept = [
            (name, value)
            for name, values in typed_forms.without_secrets(request.POST).lists()
            for value in values
            if not name.startswith(CHOICE) and name != SEEN
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Someone else changed this entry meanwhile"),
            "opts": self.opts,
            "original": entry,
            "conflicts": [shown_conflict(page, one) for one in merged.conflicts],
            "taken": dict.fromkeys(label_of(page, key) for key in merged.taken),
            "kept": kept,
            "seen_name": SEEN,
            "seen": seen,
            "is_incomplete": SEEN in request.POST,
            "has_files": bool(request.FILES),
        }
        return TemplateResponse(request, self.conflict_template, context)


def _never(form: BaseForm) -> bool:
    """Looks for errors, to show them, but nothing is saved."""
    form.full_clean()
    return False


def _parts(context: dict[str, Any]) -> tuple[BaseForm, list[BaseFormSet]]:
    formsets = [one.formset for one in context["inline_admin_formsets"]]
    return context["adminform"].form, formsets


def _hash(data: QueryDict) -> str:
    left_out = {"csrfmiddlewaretoken", form_state.FIELD}
    pairs = sorted((key, data.getlist(key)) for key in data if key not in left_out)
    return hashlib.blake2b(repr(pairs).encode(), digest_size=16).hexdigest()

"""Forms whose changes wait where the person may not publish, and their history.

An admin class opts in with `VersionedAdmin` before `OwnEntriesAdmin`'s other mixins;
its model is declared in the app's module `versioned`.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from herne_bildung.city.admin.base import OwnEntriesAdmin
from herne_bildung.city.admin.history import HistoryPages
from herne_bildung.city.models import EntryVersion, WaitingVersion
from herne_bildung.city.rights import publishes
from herne_bildung.city.versions import history, snapshots, waiting
from herne_bildung.city.versions.declared import Versioned, declared_for
from herne_bildung.city.versions.snapshots import Snapshot

# In the address of the form that edits what waits, for who could change the entry.
WAITING = "wartend"
# The mark of what the form was made from.
SEEN = "_seen_waiting"
MOST_ROWS = 1000


class _RollBack(Exception):
    """Leaves a savepoint without a trace of what was done in it."""


@dataclass
class Visit:
    """What one request to a form is about."""

    declared: Versioned
    entry: Model | None = None
    owners: list[int | None] = field(default_factory=list)
    was_public: bool = False
    open: WaitingVersion | None = None
    # The form shows and writes the change that waits, not the entry.
    is_waiting_edited: bool = False
    is_stale: bool = False
    asks_to_publish: bool = False
    wanted: Snapshot | None = None
    is_saved: bool = False
    seen: str = ""


class VersionedAdmin(HistoryPages, OwnEntriesAdmin):
    """Every saving is a version. What someone may not publish is saved in a savepoint,
    read as a snapshot, undone, and waits.
    """

    @cached_property
    def declared(self) -> Versioned:
        return declared_for(self.model)

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        view = self.admin_site.admin_view(self.withdraw_view)
        return [
            path("<path:object_id>/zurueckziehen/", view, name=name),
            *self.history_urls(),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with transaction.atomic():
            visit = self._visit(request, object_id)
            more = {**(extra_context or {}), "visit": visit}
            arguments = (request, object_id, form_url, more)
            if request.method == "POST":
                return self._save(visit, *arguments)
            if visit.is_waiting_edited:
                return self._show(visit, *arguments)
        return super().changeform_view(*arguments)

    def _visit(self, request: HttpRequest, object_id: str | None) -> Visit:
        visit = request.visit = Visit(self.declared)
        entry = self.get_object(request, unquote(object_id)) if object_id else None
        if entry is None or not self.has_view_or_change_permission(request, entry):
            return visit
        is_sent = request.method == "POST"
        if is_sent:
            history.lock(self.declared, [entry.pk])
            entry.refresh_from_db()
        visit.entry = entry
        visit.owners = list(self.declared.owners(entry))
        visit.was_public = self.declared.is_public(entry)
        visit.open = waiting.open_version(entry, with_lock=is_sent)
        visit.seen = waiting.mark_of(visit.open, self._said_now(visit))
        is_change = visit.open is not None and not visit.open.is_publication
        may_save = self._may_save(request, visit, entry, visit.owners)
        may_change = self.has_change_permission(request, entry)
        is_meant = not may_save or (WAITING in request.GET and may_change)
        visit.is_waiting_edited = is_change and may_change and is_meant
        visit.is_stale = is_sent and request.POST.get(SEEN, visit.seen) != visit.seen
        return visit

    def _said_now(self, visit: Visit) -> Snapshot | None:
        return snapshots.take(visit.entry) if visit.open else None

    def _may_save(
        self, request: HttpRequest, visit: Visit, entry: Model, owners: list[int | None]
    ) -> bool:
        return waiting.may_save(
            request.user,
            self.declared,
            [*visit.owners, *owners],
            was_public=visit.was_public,
            is_public=self.declared.is_public(entry),
        )

    def _show(self, visit: Visit, *arguments: Any) -> HttpResponse:
        """The form with the values that wait: they are written, shown and undone."""
        try:
            with transaction.atomic():
                snapshots.apply(visit.entry, waiting.proposed(visit.open))
                response = super().changeform_view(*arguments)
                if hasattr(response, "render"):
                    response.render()
                raise _RollBack
        except _RollBack:
            return response

    def _save(
        self, visit: Visit, request: HttpRequest, *arguments: Any
    ) -> HttpResponse:
        if visit.entry is not None and self.has_change_permission(request, visit.entry):
            history.begin([visit.entry])
        try:
            with transaction.atomic():
                self._prepare(visit, request)
                response = super().changeform_view(request, *arguments)
                if visit.wanted is not None or not visit.is_saved:
                    raise _RollBack
        except _RollBack:
            if visit.wanted is None:
                return response
            return self._let_wait(visit, request)
        return response

    def _prepare(self, visit: Visit, request: HttpRequest) -> None:
        """Bring the entry, and the numbers of its rows, in line with what the form
        showed; all of it is undone where the change waits.
        """
        if not visit.is_waiting_edited:
            return
        snapshots.apply(visit.entry, waiting.proposed(visit.open))
        data = request.POST.copy()
        for inline in self.get_inline_instances(request, visit.entry):
            if inline.has_change_permission(request, visit.entry):
                formset = inline.get_formset(request, visit.entry)
                self._renumber(data, formset, visit.entry)
        request.POST = data

    def _renumber(self, data: QueryDict, formset: Any, entry: Model) -> None:
        """Rows that the form showed and that exist in that moment only have other
        numbers now: the same ones in the same order, else all are new.
        """
        prefix, key = formset.get_default_prefix(), formset.model._meta.pk.name
        raw = [data.get(f"{prefix}-{name}_FORMS", "") for name in ("TOTAL", "INITIAL")]
        if not all(one.isascii() and one.isdigit() and len(one) < 5 for one in raw):
            return
        total, initial = (min(int(one), MOST_ROWS) for one in raw)
        rows = list(formset(instance=entry).get_queryset())
        known = {str(row.pk) for row in rows}
        sent = [data.get(f"{prefix}-{number}-{key}", "") for number in range(initial)]
        if set(sent) <= known and initial == len(rows):
            return
        if initial == len(rows):
            for number, row in enumerate(rows):
                data[f"{prefix}-{number}-{key}"] = str(row.pk)
            return
        for row in rows:
            row.delete()
        data[f"{prefix}-INITIAL_FORMS"] = "0"
        for number in range(total):
            data[f"{prefix}-{number}-{key}"] = ""

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, **options: Any
    ) -> type[ModelForm]:
        """With a sentence where somebody else was quicker."""
        form = super().get_form(request, obj, **options)
        visit = getattr(request, "visit", None)
        if visit is None or not visit.is_stale:
            return form

        class Late(form):
            def clean(self) -> Any:
                self.add_error(None, changed_text())
                return super().clean()

        return Late

    def save_form(self, request: HttpRequest, form: ModelForm, change: bool) -> Model:
        """A draft that someone who may not publish wants on the site stays one."""
        entry, visit = super().save_form(request, form, change), request.visit
        declared = self.declared
        if not declared.state or visit.was_public or not declared.is_public(entry):
            return entry
        owners = [*visit.owners, *declared.owners(entry)]
        if not all(publishes(request.user, owner) for owner in set(owners) or {None}):
            before = form.initial.get(declared.state)
            state = before if before in declared.drafts else declared.drafts[0]
            setattr(entry, declared.state, state)
            visit.asks_to_publish = True
        return entry

    def response_add(
        self, request: HttpRequest, obj: Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._after_saving(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        visit = request.visit
        self._after_saving(request, obj)
        if visit.wanted is not None:
            # Undone at once; nobody gets this answer.
            return HttpResponse()
        return super().response_change(request, obj)

    def _after_saving(self, request: HttpRequest, obj: Model) -> None:
        visit, declared = request.visit, self.declared
        visit.is_saved = True
        stored = declared.model._base_manager.get(pk=obj.pk)
        if visit.entry is not None:
            owners = list(declared.owners(stored))
            may_save = self._may_save(request, visit, stored, owners)
            if visit.is_waiting_edited and declared.is_public(stored) or not may_save:
                visit.wanted = snapshots.take(stored)
                return
        comment = request.POST.get("reason", "").replace("\0", "").strip()
        history.note(
            stored, by=request.user, how=EntryVersion.How.LOGIN, comment=comment
        )
        if visit.asks_to_publish:
            waiting.ask_to_publish(stored, by=request.user)
            self.message_user(request, sent_text(), messages.SUCCESS)
        elif visit.open and not declared.is_public(stored):
            self._keep_asking(request, visit, stored)

    def _keep_asking(self, request: HttpRequest, visit: Visit, stored: Model) -> None:
        """A change of what is off the site now is of no use any more."""
        if not visit.open.is_publication:
            waiting.withdraw(stored, by=request.user)

    def _let_wait(self, visit: Visit, request: HttpRequest) -> HttpResponse:
        entry = self.declared.model._base_manager.get(pk=visit.entry.pk)
        kept = waiting.store(entry, visit.wanted, by=request.user)
        if kept is None:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
        else:
            self.message_user(request, sent_text(), messages.SUCCESS)
        if "_continue" in request.POST:
            return redirect(request.get_full_path())
        return self.response_post_save_change(request, entry)

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Its author does not want the change any more."""
        entry = self.get_object(request, unquote(object_id))
        if entry is None or not self.has_change_permission(request, entry):
            raise PermissionDenied
        if request.method == "POST" and waiting.withdraw(entry, by=request.user):
            text = _("Your change is withdrawn. The site stays as it is.")
            self.message_user(request, text, messages.SUCCESS)
        return redirect(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", entry.pk
        )

    def split_by_right(
        self, request: HttpRequest, entries: QuerySet
    ) -> tuple[list[Model], list[Model]]:
        """Drafts that the person may put on the site, and those it may only ask for."""
        may, asks = [], []
        for entry in entries:
            owners = set(self.declared.owners(entry)) or {None}
            at_once = self.declared.is_public(entry) or all(
                publishes(request.user, owner) for owner in owners
            )
            (may if at_once else asks).append(entry)
        return may, asks


def sent_text() -> str:
    return _(
        "Thank you. Your change waits until the Bildungsbüro has read it; until then "
        "the site stays as it is. You get a mail then."
    )


def changed_text() -> str:
    return _(
        "Somebody else has changed this entry meanwhile. Please compare with the "
        "present state, then save again."
    )

"""Forms whose changes wait where the person may not publish, and their history.

An admin class opts in with `VersionedAdmin` before `OwnEntriesAdmin`'s other mixins;
its model is declared in the app's module `versioned`.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from herne_bildung.city.admin.base import OwnEntriesAdmin
from herne_bildung.city.admin.conflicts import PREVIEW
from herne_bildung.city.admin.history import HistoryPages
from herne_bildung.city.admin.visits import Visit
from herne_bildung.city.models import EntryVersion, WaitingVersion
from herne_bildung.city.rights import approves, publishes, sees_everything
from herne_bildung.city.versions import at_once, history, snapshots, waiting
from herne_bildung.city.versions.declared import Versioned, declared_for
from herne_bildung.city.versions.differences import label_of
from herne_bildung.city.versions.snapshots import Snapshot
from herne_bildung.lib.listing import listed

# In the address of the form that edits what waits, for who could change the entry.
WAITING = "wartend"
# Numbers of rows of changes that wait; no row of an entry has such a one.
FIRST_ROW = 10**15
MOST_ROWS = 1000


class _RollBack(Exception):
    """Leaves a savepoint without a trace of what was done in it."""


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
        if visit.open and visit.open.state == WaitingVersion.State.WAITING:
            visit.approval_path = approval_path(request.user, visit.open)
        if visit.open:
            visit.may_withdraw = waiting.may_withdraw(visit.open, request.user)
        is_change = visit.open is not None and not visit.open.is_publication
        may_save = self._may_save(request, visit, entry, visit.owners)
        may_change = self.has_change_permission(request, entry)
        is_meant = not may_save or (WAITING in request.GET and may_change)
        visit.is_waiting_edited = is_change and may_change and is_meant
        return visit

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
                self._apply(visit)
                response = super().changeform_view(*arguments)
                _render(response)
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
                if visit.is_waiting_edited:
                    self._apply(visit)
                response = super().changeform_view(request, *arguments)
                if visit.is_waiting_edited and not visit.is_saved:
                    _render(response)
                    raise _RollBack
                if visit.wanted is not None:
                    raise _RollBack
        except _RollBack:
            if visit.wanted is None:
                return response
            return self._let_wait(visit, request)
        return response

    def _apply(self, visit: Visit) -> None:
        """Write what waits into the entry, to be undone: rows that exist in that
        moment only have the same numbers each time, so that what was shown fits what
        is sent.
        """
        first = FIRST_ROW + visit.open.pk * MOST_ROWS
        snapshots.apply(visit.entry, waiting.proposed(visit.open), first_row=first)

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
        if PREVIEW not in request.POST:
            self._after_saving(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        if PREVIEW in request.POST:
            return super().response_change(request, obj)
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
            if (visit.is_waiting_edited and declared.is_public(stored)) or not may_save:
                visit.wanted = snapshots.take(stored)
                return
        comment = request.POST.get("reason", "").replace("\0", "").strip()
        history.note(
            stored, by=request.user, how=EntryVersion.How.LOGIN, comment=comment
        )
        if visit.asks_to_publish:
            waiting.ask_to_publish(stored, by=request.user)
            self.message_user(request, sent_text(), messages.SUCCESS)
        elif visit.open:
            waiting.settle([stored], by=request.user)

    def _let_wait(self, visit: Visit, request: HttpRequest) -> HttpResponse:
        entry = self.declared.model._base_manager.get(pk=visit.entry.pk)
        public = at_once.write_of(entry, visit.wanted, by=request.user)
        if public:
            self._tell_public(request, entry, public)
        kept = waiting.store(entry, visit.wanted, by=request.user)
        if kept is None and not public:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
        elif kept and approves(request.user) and "_continue" not in request.POST:
            # They accept it there.
            return redirect(approval_path(request.user, kept))
        elif kept and not approves(request.user):
            self.message_user(request, sent_text(), messages.SUCCESS)
        if "_continue" in request.POST:
            return redirect(request.get_full_path())
        return self.response_post_save_change(request, entry)

    def _tell_public(self, request: HttpRequest, entry: Model, facts: Snapshot) -> None:
        """Which facts of a change do not wait; what is filled in with others is not
        said beside them.
        """
        said = [name for name in facts if name not in self.declared.filled_in] or facts
        names = listed(dict.fromkeys(label_of(self.declared, name) for name in said))
        text = _("Public at once: %(facts)s.") % {"facts": names}
        self.log_change(request, entry, text)
        self.message_user(request, text, messages.SUCCESS)

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Its author does not want the change any more."""
        entry = self.get_object(request, unquote(object_id))
        if (
            entry is None
            or not self.has_change_permission(request, entry)
            or self.translates(request.user, entry)
        ):
            raise PermissionDenied
        found = waiting.open_version(entry)
        if found and not waiting.may_withdraw(found, request.user):
            raise PermissionDenied
        if request.method == "POST" and waiting.withdraw(entry, by=request.user):
            text = _("Your change is withdrawn. The site stays as it is.")
            self.message_user(request, text, messages.SUCCESS)
        return redirect(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", entry.pk
        )

    def publishable(self, request: HttpRequest, entries: QuerySet) -> QuerySet:
        """Those that the person may put on the site; the others wait for that."""
        declared, may = self.declared, []
        asked = 0
        for entry in entries:
            was_public = declared.is_public(entry)
            owners = declared.owners(entry)
            if waiting.may_save(
                request.user, declared, owners, was_public=was_public, is_public=True
            ):
                may.append(entry.pk)
            elif was_public:
                wanted = {declared.state: declared.public}
                asked += waiting.store(entry, wanted, by=request.user) is not None
            else:
                waiting.ask_to_publish(entry, by=request.user)
                asked += 1
        if asked:
            self.message_user(request, sent_text(), messages.SUCCESS)
        return declared.model._default_manager.filter(pk__in=may)


def _render(response: HttpResponse) -> None:
    """While what it shows is there."""
    if hasattr(response, "render"):
        response.render()


def approval_path(user: Any, found: WaitingVersion) -> str:
    """The page where staff decide; empty for others."""
    if not sees_everything(user):
        return ""
    return reverse("approval", args=[found.pk])


def sent_text() -> str:
    return _(
        "Thank you. Your change waits until the Bildungsbüro has read it; until then "
        "the site stays as it is. You get a mail then."
    )

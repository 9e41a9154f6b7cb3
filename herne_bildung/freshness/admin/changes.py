"""Proposed changes: read old and new side by side, accept or refuse."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.forms import CharField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from herne_bildung.city.admin.pages import MISSING, words_of
from herne_bildung.city.rights import OFFICE
from herne_bildung.freshness.actions import changes as actions
from herne_bildung.freshness.actions.changes import Decided
from herne_bildung.freshness.admin.filters import KindOfEntryFilter
from herne_bildung.freshness.admin.to_decide import ToDecideAdmin
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import ProposedChange
from herne_bildung.freshness.proposals import compared, field_label, is_same

State = ProposedChange.State


class ReasonForm(ActionForm):
    """Actions on a list with room for a reason."""

    reason = CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


@admin.register(ProposedChange)
class ProposedChangeAdmin(ToDecideAdmin):
    """Nobody edits a proposal: staff decide."""

    rights = {OFFICE: ("view", "change")}
    change_form_template = "admin/freshness/change.html"
    action_form = ReasonForm
    actions = ["accept", "refuse"]
    list_display = ["entry", "field_name", "difference", "recipient", "state"]
    list_display_links = ["entry"]
    list_filter = ["state", KindOfEntryFilter]
    # Those that wait come first.
    ordering = ["-state", "at"]
    list_select_related = ["entry__organisation", "recipient"]
    search_fields = ["entry__title", "entry__organisation__name_de"]
    fields = readonly_fields = ["recipient", "at", "state", "decided_by", "decided_at"]

    @admin.display(description=gettext_lazy("field"))
    def field_name(self, change: ProposedChange) -> str:
        return field_label(kind_of(change.entry), change.field)

    @admin.display(description=gettext_lazy("so far and new"))
    def difference(self, change: ProposedChange) -> str:
        if not hasattr(change, "compared"):
            change.compared = compared([change])[change.pk]
        context = {"one": change.compared}
        return render_to_string("admin/freshness/difference.html", context)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With what the portal says now, read for the whole page at once."""
        changelist = super().get_changelist_instance(request)
        found = compared(changelist.result_list)
        for change in changelist.result_list:
            change.compared = found[change.pk]
        return changelist

    @admin.action(description=gettext_lazy("Accept"), permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._tell(request, actions.accept(_waiting(queryset), by=request.user))

    @admin.action(description=gettext_lazy("Refuse (say why)"), permissions=["change"])
    def refuse(self, request: HttpRequest, queryset: QuerySet) -> None:
        if not self._refuse(request, _waiting(queryset)):
            text = _(
                "Nothing was refused: the field “Reason” beside the action is empty. "
                "Please say why, for whoever proposed it is told."
            )
            self.message_user(request, text, messages.ERROR)

    def _refuse(self, request: HttpRequest, changes: QuerySet) -> bool:
        """False without a reason."""
        if reason := words_of(request, "reason"):
            by = request.user
            self._tell(request, actions.refuse(changes, reason=reason, by=by))
        return bool(reason)

    def _tell(self, request: HttpRequest, decided: Decided) -> None:
        if number := len(decided.done):
            text = ngettext(
                "%(number)s proposal decided.", "%(number)s proposals decided.", number
            )
            self.message_user(request, text % {"number": number}, messages.SUCCESS)
        for change in decided.outdated:
            text = _("%(change)s: the portal says something else now. Please look.")
            named = {"change": _named(change)}
            self.message_user(request, text % named, messages.WARNING)
        for change, said in decided.invalid:
            self.message_user(request, f"{_named(change)}: {said}", messages.ERROR)

    def decide(self, request: HttpRequest, row: ProposedChange) -> HttpResponse:
        """What the portal says now may be replaced by someone who saw it."""
        chosen = _waiting(ProposedChange.objects.filter(pk=row.pk))
        do = request.POST.get("do")
        if request.method == "POST" and do == "accept":
            shown = compared(chosen).get(row.pk)
            saw_it = bool(shown) and is_same(shown.now, request.POST.get("now", ""))
            decided = actions.accept(chosen, by=request.user, even_if_outdated=saw_it)
            self._tell(request, decided)
        elif (
            request.method == "POST"
            and do == "refuse"
            and not self._refuse(request, chosen)
        ):
            page = reverse("admin:freshness_proposedchange_change", args=[row.pk])
            return redirect(f"{page}?{MISSING}=1#care-reason")
        row.refresh_from_db()
        if row.state == State.WAITING:
            return redirect("admin:freshness_proposedchange_change", row.pk)
        return redirect("admin:freshness_proposedchange_changelist")

    def context_of(self, row: ProposedChange) -> dict[str, Any]:
        kind = kind_of(row.entry)
        found = kind.get(row.entry.object_id)
        return {
            "one": compared([row])[row.pk],
            "is_waiting": row.state == State.WAITING and found is not None,
            "admin_path": kind.admin_path(found) if found is not None else "",
        }


def _named(change: ProposedChange) -> str:
    return f"{change.entry}: {field_label(kind_of(change.entry), change.field)}"


def _waiting(changes: QuerySet) -> QuerySet:
    return changes.filter(state=State.WAITING).select_related("entry", "recipient")

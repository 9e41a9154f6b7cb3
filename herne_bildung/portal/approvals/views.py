"""Pages for staff: what waits, one change, what was published by its own people."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.city.admin.history import full_name
from herne_bildung.city.admin.pages import (
    MISSING,
    page_for,
    show,
    staff_with,
    words_of,
)
from herne_bildung.city.admin.versions import WAITING
from herne_bildung.city.models import EntryVersion, WaitingVersion
from herne_bildung.city.own_paths import own_path
from herne_bildung.city.rights import approves, reads_notes
from herne_bildung.city.versions import history, snapshots, waiting
from herne_bildung.city.versions.declared import models_with_history
from herne_bildung.city.versions.differences import differences, label_of
from herne_bildung.lib.row_keys import row_key
from herne_bildung.portal.approvals import actions, lists
from herne_bildung.portal.approvals.emails import form_path

RIGHT = "freshness.change_proposedchange"
State = WaitingVersion.State


@page_for(staff_with(RIGHT))
def approvals(request: HttpRequest) -> HttpResponse:
    """All that waits, in one place."""
    organisation = row_key(request.GET.get("organisation"))
    return show(
        request,
        "admin/versions/approvals.html",
        _("Approvals waiting"),
        page=lists.waiting_page(request.GET.get("page"), organisation),
        organisations=lists.organisations_waiting(),
        chosen=organisation,
    )


@page_for(staff_with(RIGHT))
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """One change beside what the site says; POST decides."""
    found = get_object_or_404(WaitingVersion, pk=pk)
    if request.method == "POST":
        return _decide(request, found)
    entry = waiting.entry_of(found)
    return show(
        request,
        "admin/versions/approval.html",
        found.title,
        **_shown(request, found, entry),
    )


def _shown(request: HttpRequest, found: WaitingVersion, entry: Any) -> dict[str, Any]:
    declared = models_with_history().get(found.model)
    context: dict[str, Any] = {
        "found": found,
        "authors": [full_name(one) for one in found.authors.order_by("pk")],
        "editors": [full_name(one) for one in found.editors.order_by("pk")],
        "may_decide": approves(request.user),
        "is_missing": MISSING in request.GET,
        "back": reverse("approvals"),
    }
    if declared is None or entry is None:
        return context
    now = snapshots.take(entry)
    private = reads_notes(request.user)
    if found.is_publication:
        said = differences(declared, {}, now, with_private=private)
    else:
        change = waiting.proposed(found)
        is_open = found.state in WaitingVersion.OPEN
        said = differences(
            declared,
            found.base,
            change,
            now=now if is_open else None,
            with_private=private,
        )
    form = form_path(found.model, found.object_id)
    wanted = "" if found.is_publication else f"{WAITING}=1&"
    return context | {
        "entry": entry,
        "differences": said,
        "is_outdated": any(one.now is not None for one in said),
        "seen": waiting.mark_of(found, now),
        "is_waiting": found.state == State.WAITING,
        "edit_path": f"{form}?{wanted}return_to={request.path}",
        "page_path": declared.page_path(entry) if declared.is_public(entry) else "",
    }


def _decide(request: HttpRequest, found: WaitingVersion) -> HttpResponse:
    """The button's own value decides; without it nothing happens."""
    if not approves(request.user):
        raise PermissionDenied
    do, here = request.POST.get("do"), reverse("approval", args=[found.pk])
    try:
        if do == "accept":
            seen = words_of(request, "seen")
            accepted = actions.accept(found, seen=seen, by=request.user)
            messages.success(request, _("Accepted. The site shows it now."))
            _warn_of_gone(request, accepted)
        elif do == "return":
            if not (comment := words_of(request, "comment")):
                return redirect(f"{here}?{MISSING}=1#approval-comment")
            actions.send_back(found, comment=comment, by=request.user)
            messages.success(request, _("Returned. The author gets your comment."))
        else:
            return redirect(here)
    except waiting.NotAsSeen:
        text = _("The change or the entry is another one by now. Please look again.")
        messages.warning(request, text)
        return redirect(here)
    except waiting.AlreadyDecided:
        messages.warning(request, _("This change was decided already."))
    except ValidationError as error:
        text = _("This does not fit together any more: %(why)s")
        messages.error(request, text % {"why": " ".join(error.messages)})
        return redirect(here)
    return redirect("approvals")


def _warn_of_gone(request: HttpRequest, accepted: WaitingVersion) -> None:
    if not accepted.gone:
        return
    declared = models_with_history()[accepted.model]
    names = ", ".join(label_of(declared, name) for name in accepted.gone)
    text = _("Left out, because it is no longer there: %(facts)s")
    messages.warning(request, text % {"facts": names})


@page_for(staff_with(RIGHT))
def published(request: HttpRequest) -> HttpResponse:
    """Published by its own people, to be read afterwards; POST notes or undoes."""
    if request.method == "POST":
        return _read_or_undo(request)
    organisation = row_key(request.GET.get("organisation"))
    return show(
        request,
        "admin/versions/published.html",
        _("Published by providers, to read afterwards"),
        page=lists.unread_page(request.GET.get("page"), organisation),
        back=request.get_full_path(),
    )


def _read_or_undo(request: HttpRequest) -> HttpResponse:
    back = redirect(own_path(request.POST.get("back"), reverse("approvals_published")))
    pk, up_to = row_key(request.POST.get("first")), row_key(request.POST.get("last"))
    first = EntryVersion.objects.filter(pk=pk, is_unread=True).first()
    if first is None or up_to is None:
        messages.warning(request, _("This change was decided already."))
        return back
    if request.POST.get("do") == "read":
        history.mark_read(first.model, first.object_id, up_to)
    elif request.POST.get("do") == "undo":
        try:
            gone = actions.undo(first, up_to=up_to, by=request.user)
        except ValidationError as error:
            text = _("This version cannot be restored: %(why)s")
            messages.error(request, text % {"why": " ".join(error.messages)})
            return back
        if gone is None:
            text = _("“%(title)s” was changed meanwhile. Please look at it again.")
            messages.warning(request, text % {"title": first.title})
        else:
            messages.success(request, _undone(first))
    return back


def _undone(first: EntryVersion) -> str:
    """What became of the entry."""
    declared = models_with_history()[first.model]
    entry = declared.model._base_manager.get(pk=first.object_id)
    if declared.is_public(entry):
        return _("Undone. The site shows the former facts.")
    return _("“%(title)s” was taken off the site.") % {"title": entry}

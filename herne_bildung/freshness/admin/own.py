"""“My entries”: what someone signed in looks after, confirmed with one click."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.city.admin.pages import anyone_with, page_for, show
from herne_bildung.city.own_paths import own_path
from herne_bildung.city.rights import sees_everything
from herne_bildung.freshness.actions import entries as actions
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import Confirmation
from herne_bildung.freshness.own_entries import entries_of, with_facts
from herne_bildung.freshness.rhythm import State
from herne_bildung.freshness.states import in_state
from herne_bildung.lib import clock
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.lib.row_keys import row_key

RIGHT = "freshness.view_maintainedentry"
PER_PAGE = 25


@page_for(anyone_with(RIGHT))
def my_entries(request: HttpRequest) -> HttpResponse:
    """Own entries, the most urgent first; POST confirms one of them."""
    if request.method == "POST":
        return _confirm(request)
    rows, state = entries_of(request.user), request.GET.get("state", "")
    if state in State.values:
        rows = rows.filter(in_state(state, clock.today()))
    total = rows.count()
    number, _is_followed = page_number(request.GET.get("page"), total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    chosen = rows.select_related("organisation")
    chosen = list(chosen[paging.offset : paging.offset + PER_PAGE])
    return show(
        request,
        "admin/freshness/my_entries.html",
        _("My entries"),
        own=with_facts(chosen, request.user),
        total=total,
        pager=pager(paging, lambda page: f"?state={state}&page={page}"),
        states=[one for one in State.choices if one[0] != State.ENDED],
        chosen_state=state,
        back=request.get_full_path(),
        is_staff_of_portal=sees_everything(request.user),
    )


def _confirm(request: HttpRequest) -> HttpResponse:
    """The button's own value says which entry; without it nothing happens."""
    back = redirect(own_path(request.POST.get("back"), reverse("my_entries")))
    pk = row_key(request.POST.get("confirm"))
    if pk is None:
        return back
    row = get_object_or_404(entries_of(request.user), pk=pk)
    sync(row.kind, [row.object_id])
    row.refresh_from_db()
    try:
        actions.confirm(
            row,
            groups=list(row.groups),
            how=Confirmation.How.LOGIN,
            seen=request.POST.get("seen", ""),
            by=request.user,
        )
    except (actions.ChangedMeanwhile, ValueError):
        text = _("“%(title)s” was changed meanwhile. Please look at it again.")
        messages.warning(request, text % {"title": row.title})
    else:
        text = _("Thank you! “%(title)s” is confirmed.")
        messages.success(request, text % {"title": row.title})
    return back

"""The call list of the Bildungsbüro: take an organisation, call, note the result."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from herne_bildung.city import reference
from herne_bildung.city.admin.pages import page_for, show, staff_with, words_of
from herne_bildung.city.own_paths import own_path
from herne_bildung.freshness import call_list as calls_to_make
from herne_bildung.freshness.actions import calls as actions
from herne_bildung.freshness.actions.entries import ChangedMeanwhile
from herne_bildung.freshness.models import Call
from herne_bildung.lib import clock
from herne_bildung.lib.paging import Paging, page_number, pager

RIGHT = "freshness.change_call"
MOST_NUMBER = 2**31 - 1
# In the address of the list when a next try was too late: the first of these calls.
TOO_LATE = "zu-spaet"


@page_for(staff_with(RIGHT))
def call_list(request: HttpRequest) -> HttpResponse:
    """Whom to call, in order, with what to ask and buttons for the result."""
    wanted = _wanted(request)
    return show(
        request,
        "admin/freshness/call_list.html",
        _("Call list"),
        **_portion(request, wanted),
        reasons=Call.Reason.choices,
        districts=_districts(),
        wanted=wanted,
        is_open="open" in request.GET,
        print_query=_query(request, open=1),
        back=f"{request.path}?{_query(request)}".removesuffix("?"),
        today=clock.today(),
        last_try_on=actions.last_try_day(clock.today()),
        too_late=_number(request.GET.get(TOO_LATE, "")),
    )


def _portion(request: HttpRequest, wanted: dict[str, Any]) -> dict[str, Any]:
    """One page of the list, with its pager."""
    found = calls_to_make.open_calls(user=request.user, **wanted)
    rows = calls_to_make.organisations(found)
    total = rows.count()
    number, _is_followed = page_number(
        request.GET.get("page"), total, calls_to_make.PER_PAGE
    )
    paging = Paging(number, calls_to_make.PER_PAGE, total)
    chosen = rows[paging.offset : paging.offset + paging.per_page]
    return {
        "parties": calls_to_make.parties(found, chosen),
        "total": total,
        "pager": pager(paging, lambda page: f"?{_query(request, page=page)}"),
    }


@require_POST
@page_for(staff_with(RIGHT))
def take(request: HttpRequest) -> HttpResponse:
    """Take an organisation to call it, or give it back."""
    raw = request.POST.get("organisation", "")
    organisation = _number(raw) or None
    try:
        if request.POST.get("do") == "release":
            actions.release(organisation, by=request.user)
        elif request.POST.get("do") == "take":
            actions.claim(organisation, by=request.user)
    except actions.TakenByOther as other:
        messages.warning(request, _taken(other))
    return _back(request, f"#party-{organisation or 0}")


@require_POST
@page_for(staff_with(RIGHT))
def result(request: HttpRequest) -> HttpResponse:
    """What came of a call, for one entry or all of an organisation. Without the
    button's own value nothing happens.
    """
    ids = [pk for raw in request.POST.getlist("call") if (pk := _number(raw))]
    calls = list(
        Call.objects.filter(pk__in=ids).select_related("entry").order_by("entry")
    )
    do = request.POST.get("do")
    if do == "changed" and calls:
        return _to_change(request, calls[0])
    try:
        noted = _note_all(request, calls, do)
    except actions.TooLate:
        return _back(request, request.POST.get("anchor", ""), too_late=calls[0].pk)
    if noted:
        text = ngettext("%(number)s result noted.", "%(number)s results noted.", noted)
        messages.success(request, text % {"number": noted})
    return _back(request, request.POST.get("anchor", ""))


def _note_all(request: HttpRequest, calls: list[Call], do: str | None) -> int:
    """Write the results; what cannot be written is said. Returns how many."""
    noted = 0
    for call in calls:
        try:
            noted += _note(request, call, do)
        except actions.TakenByOther as other:
            messages.warning(request, _taken(other))
            break
        except actions.AlreadySettled as settled:
            messages.warning(request, _settled(settled.args[0]))
        except ChangedMeanwhile:
            text = _("“%(title)s” was changed meanwhile. Please look at it again.")
            messages.warning(request, text % {"title": call.entry.title})
    return noted


def _note(request: HttpRequest, call: Call, do: str | None) -> bool:
    """Write one result; False when there was nothing to write."""
    if do == "confirmed":
        seen = request.POST.get(f"seen-{call.pk}", "")
        actions.confirm(call, by=request.user, seen=seen)
        return True
    if do == "not_reached":
        tries = _number(request.POST.get(f"tries-{call.pk}", ""))
        day = _day(request.POST.get("next_try_on", ""))
        if day is None:
            messages.error(request, _("Please give a date for the next try."))
            return False
        return actions.not_reached(call, next_try_on=day, tries=tries, by=request.user)
    return False


def _to_change(request: HttpRequest, call: Call) -> HttpResponse:
    """Take it, and open the entry; saving leads back to `changed`."""
    item = calls_to_make.item_of(call)
    try:
        actions.claim(call.entry.organisation_id, by=request.user)
    except actions.TakenByOther as other:
        messages.warning(request, _taken(other))
        return _back(request)
    if item is None:
        return _back(request)
    after = reverse("call_changed", args=[call.pk])
    return redirect(f"{item.admin_path}?{urlencode({'return_to': after})}")


@page_for(staff_with(RIGHT))
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    """After correcting the entry: everything is right now."""
    call = get_object_or_404(Call.objects.select_related("entry"), pk=pk)
    if request.method == "POST" and request.POST.get("do") == "changed":
        try:
            actions.changed(call, by=request.user, seen=request.POST.get("seen", ""))
        except ChangedMeanwhile:
            messages.warning(request, _("The facts were changed meanwhile."))
            return redirect("call_changed", pk)
        except actions.AlreadySettled as settled:
            messages.warning(request, _settled(settled.args[0]))
        except actions.TakenByOther as other:
            messages.warning(request, _taken(other))
        else:
            messages.success(request, _("Changed and confirmed by telephone."))
        return redirect("call_list")
    return _one(request, call, "admin/freshness/call_changed.html", _("Changed"))


@page_for(staff_with(RIGHT))
def ended(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more before an entry is taken off the site; and undo it."""
    call = get_object_or_404(Call.objects.select_related("entry"), pk=pk)
    do = request.POST.get("do")
    if request.method == "POST" and do == "end":
        try:
            actions.end(call, by=request.user, note=words_of(request, "note"))
        except actions.AlreadySettled as settled:
            messages.warning(request, _settled(settled.args[0]))
        except actions.TakenByOther as other:
            messages.warning(request, _taken(other))
        else:
            messages.success(request, _ended_text(call))
        return redirect("call_list")
    if request.method == "POST" and do == "undo":
        actions.undo_end(call, by=request.user)
        messages.success(request, _("It is on the site and on the call list again."))
        return redirect("call_list")
    return _one(request, call, "admin/freshness/call_ended.html", _("Has ended"))


def _one(request: HttpRequest, call: Call, template: str, title: str) -> HttpResponse:
    item = calls_to_make.item_of(call)
    if item is None:
        messages.warning(request, _("This entry does not exist any more."))
        return redirect("call_list")
    is_ended = call.result == Call.Result.ENDED and call.entry.ended_at is not None
    return show(request, template, title, item=item, is_ended=is_ended)


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """The filters of the address; unknown values count for nothing."""
    reason, district = request.GET.get("reason", ""), request.GET.get("district", "")
    return {
        "reason": reason if reason in Call.Reason.values else "",
        "district": district if district in reference.districts().by_key else "",
        "is_mine": "mine" in request.GET,
        "with_later": "later" in request.GET,
    }


def _districts() -> list[tuple[str, str]]:
    known = reference.districts_in_use()
    return [(key, known.label(node)) for key, node in known.by_key.items()]


def _query(request: HttpRequest, **changed: Any) -> str:
    values = request.GET.copy()
    values.pop(TOO_LATE, None)
    for name, value in changed.items():
        values[name] = value
    return values.urlencode()


def _back(request: HttpRequest, anchor: str = "", too_late: int = 0) -> HttpResponse:
    """To the list as it was; `too_late` is the call beside whose field that is said."""
    place = own_path(request.POST.get("back"), reverse("call_list"))
    if too_late:
        place += f"{'&' if '?' in place else '?'}{TOO_LATE}={too_late}"
        anchor = f"#next-try-{too_late}"
        return redirect(place + anchor)
    return redirect(place + (anchor if anchor.startswith("#party-") else ""))


def _number(raw: str) -> int:
    """A number of a form; 0 for anything else."""
    if not raw.isascii() or not raw.isdigit() or len(raw) > 10:
        return 0
    return min(int(raw), MOST_NUMBER)


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


def _taken(other: actions.TakenByOther) -> str:
    return _("%(person)s is calling there just now.") % {"person": other}


def _settled(call: Call) -> str:
    text = _("“%(title)s” has its result already: %(result)s.")
    values = {"title": call.entry.title, "result": call.get_result_display()}
    return text % values


def _ended_text(call: Call) -> str:
    return format_html(
        '{} <a href="{}">{}</a>',
        _("“%(title)s” was taken off the site.") % {"title": call.entry.title},
        reverse("call_ended", args=[call.pk]),
        _("Undo"),
    )

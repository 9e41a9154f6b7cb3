"""The form to report a barrier. It stands on an address that no cache keeps, has no
cookie, and answers what was sent by leading to a page of thanks.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from herne_bildung.lib import form_token, rate_limit
from herne_bildung.lib.form_token import Problem
from herne_bildung.lib.http import never_kept
from herne_bildung.lib.own_origin import is_foreign
from herne_bildung.portal import actions
from herne_bildung.portal.forms import BarrierForm, own_path

FORM = "barrier"
# A whole school may stand behind one address; all together a person can still read.
LIMIT = rate_limit.Limit(FORM, by_network=40, by_all=200)


# Exempt: Django's CSRF needs a cookie, and nobody is signed in here whose rights a
# foreign page could use. The form token and the origin keep robots out instead.
@csrf_exempt
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def report_barrier(request: HttpRequest) -> HttpResponse:
    """The form; what is sent becomes a mail to the office."""
    if request.method == "POST":
        return _receive(request)
    page = own_path(request.GET.get("page", ""))
    return _page(request, BarrierForm(initial={"page": page}), form_token.make(FORM))


def _receive(request: HttpRequest) -> HttpResponse:
    if is_foreign(request):
        raise PermissionDenied
    form = BarrierForm(request.POST)
    token = request.POST.get("token", "")
    if problem := _problem(form, token):
        form.add_error(None, problem)
    if not form.is_valid():
        return _page(request, form, _token_to_go_on(token), status=422)
    if not rate_limit.is_allowed(LIMIT, request):
        form.add_error(
            None,
            gettext("Very many reports are coming in. Please try again in an hour."),
        )
        return _page(request, form, _token_to_go_on(token), status=429)
    actions.report_barrier(
        key=form_token.identity(FORM, token),
        message=form.cleaned_data["message"],
        page=form.cleaned_data["page"],
        email=form.cleaned_data["email"],
        language=request.LANGUAGE_CODE,
    )
    return redirect("barrier_reported")


def _problem(form: BarrierForm, token: str) -> str:
    """Why nothing can be sent yet, for a person to read; "" for no reason.

    What a person typed stays in the form, so sending again is all it takes.
    """
    if form.data.get("homepage"):
        return gettext("This looked as if a robot had sent it. Please send it again.")
    match form_token.problem(FORM, token):
        case None:
            return ""
        case Problem.TOO_QUICK:
            return gettext("That was very quick. Please send the form once more.")
        case Problem.TOO_OLD:
            return gettext("This page was open for a long time. Please send it again.")
        case _:
            return gettext("Please send the form once more.")


def _token_to_go_on(token: str) -> str:
    """The same token while it is good or only young, else a new one."""
    if form_token.problem(FORM, token) in {None, Problem.TOO_QUICK}:
        return token
    return form_token.make(FORM)


def _page(
    request: HttpRequest, form: BarrierForm, token: str, status: int = 200
) -> HttpResponse:
    context = {"form": form, "token": token}
    return render(request, "portal/report_barrier.html", context, status=status)


@never_kept
@require_safe
def barrier_reported(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens next."""
    return render(request, "portal/barrier_reported.html")

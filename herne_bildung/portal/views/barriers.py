"""The form to report a barrier. It stands on an address that no cache keeps, has no
cookie, and answers what was sent by leading to a page of thanks.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from herne_bildung.lib import form_token, public_form, rate_limit
from herne_bildung.lib.http import never_kept
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
    form = BarrierForm(request.POST)
    if refused := public_form.refusal(request, form, FORM, LIMIT):
        return _page(request, form, refused.token, refused.status)
    actions.report_barrier(
        key=public_form.key(request, FORM),
        message=form.cleaned_data["message"],
        page=form.cleaned_data["page"],
        email=form.cleaned_data["email"],
        language=request.LANGUAGE_CODE,
    )
    return redirect("barrier_reported")


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

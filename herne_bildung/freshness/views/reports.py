""" "Something wrong here?": the form of each public entry. It stands on an address
that no cache keeps, has no cookie, and leads to a page of thanks.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from herne_bildung.freshness.actions import reports
from herne_bildung.freshness.kinds import Kind, kinds
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.report_form import ReportForm
from herne_bildung.lib import form_token, public_form, rate_limit
from herne_bildung.lib.http import never_kept
from herne_bildung.lib.localized import Text

FORM = "report"
# A whole school may stand behind one address; all together a person can still read.
LIMIT = rate_limit.Limit(FORM, by_network=40, by_all=400)
LARGEST_ID = 2**63 - 1


# Exempt: Django's CSRF needs a cookie, and nobody is signed in here whose rights a
# foreign page could use. The form token and the origin keep robots out instead.
@csrf_exempt
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest, kind: str, entry: int) -> HttpResponse:
    """The form; what is sent becomes a report to the owner and to the office."""
    declared, found = _entry_or_404(kind, entry)
    if request.method == "POST" and not found.is_sample:
        return _receive(request, declared, found)
    return _page(request, declared, found, ReportForm(), form_token.make(FORM))


def _receive(request: HttpRequest, kind: Kind, found: Any) -> HttpResponse:
    form = ReportForm(request.POST)
    if refused := public_form.refusal(request, form, FORM, LIMIT):
        return _page(request, kind, found, form, refused.token, refused.status)
    reports.receive(
        key=public_form.key(request, FORM),
        kind=kind.name,
        object_id=found.pk,
        reason=form.cleaned_data["reason"],
        text=form.cleaned_data["text"],
        email=form.cleaned_data["email"],
        language=request.LANGUAGE_CODE,
    )
    return redirect("error_reported", kind=kind.name, entry=found.pk)


@never_kept
@require_safe
def error_reported(request: HttpRequest, kind: str, entry: int) -> HttpResponse:
    """Thanks, and what happens next."""
    declared, found = _entry_or_404(kind, entry)
    context = _context(request, declared, found)
    return render(request, "freshness/error_reported.html", context)


def _page(
    request: HttpRequest,
    kind: Kind,
    found: Any,
    form: ReportForm,
    token: str,
    status: int = 200,
) -> HttpResponse:
    context = _context(request, kind, found) | {"form": form, "token": token}
    return render(request, "freshness/report_error.html", context, status=status)


def _context(request: HttpRequest, kind: Kind, found: Any) -> dict[str, Any]:
    title: Text = kind.title(found, request.LANGUAGE_CODE)
    return {
        "title": title,
        "page_url": kind.page_path(found),
        "is_sample": found.is_sample,
    }


def _entry_or_404(kind_name: str, entry: int) -> tuple[Kind, Any]:
    """An entry that readers see or saw once; samples too, to say that they are made
    up. What was never shown is as unknown as what does not exist.
    """
    kind = kinds().get(kind_name)
    if kind is None or entry > LARGEST_ID:
        raise Http404
    found = kind.get(entry) or _sample(kind, entry)
    if found is None or not (kind.is_shown(found) or _was_shown(kind, entry)):
        raise Http404
    return kind, found


def _sample(kind: Kind, entry: int) -> Any | None:
    return kind.model.objects.filter(pk=entry, is_sample=True).first()


def _was_shown(kind: Kind, entry: int) -> bool:
    return MaintainedEntry.objects.filter(
        kind=kind.name, object_id=entry, was_shown=True
    ).exists()

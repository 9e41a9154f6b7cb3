"""The page behind a reminder: everything asked, one button each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.freshness.actions import answers
from herne_bildung.freshness.models import Digest
from herne_bildung.freshness.questions import questions_of
from herne_bildung.freshness.views.token_page import digest_page, see

SEEN = "seen-"


@digest_page
def care(request: HttpRequest, token: str, digest: Digest) -> HttpResponse:
    """GET shows, POST with the value of a button answers."""
    if request.method != "POST":
        return _page(request, token, digest)
    match request.POST.get("decision"):
        case "confirm":
            return _confirm(request, token, digest)
        case _:
            notice = _("Nothing was sent. Please choose one of the buttons.")
            return _page(request, token, digest, notice=notice, status=422)


def _confirm(request: HttpRequest, token: str, digest: Digest) -> HttpResponse:
    """One item, or all: the form names each with the mark of what was shown."""
    seen = {
        int(number): request.POST[name]
        for name in request.POST
        if (number := name.removeprefix(SEEN)).isdecimal()
        and name.startswith(SEEN)
        and len(number) < 19
    }
    result = answers.confirm_items(digest, seen)
    if result.changed:
        notice = _(
            "Something was changed while you were reading. Please look at it again."
        )
        return _page(
            request, token, digest, notice=notice, changed=result.changed, status=409
        )
    page = reverse("care", args=[token])
    return see(f"{page}#item-{next(iter(seen))}" if len(seen) == 1 else page)


def _page(
    request: HttpRequest,
    token: str,
    digest: Digest,
    *,
    notice: str = "",
    changed: list[int] | tuple = (),
    status: int = 200,
) -> HttpResponse:
    questions = questions_of(digest, request.LANGUAGE_CODE)
    still_open = [one for one in questions if one.is_open]
    context = {
        "token": token,
        "digest": digest,
        "questions": questions,
        "still_open": still_open,
        "answered": len(questions) - len(still_open),
        "notice": notice,
        "changed": changed,
    }
    return render(request, "freshness/confirm.html", context, status=status)

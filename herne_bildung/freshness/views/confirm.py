"""The page behind a reminder: everything asked, one button each."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.freshness.actions import answers
from herne_bildung.freshness.actions.handing_on import AskedOther
from herne_bildung.freshness.emails.mail import office_address
from herne_bildung.freshness.models import Digest
from herne_bildung.freshness.questions import Question, questions_of
from herne_bildung.freshness.views.token_page import digest_page, see
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words

SEEN = "seen-"
LONGEST_NUMBER = 18


@digest_page
def care(request: HttpRequest, token: str, digest: Digest) -> HttpResponse:
    """GET shows, POST with the value of a button answers."""
    if request.method != "POST":
        return _page(request, token, digest)
    match request.POST.get("decision"):
        case "confirm":
            return _confirm(request, token, digest)
        case "undo":
            return _undo(request, token, digest)
    notice = _("Nothing was sent. Please choose one of the buttons.")
    return _page(request, token, digest, notice=notice, status=422)


def _confirm(request: HttpRequest, token: str, digest: Digest) -> HttpResponse:
    """One item, or all: the form names each with the mark of what was shown."""
    seen = {
        int(number): request.POST[name]
        for name in request.POST
        if name.startswith(SEEN) and (number := _number(name.removeprefix(SEEN)))
    }
    if not _are_of(digest, seen):
        return _foreign(request, token, digest)
    result = answers.confirm_items(digest, seen)
    if result.changed:
        notice = _(
            "Something was changed while you were reading. Please look at it again."
        )
        return _page(
            request, token, digest, notice=notice, changed=result.changed, status=409
        )
    return _back(token, next(iter(seen)) if len(seen) == 1 else None)


def _undo(request: HttpRequest, token: str, digest: Digest) -> HttpResponse:
    item = int(_number(request.POST.get("item", "")) or 0)
    if not _are_of(digest, [item]):
        return _foreign(request, token, digest)
    try:
        answers.undo(digest, item)
    except AskedOther:
        notice = _("Somebody else has been asked by now. Please write to us instead.")
        return _page(request, token, digest, notice=notice, status=409)
    return _back(token, item)


def _are_of(digest: Digest, items: Collection[int]) -> bool:
    """Whether these are questions of this digest."""
    return digest.items.filter(pk__in=items).count() == len(items)


def _foreign(request: HttpRequest, token: str, digest: Digest) -> HttpResponse:
    notice = _("Nothing was changed: this question is none of this link.")
    return _page(request, token, digest, notice=notice, status=422)


def _number(text: str) -> str:
    """The text, when it can be the number of a row; else ""."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return text if is_number else ""


def _back(token: str, item: int | None) -> HttpResponse:
    page = reverse("care", args=[token])
    return see(f"{page}#item-{item}" if item else f"{page}#content")


def _latest_answer_first(questions: list[Question]) -> list[Question]:
    """Whoever comes back from an answer lands on it (#item-…) and has the next open
    question below, not the end of a long page.
    """
    given = [one for one in questions if not one.is_open and one.item.decided_at]
    if not given:
        return questions
    latest = max(given, key=lambda one: one.item.decided_at)
    return [latest, *(one for one in questions if one is not latest)]


def _page(
    request: HttpRequest,
    token: str,
    digest: Digest,
    *,
    notice: str = "",
    changed: list[int] | tuple = (),
    status: int = 200,
) -> HttpResponse:
    questions = _latest_answer_first(questions_of(digest, request.LANGUAGE_CODE))
    still_open = [one for one in questions if one.is_open]
    last_day = digest.expires_at.astimezone(clock.BERLIN).date()
    context = {
        "token": token,
        "valid_until": day_in_words(last_day, request.LANGUAGE_CODE),
        "office": office_address(),
        "questions": questions,
        "still_open": still_open,
        "answered": len(questions) - len(still_open),
        "notice": notice,
        "changed": changed,
    }
    return render(request, "freshness/confirm.html", context, status=status)

"""The form of a poster, opened by a phone at the table. It stands on an address that
no cache keeps, has no cookie, and answers what was sent by leading to a page of thanks.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from goals.conferences import actions, page
from goals.conferences.forms import NoteForm
from goals.models import Conference, Goal
from herne_bildung.lib import form_token, public_form, rate_limit
from herne_bildung.lib.http import never_kept

# A hall of three hundred people behind one address, each of whom writes five notes
# within ten minutes; nobody could read more.
LIMIT = rate_limit.Limit("note", by_network=1500, by_all=3000, seconds=600)


def form_name(conference: Conference, goal: Goal) -> str:
    """A token is good for one poster."""
    return f"note-{conference.pk}-{goal.pk}"


# Exempt: Django's CSRF needs a cookie, and nobody is signed in here whose rights a
# foreign page could use. The form token and the origin keep robots out instead.
@csrf_exempt
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def write_note(request: HttpRequest, slug: str, goal: str) -> HttpResponse:
    """The form; what is sent waits for somebody to read it."""
    conference = page.published_or_404(slug)
    found = page.goal_or_404(conference, goal)
    if not conference.is_poster_open:
        return _closed(request, conference, found)
    if request.method == "POST":
        return _receive(request, conference, found)
    form = NoteForm(initial={"verdict": request.GET.get("verdict")})
    token = form_token.make(form_name(conference, found))
    return _page(request, conference, found, {"form": form, "token": token})


def _receive(request: HttpRequest, conference: Conference, goal: Goal) -> HttpResponse:
    form, name = NoteForm(request.POST), form_name(conference, goal)
    many = _("Very many notes are coming in. Please send it again in some minutes.")
    if refused := public_form.refusal(request, form, name, LIMIT, too_many=many):
        context = {"form": form, "token": refused.token}
        return _page(request, conference, goal, context, refused.status)
    try:
        actions.receive(
            key=public_form.key(request, name),
            conference=conference,
            goal=goal,
            verdict=form.cleaned_data["verdict"],
            text=form.cleaned_data["text"],
            language=get_language(),
        )
    except actions.Closed:
        return _closed(request, conference, goal)
    return redirect("note_received", conference.slug, goal.slug)


def _closed(request: HttpRequest, conference: Conference, goal: Goal) -> HttpResponse:
    """That the posters take no notes; what someone typed is not lost to them."""
    context = {"is_closed": True, "typed": request.POST.get("text", "")[:1000]}
    status = 403 if request.method == "POST" else 200
    return _page(request, conference, goal, context, status)


def _page(
    request: HttpRequest,
    conference: Conference,
    goal: Goal,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    context |= _of_poster(conference, goal)
    return render(request, "goals/conferences/write.html", context, status=status)


@never_kept
@require_safe
def note_received(request: HttpRequest, slug: str, goal: str) -> HttpResponse:
    """Thanks, and what happens next."""
    conference = page.published_or_404(slug)
    context = _of_poster(conference, page.goal_or_404(conference, goal))
    return render(request, "goals/conferences/received.html", context)


def _of_poster(conference: Conference, goal: Goal) -> dict[str, Any]:
    shown = page.conference_page(conference, get_language(), goals=[goal], most=0)
    return {"conference": shown, "poster": shown.posters[0]}

"""The page on which notes of the public are read: release, refuse, move, take back.

One form holds all notes, so that several can be decided at once, and everything works
without scripts; a script adds new notes while somebody reads.
"""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.choices import Moderation, NoteVerdict
from goals.conferences import actions
from goals.models import Conference, FeedbackNote, Goal
from herne_bildung.lib.languages import direction
from herne_bildung.lib.row_numbers import is_row_number

# On one page; the next ones follow when these are decided.
MOST_WAITING = 50
MOST_DECIDED = 10
DECISIONS = {"release": Moderation.RELEASED, "refuse": Moderation.REFUSED}


def moderation_path(conference: Conference | None = None) -> str:
    """The page of moderation, of one conference or of all."""
    query = f"?conference={conference.pk}" if conference else ""
    return reverse("admin:goals_feedbacknote_moderation") + query


class ModerationPage:
    """Part of the admin class of notes."""

    def moderation_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.moderation_view)
        return [path("lesen/", view, name="goals_feedbacknote_moderation")]

    def moderation_view(self, request: HttpRequest) -> HttpResponse:
        """The notes that wait, the oldest first; what was sent is done first."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self._act(request)
            return redirect(request.get_full_path())
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        context = {
            **self.admin_site.each_context(request),
            **waiting_notes(request.GET.get("conference", "")),
            "title": _("Read notes"),
            "opts": self.opts,
            "verdicts": NoteVerdict.choices,
        }
        return render(request, "admin/goals/moderation.html", context)

    def _act(self, request: HttpRequest) -> None:
        """Exactly one button was pressed; `release` and `refuse` have the number of a
        note or "ticked".
        """
        for name, moderation in DECISIONS.items():
            if value := request.POST.get(name):
                ticked = request.POST.getlist("note")
                ids = numbers(ticked if value == "ticked" else [value])
                self._note(request, actions.decide(ids, moderation), moderation)
        if value := request.POST.get("take_back"):
            back = actions.take_back(numbers([value]))
            self._note(request, back, Moderation.WAITING)
        if (value := request.POST.get("move")) and numbers([value]):
            self._move(request, value)

    def _note(self, request: HttpRequest, ids: list[int], moderation: str) -> None:
        """Tell the moderator, and keep who decided."""
        words = {
            Moderation.RELEASED: ngettext(
                "%(number)s note is released.",
                "%(number)s notes are released.",
                len(ids),
            ),
            Moderation.REFUSED: ngettext(
                "%(number)s note is refused.", "%(number)s notes are refused.", len(ids)
            ),
            Moderation.WAITING: ngettext(
                "%(number)s note waits again.", "%(number)s notes wait again.", len(ids)
            ),
        }
        if not ids:
            text = _("Nothing changed: no note was chosen, or somebody was quicker.")
            self.message_user(request, text, messages.WARNING)
            return
        self._keep_in_log(request, ids, str(Moderation(moderation).label))
        self.message_user(request, words[moderation] % {"number": len(ids)})

    def _keep_in_log(self, request: HttpRequest, ids: list[int], text: str) -> None:
        LogEntry.objects.log_actions(
            user_id=request.user.pk,
            queryset=FeedbackNote.objects.filter(pk__in=ids),
            action_flag=CHANGE,
            change_message=text,
            single_object=False,
        )

    def _move(self, request: HttpRequest, value: str) -> None:
        """To the goal and the column chosen beside the note."""
        note = FeedbackNote.objects.select_related("conference").filter(pk=value)
        goals = numbers([request.POST.get(f"goal-{value}", "")])
        goal = Goal.objects.filter(pk__in=goals).first()
        verdict = request.POST.get(f"verdict-{value}")
        found = note.first()
        try:
            if found is None or goal is None or verdict not in NoteVerdict.values:
                raise ValueError("nothing to move")
            actions.move(found, goal=goal, verdict=verdict)
        except ValueError:
            text = _("The note could not be moved.")
            self.message_user(request, text, messages.WARNING)
            return
        self._keep_in_log(request, [found.pk], _("moved"))
        self.message_user(request, _("The note is moved."))


def numbers(values: list[str]) -> list[int]:
    """Ids of rows among what was sent."""
    return [int(value) for value in values if is_row_number(value)]


def waiting_notes(conference: str) -> dict[str, Any]:
    """What the page shows, of one conference where its id is given."""
    notes = FeedbackNote.objects.select_related("goal__period", "conference")
    if chosen := numbers([conference]):
        notes = notes.filter(conference__in=chosen)
    waiting = notes.filter(moderation=Moderation.WAITING)
    decided = notes.exclude(decided_at=None).order_by("-decided_at", "-pk")
    rows = list(waiting.order_by("created_at", "pk")[:MOST_WAITING])
    by_period = defaultdict(list)
    periods = {note.goal.period_id for note in rows}
    for goal in Goal.objects.filter(period__in=periods).order_by("number"):
        by_period[goal.period_id].append(goal)
    return {
        "rows": [
            {
                "note": note,
                "dir": direction(note.language),
                "goals": by_period[note.goal.period_id],
            }
            for note in rows
        ],
        "total": waiting.count(),
        "most": MOST_WAITING,
        "decided": [
            {"note": note, "dir": direction(note.language)}
            for note in decided[:MOST_DECIDED]
        ],
        "conferences": Conference.objects.order_by("-day")[:20],
        "chosen": chosen[0] if chosen else None,
    }

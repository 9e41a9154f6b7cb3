"""One page for what changes from week to week: places left, dates, a pause.

Every button is a form of its own, so it works without scripts; each leads back, for a
day, by the button of its message.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from herne_bildung.city.admin.pages import show, words_of
from herne_bildung.city.own_paths import own_path
from herne_bildung.city.versions import at_once
from herne_bildung.city.versions.snapshots import Snapshot, json_value
from herne_bildung.lib.dates import moment_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from offerings.admin.own_offering import OwnOffering
from offerings.admin.today_forms import ChangeForm, DayForm, PauseForm
from offerings.choices import PlacesLeft
from offerings.current.places_left import facts_of_today
from offerings.current.snapshots import (
    CHANGES,
    changes_in,
    current_facts,
    rows_of,
    steps_back,
    undo,
    undo_token,
)
from offerings.dates.collisions import COLLIDES
from offerings.dates.planned import Plan, PlannedDate
from offerings.models import Occurrence, Offering

SHOWN, MORE = 8, 40
NEAREST = 3
MOST_CHANGES = 200
STATES = {"": _("not known"), **dict(PlacesLeft.choices)}


class TodayPage(OwnOffering):
    """Adds to an admin class of offers the page "places and dates"."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/aktuell/",
                wrap(self.today_view),
                name="offerings_offering_today",
            ),
            path(
                "rueckgaengig/",
                wrap(self.undo_view),
                name="offerings_offering_undo",
            ),
            *super().get_urls(),
        ]

    def today_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        offering = self.changeable(request, pk)
        desk = Desk(offering, request)
        if request.method == "POST" and desk.press(request.POST.get("do", "")):
            self._write_pressed(request, desk)
            own = reverse("admin:offerings_offering_today", args=[offering.pk])
            return redirect(own_path(request.POST.get("return_to"), own))
        return show(
            request,
            "admin/offerings/offering/today.html",
            _("Places and dates"),
            offering=offering,
            desk=desk,
        )

    def _write_pressed(self, request: HttpRequest, desk: "Desk") -> None:
        try:
            self.write_current(request, [(desk.offering, desk.wanted)], desk.said)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))

    @transaction.atomic
    def write_current(
        self,
        request: HttpRequest,
        chosen: list[tuple[Offering, Snapshot]],
        said: str,
    ) -> None:
        """Write these facts of each offer, and say so with the way back."""
        steps = []
        for offering, wanted in chosen:
            present = current_facts(offering)
            before = {name: present[name] for name in wanted}
            at_once.write(offering, wanted, by=request.user)
            steps.append((offering.pk, before, wanted))
            self.log_change(request, offering, said)
        return_to = own_path(request.POST.get("return_to"), request.get_full_path())
        context = {"text": said, "token": undo_token(steps), "return_to": return_to}
        template = "admin/offerings/offering/undo.html"
        messages.success(request, render_to_string(template, context, request))

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """Back to what stood there, unless somebody changed it since."""
        if request.method != "POST":
            raise Http404
        undone = 0
        steps = steps_back(request.POST.get("token", ""))
        for pk, before, after in steps:
            offering = self.changeable(request, pk)
            if undo(offering, before, after, by=request.user):
                self.log_change(request, offering, _("Undone."))
                undone += 1
        if undone:
            messages.success(request, _("Undone."))
        if undone < len(steps) or not steps:
            text = _("It was changed since, or too long ago: please look yourself.")
            messages.warning(request, text)
        start = reverse("admin:offerings_offering_changelist")
        return redirect(own_path(request.POST.get("return_to"), start))


class Desk:
    """What the page shows of an offer, and what its buttons mean: after `press`,
    `wanted` are the facts to write and `said` is the sentence about it.
    """

    def __init__(self, offering: Offering, request: HttpRequest) -> None:
        self.offering, self.request = offering, request
        self.facts = current_facts(offering)
        self.plan = Plan(offering, changes_in(self.facts))
        self.wanted: Snapshot = {}
        self.said = ""
        self.refused: ChangeForm | None = None
        self.pause = PauseForm(initial=self.facts, auto_id="id_%s")
        self.error = ""

    def press(self, button: str) -> bool:
        """Whether there is something to write; else the page says what is wrong."""
        handlers = {
            "places": self._places,
            "cancel": self._change,
            "move": self._change,
            "keep": self._keep,
            "pause": self._pause,
            "go_on": self._go_on,
        }
        return button in handlers and handlers[button](button)

    def _places(self, button: str) -> bool:
        value = self.request.POST.get("value", "")
        if value not in STATES:
            return False
        self.wanted = facts_of_today(value)
        said = _("places left: %(state)s") % {"state": STATES[value]}
        return self._say(said)

    def _change(self, button: str) -> bool:
        date = self._date()
        if date is None or not date.is_planned:
            self.error = _("There is no such date any more.")
            return False
        moves = button == "move"
        form = ChangeForm(date, self.request.POST, moves=moves)
        if form.is_valid() and self.plan.collides(
            self.plan.with_change(date, form.change)
        ):
            form.add_error("new_day", COLLIDES)
        if not form.is_valid():
            self.refused = form
            return False
        return self._write(date, form.change)

    def _keep(self, button: str) -> bool:
        date = self._date()
        if date is None or date.change is None:
            self.error = _("There is no such date any more.")
            return False
        if self.plan.collides(self.plan.with_change(date, None)):
            self.error = COLLIDES
            return False
        return self._write(date, None)

    def _write(self, date: PlannedDate, change: Occurrence | None) -> bool:
        changes = self.plan.with_change(date, change)
        if len(changes) > MOST_CHANGES:
            self.error = _("There are too many changed dates.")
            return False
        self.wanted = {CHANGES: rows_of(changes)}
        said = change.get_state_display() if change else _("takes place")
        if change and change.new_day:
            moved = PlannedDate(date.day, date.start_time, change=change)
            said = f"{said}: {in_words(moved.start)}"
        return self._say(f"{in_words(date.planned_start)} {said}")

    def _pause(self, button: str) -> bool:
        self.pause = PauseForm(self.request.POST, auto_id="id_%s")
        if not self.pause.is_valid():
            return False
        values = self.pause.cleaned_data
        self.wanted = {name: json_value(values[name]) for name in self.pause.fields}
        return self._say(_("The pause is noted."))

    def _go_on(self, button: str) -> bool:
        self.wanted = {"paused_from": None, "paused_until": None}
        return self._say(_("There is no pause any more."))

    def _say(self, words: Any) -> bool:
        self.said = f"{self.offering}: {words}"
        return True

    def _date(self) -> PlannedDate | None:
        """The date that is meant: by when it takes place now, or by its mark."""
        if now := words_of(self.request, "now")[:20]:
            return self.plan.beginning(now)
        return self.plan.find(words_of(self.request, "date")[:20])

    @property
    def places(self) -> list[dict[str, Any]]:
        """What can be said of places, and what is said."""
        said = self.facts["places_left"]
        return [
            {"value": value, "label": label, "is_said": value == said}
            for value, label in STATES.items()
        ]

    @property
    def places_left(self) -> str:
        return str(STATES.get(self.facts["places_left"], ""))

    @property
    def rows(self) -> list["Row"]:
        """The next dates; more of them where the address says so."""
        count = MORE if "more" in self.request.GET else SHOWN
        return [self._row(one) for one in self.plan.upcoming(count)]

    @property
    def other_day(self) -> dict[str, Any]:
        """Another day that was looked for: its dates, or the nearest ones."""
        is_asked = "day" in self.request.GET
        form = DayForm(self.request.GET if is_asked else None, auto_id="id_other_%s")
        if not is_asked or not form.is_valid():
            return {"form": form}
        day = form.cleaned_data["day"]
        dates = self.plan.on_day(day)
        near = dates or self.plan.nearest(day, NEAREST)
        return {
            "form": form,
            "is_free": not dates,
            "rows": [self._row(one, prefix="other-") for one in near],
        }

    def _row(self, date: PlannedDate, prefix: str = "") -> "Row":
        refused = self.refused
        if refused and refused.planned.key == date.key:
            return Row(date, refused, is_open=True)
        key = prefix + date.key.replace(":", "")
        return Row(date, ChangeForm(date, auto_id=f"id_{key}_%s"))


class Row:
    """One date of the page with the form that changes it."""

    def __init__(
        self, date: PlannedDate, form: ChangeForm, *, is_open: bool = False
    ) -> None:
        self.date, self.form, self.is_open = date, form, is_open

    @property
    def planned(self) -> str:
        return in_words(self.date.planned_start)

    @property
    def now(self) -> str:
        """When a moved date takes place."""
        return in_words(self.date.start) if self.date.is_moved else ""


def in_words(moment: Any) -> str:
    return moment_in_words(moment, get_language() or DEFAULT_LANGUAGE)

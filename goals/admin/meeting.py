"""The page of a meeting: all open measures of a period in one table."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goals import meeting
from goals.admin.tree import day_in_words, form_path, who
from goals.choices import MeasureStatus
from goals.meeting import Change
from goals.models import Goal, Measure, Period
from herne_bildung.city.admin.day_inputs import DayInput, is_sensible
from herne_bildung.lib import clock
from herne_bildung.lib.row_numbers import is_row_number

SAVED = "gespeichert"
MOST_SIGNS = 1500


class DayForm(forms.Form):
    """Since when all new statuses hold."""

    on = forms.DateField(label=gettext_lazy("new statuses since"), widget=DayInput)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if not is_sensible(day):
            raise forms.ValidationError(_("Since which day?"))
        return day


class RowForm(forms.Form):
    """What the meeting says of one measure. What somebody else wrote meanwhile is not
    overwritten unseen: the page says what it showed, and shows what is there now.
    """

    status = forms.ChoiceField(
        choices=[("", gettext_lazy("as it is")), *MeasureStatus.choices[1:]],
        required=False,
    )
    reason = forms.CharField(max_length=600, required=False)
    progress = forms.CharField(
        max_length=MOST_SIGNS, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, measure: Measure, year: int, data: Any = None) -> None:
        self.measure = measure
        self.written = measure.of_year[0].text_de if measure.of_year else ""
        super().__init__(
            data, prefix=f"m{measure.pk}", initial={"progress": self.written}
        )
        names = {
            "status": _("New status"),
            "reason": _("Reason"),
            "progress": _("Progress %(year)s") % {"year": year},
        }
        for name, label in names.items():
            shown = f"{label}: {measure.title_de}"
            self.fields[name].widget.attrs["aria-label"] = shown

    @property
    def now(self) -> list[tuple[str, str]]:
        """Names and values of hidden inputs: what the page shows."""
        values = {"status": self.measure.status, "progress": self.written}
        return [(self._was(name), value) for name, value in values.items()]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        status, reason = values.get("status"), values.get("reason")
        if status and not reason and "reason" not in self.errors:
            self.add_error("reason", _("A new status needs its reason."))
        if reason and not status and "status" not in self.errors:
            self.add_error("status", _("Which status has this reason?"))
        text = _("Somebody else wrote this meanwhile: %(text)s")
        if status and self._shown("status") != self.measure.status:
            said = self.measure.get_status_display()
            self.add_error("status", text % {"text": said})
        if self._is_written(values) and self._shown("progress") != _lines(self.written):
            self.add_error("progress", text % {"text": self.written or "–"})
        return values

    def change(self) -> Change | None:
        """What to save; None where nothing was said."""
        values = self.cleaned_data
        is_written = self._is_written(values)
        if not values["status"] and not is_written:
            return None
        return Change(
            measure=self.measure,
            status=values["status"],
            reason=values["reason"],
            progress=_lines(values["progress"]) if is_written else None,
        )

    def _is_written(self, values: dict[str, Any]) -> bool:
        return _lines(values.get("progress", "")) != self._shown("progress")

    def _shown(self, name: str) -> str:
        return _lines(self.data.get(self._was(name), ""))

    def _was(self, name: str) -> str:
        return self.add_prefix(f"was-{name}")


@dataclass(frozen=True)
class MeetingRow:
    """A measure in the table."""

    measure: Measure
    form: RowForm
    address: str
    status: str
    day: str
    is_overdue: bool
    who: str


class MeetingPages:
    """For the admin class of periods."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/sitzung/",
                wrap(self.meeting_view),
                name="goals_period_meeting",
            ),
            path(
                "<int:pk>/sitzung/zurueck/",
                wrap(self.meeting_undo_view),
                name="goals_period_meeting_undo",
            ),
            *super().get_urls(),
        ]

    def meeting_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All rows are saved at once, or none; what was typed stays where it was."""
        period = self._open_period(request, pk)
        year = clock.today().year
        data = request.POST if request.method == "POST" else None
        day = DayForm(data, initial={"on": clock.today()})
        forms_of = [
            RowForm(measure, year, data)
            for measure in meeting.open_measures(period, year, _named(data or {}))
        ]
        if data is not None:
            is_right = [form.is_valid() for form in (day, *forms_of)]
            if all(is_right):
                return self._save_meeting(request, period, day, forms_of)
        number = sum(bool(form.errors) for form in (day, *forms_of)) if data else 0
        context = {
            "period": period,
            "period_path": form_path(period),
            "year": year,
            "day": day,
            "goals": _by_goal(forms_of),
            "number_of_faults": number,
            "saved": self._saved(request),
        }
        return self._meeting_page(request, context)

    def _save_meeting(
        self, request: HttpRequest, period: Period, day: DayForm, rows: list[RowForm]
    ) -> HttpResponse:
        changes = [change for row in rows if (change := row.change())]
        saved = meeting.save(
            changes,
            on=day.cleaned_data["on"],
            year=clock.today().year,
            by=request.user,
        )
        address = reverse("admin:goals_period_meeting", args=[period.pk])
        if not saved:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
            return redirect(address)
        for change in changes:
            self.log_change(request, change.measure, change.reason)
        self.message_user(request, _changed(len(saved)), messages.SUCCESS)
        return redirect(f"{address}?{SAVED}={meeting.token_of(saved)}")

    def meeting_undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back what was saved last; what was changed since stays."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        period = self._open_period(request, pk)
        try:
            saved = meeting.read_token(request.POST.get(SAVED))
        except ValueError as error:
            raise Http404 from error
        undone = meeting.undo(saved, by=request.user)
        text = ngettext(
            "%(number)s measure is as before.",
            "%(number)s measures are as before.",
            undone.number,
        )
        self.message_user(request, text % {"number": undone.number}, messages.SUCCESS)
        if undone.stay:
            text = _("Changed again since, and not taken back: %(names)s")
            names = ", ".join(undone.stay)
            self.message_user(request, text % {"names": names}, messages.WARNING)
        return redirect(reverse("admin:goals_period_meeting", args=[period.pk]))

    def _saved(self, request: HttpRequest) -> dict[str, Any] | None:
        """What was saved last, with the way to take it back."""
        token = request.GET.get(SAVED)
        try:
            number = len(meeting.read_token(token)) if token else 0
        except ValueError:
            return None
        return {"token": token, "words": _changed(number)} if number else None

    def _open_period(self, request: HttpRequest, pk: int) -> Period:
        period = self.get_queryset(request).filter(pk=pk).first()
        if period is None:
            raise Http404
        if not self.may_edit(request, period):
            raise PermissionDenied
        if period.is_closed:
            raise Http404(_("Closed periods are history."))
        return period

    def _meeting_page(
        self, request: HttpRequest, context: dict[str, Any]
    ) -> HttpResponse:
        shown = {
            **self.admin_site.each_context(request),
            "title": _("Meeting on %(period)s") % {"period": context["period"]},
            "opts": self.opts,
            "saved_name": SAVED,
            **context,
        }
        return render(request, "admin/goals/meeting.html", shown)


def _by_goal(rows: list[RowForm]) -> list[tuple[Goal, list[MeetingRow]]]:
    found: dict[Goal, list[MeetingRow]] = {}
    for form in rows:
        measure = form.measure
        day, is_overdue = day_in_words(measure)
        found.setdefault(measure.goal, []).append(
            MeetingRow(
                measure=measure,
                form=form,
                address=form_path(measure),
                status=str(measure.get_status_display()),
                day=day,
                is_overdue=is_overdue,
                who=who(measure),
            )
        )
    return list(found.items())


def _named(data: Any) -> list[int]:
    """Measures that the page had when it was opened: their rows stay."""
    numbers = (
        name.removeprefix("m").removesuffix("-was-status")
        for name in data
        if name.endswith("-was-status")
    )
    return [int(number) for number in numbers if is_row_number(number)]


def _changed(number: int) -> str:
    return _("%(number)s changed.") % {"number": number}


def _lines(text: str) -> str:
    """Browsers send line ends their own way."""
    return text.replace("\r\n", "\n").strip()

"""What is edited with an offer: its schedules and its prices."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin import OwnEntriesStackedInline
from herne_bildung.city.admin.day_inputs import NATIVE_INPUTS
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS, TRANSLATORS
from offerings.admin.schedule_form import ScheduleForm, ScheduleFormSet
from offerings.dates.words import known_in_words
from offerings.facts import rule_of
from offerings.models import CostOption, Offering, Schedule

ALL = ("view", "add", "change", "delete")
READERS = {ADVISERS: ("view",), TRANSLATORS: ("view",)}
MOST_ROWS = 30
# Django's own text, as its button with JavaScript says it.
ADD_ANOTHER = "Add another %(verbose_name)s"


class OfRoom:
    """A first empty row where there is none, so that nobody has to look for it."""

    max_num = MOST_ROWS
    # The name of the part of the form in which it stands.
    part = ""

    def more_text(self) -> str:
        """The words on the button for one more row."""
        return gettext(ADD_ANOTHER) % {"verbose_name": self.verbose_name.capitalize()}

    def get_extra(
        self, request: HttpRequest, obj: Offering | None = None, **options: Any
    ) -> int:
        if getattr(request, "copied_rows", None):
            return len(request.copied_rows[self.model])
        has_rows = obj is not None and self.model.objects.filter(offering=obj).exists()
        return 0 if has_rows else 1


class ScheduleInline(OfRoom, OwnEntriesStackedInline):
    """When it takes place; several where one rule does not do."""

    model = Schedule
    form = ScheduleForm
    formset = ScheduleFormSet
    template = "admin/offerings/offering/schedules.html"
    part = "when"
    verbose_name_plural = _("When?")
    rights = {OFFICE: ALL, PROVIDERS: ALL, **READERS}
    readonly_fields = ["time_read"]
    formfield_overrides = NATIVE_INPUTS
    fieldsets = [
        (None, {"fields": ["words"]}),
        (
            None,
            {
                "fields": [
                    "frequency",
                    "weekdays",
                    ("start_time", "end_time"),
                    "in_school_holidays",
                ]
            },
        ),
        (
            _("first and last day, exceptions, every other week"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("starts_on", "until"),
                    "interval",
                    "week_of_month",
                    "exceptions",
                ],
            },
        ),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only reads reads it in words."""
        if self._writes(request, obj) and self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ["time_read"]})]

    @admin.display(description=_("When"))
    def time_read(self, schedule: Schedule) -> str:
        return known_in_words(rule_of(schedule, schedule.offering, []))


class CostOptionInline(OfRoom, OwnEntriesStackedInline):
    """Prices; that something is free is a fact of the offer itself."""

    model = CostOption
    part = "cost"
    fields = [("amount", "kind", "per")]
    rights = {OFFICE: ALL, PROVIDERS: ALL, **READERS}

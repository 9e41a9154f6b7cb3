from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent


class Occurrence(PublicContent):
    """A date of an offer that is not as its schedules say: cancelled or moved.

    `day` and `start_time` are those of the schedule (iCalendar: RECURRENCE-ID); without
    a time all dates of the day are meant. Times are wall-clock times in Europe/Berlin.
    """

    class State(models.TextChoices):
        CANCELLED = "cancelled", _("is cancelled")
        MOVED = "moved", _("is moved")

    class Reason(models.TextChoices):
        UNKNOWN = "", _("not said")
        ILLNESS = "illness", _("illness")
        HOLIDAYS = "holidays", _("holidays")
        ROOM = "room", _("the room is not available")
        TOO_FEW = "too_few", _("too few people")
        OTHER = "other", _("other reasons")

    offering = models.ForeignKey(
        "offerings.Offering", on_delete=models.CASCADE, related_name="occurrences"
    )
    day = models.DateField(_("date"))
    start_time = models.TimeField(_("the one at"), null=True, blank=True)
    state = models.CharField(_("what happens"), max_length=9, choices=State.choices)
    reason = models.CharField(
        _("reason"), max_length=8, choices=Reason.choices, blank=True
    )
    new_day = models.DateField(_("new day"), null=True, blank=True)
    new_start_time = models.TimeField(_("new time from"), null=True, blank=True)
    new_end_time = models.TimeField(_("new time to"), null=True, blank=True)

    class Meta:
        ordering = ["day", "start_time", "pk"]
        verbose_name = _("cancelled or moved date")
        verbose_name_plural = _("cancelled and moved dates")
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "day", "start_time"],
                nulls_distinct=False,
                name="one_change_of_a_date",
                violation_error_message=_("This date is named twice."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="cancelled",
                    new_day=None,
                    new_start_time=None,
                    new_end_time=None,
                )
                | models.Q(state="moved", new_day__isnull=False),
                name="moved_date_has_a_new_day",
                violation_error_message=_(
                    "A moved date needs its new day; a cancelled one has none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y} {self.get_state_display()}"

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent


class Schedule(PublicContent):
    """When an offer takes place: the parts of a recurrence rule (RFC 5545) and its
    exceptions. Times are wall-clock times in Europe/Berlin.
    """

    class Frequency(models.TextChoices):
        ONCE = "once", _("once")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")

    class InHolidays(models.TextChoices):
        UNKNOWN = "", _("not known")
        TAKES_PLACE = "yes", _("takes place")
        PAUSES = "no", _("pauses")

    offering = models.ForeignKey(
        "offerings.Offering", on_delete=models.CASCADE, related_name="schedules"
    )
    frequency = models.CharField(
        _("frequency"),
        max_length=8,
        choices=Frequency.choices,
        default=Frequency.WEEKLY,
    )
    interval = models.PositiveSmallIntegerField(_("every … weeks/months"), default=1)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("weekdays (0 = Monday)"),
        default=list,
        blank=True,
    )
    week_of_month = models.SmallIntegerField(
        _("which one in the month (-1 = the last)"), null=True, blank=True
    )
    starts_on = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    start_time = models.TimeField(_("from"))
    end_time = models.TimeField(_("to"), null=True, blank=True)
    exceptions = ArrayField(
        models.DateField(), verbose_name=_("not on"), default=list, blank=True
    )
    in_school_holidays = models.CharField(
        _("in the school holidays"),
        max_length=3,
        choices=InHolidays.choices,
        blank=True,
    )

    class Meta:
        ordering = ["starts_on", "start_time"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(interval__gte=1), name="schedule_interval_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None)
                | models.Q(until__gte=models.F("starts_on")),
                name="schedule_ends_after_start",
                violation_error_message=_("The last day lies before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()} {self.start_time:%H:%M}"

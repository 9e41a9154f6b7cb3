from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent


class OpeningHours(PublicContent):
    """One span of a weekday, by the wall clock in Herne."""

    class Season(models.TextChoices):
        ALWAYS = "always", _("always")
        TERM = "term", _("not in school holidays")
        HOLIDAYS = "holidays", _("only in school holidays")

    office = models.ForeignKey(
        "counselling.CounsellingOffice",
        on_delete=models.CASCADE,
        related_name="opening_hours",
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=list(WEEKDAYS.items()), validators=[MaxValueValidator(6)]
    )
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"), help_text=_("0:00 is the end of the day."))
    season = models.CharField(
        _("when"), max_length=8, choices=Season.choices, default=Season.ALWAYS
    )
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_until = models.DateField(_("last day"), null=True, blank=True)
    is_by_appointment = models.BooleanField(_("only by appointment"), default=False)

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens"))
                | models.Q(closes="00:00"),
                name="hours_close_after_opening",
                violation_error_message=_("It closes before it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="hours_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_from=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="hours_valid_range",
                violation_error_message=_("The last day lies before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.opens:%H:%M}–{self.closes:%H:%M}"


class OpeningException(PublicContent):
    """Days on which the weekly hours do not hold: closed, or one other span.

    Public holidays of NRW are closed without an entry; an exception opens them.
    """

    office = models.ForeignKey(
        "counselling.CounsellingOffice",
        on_delete=models.CASCADE,
        related_name="opening_exceptions",
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(
        _("to"), null=True, blank=True, help_text=_("Both empty: closed.")
    )
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        ordering = ["first_day"]
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="exception_ends_after_start",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens=None, closes=None)
                | models.Q(closes__gt=models.F("opens"))
                | models.Q(opens__isnull=False, closes="00:00"),
                name="exception_is_closed_or_a_span",
                violation_error_message=_(
                    "Give both times, the later one last; or none for a closed day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goals.choices import FINISHED, MeasureStatus
from goals.models.base import Publishable, organisation_field, role_field, wording
from goals.models.goal import Goal, WorkArea
from goals.models.period import FIRST_YEAR, LAST_YEAR
from goals.querysets import MeasureQuerySet, MilestoneQuerySet
from herne_bildung.city.models import PublicContent, Sourced, Translated


class Measure(Publishable, Sourced, Translated):
    """What is done to reach a goal. `status` is that of its latest `StatusChange`;
    what is empty is not known.
    """

    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="measures", verbose_name=_("goal")
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in our own words"), max_length=600, blank=True)
    wording = wording(_("official wording"))
    # Points of the wording, one a line of the document.
    points = models.JSONField(default=list, blank=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=MeasureStatus,
        blank=True,
        default=MeasureStatus.UNKNOWN,
        editable=False,
    )
    planned_start = models.DateField(_("planned from"), null=True, blank=True)
    planned_end = models.DateField(_("planned until"), null=True, blank=True)
    actual_start = models.DateField(_("begun on"), null=True, blank=True)
    actual_end = models.DateField(_("ended on"), null=True, blank=True)
    organisation = organisation_field("measures")
    role = role_field("measures")
    work_area = models.ForeignKey(
        WorkArea,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("work area"),
    )
    districts = models.ManyToManyField(
        "city.District",
        blank=True,
        related_name="measures",
        verbose_name=_("districts"),
        help_text=_("Empty: not known, or the whole city."),
    )
    offerings = models.ManyToManyField(
        "offerings.Offering",
        blank=True,
        related_name="measures",
        verbose_name=_("offers that came of it"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["goal", "order", "pk"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end__isnull=True)
                | Q(planned_start__isnull=True)
                | Q(planned_end__gte=F("planned_start")),
                name="measure_planned_end_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(actual_end__isnull=True)
                | Q(actual_start__isnull=True)
                | Q(actual_end__gte=F("actual_start")),
                name="measure_end_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
        ]
        indexes = [models.Index(fields=["status"], name="measure_status")]

    def __str__(self) -> str:
        return self.title_de

    @property
    def is_finished(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.status in FINISHED

    def is_overdue(self, day: date) -> bool:
        """Planned to end before this day and not finished; never in a closed period."""
        return (
            self.planned_end is not None
            and self.planned_end < day
            and not self.is_finished
            and not self.goal.period.is_closed
        )


class StatusChange(PublicContent, Translated):
    """A new status of a measure: since when, and why."""

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="status_changes"
    )
    status = models.CharField(
        _("status"), max_length=8, choices=MeasureStatus.choices[1:]
    )
    on = models.DateField(_("since"))
    reason = models.TextField(_("reason"), max_length=600)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.on:%d.%m.%Y})"


class Milestone(PublicContent, Translated):
    """A smaller step of a measure."""

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=600, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    # As its measure.
    is_sample = models.BooleanField(default=False, editable=False)

    # Entered here; no document tells of milestones.
    as_of = ""
    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        indexes = [
            models.Index(
                fields=["due_on"],
                name="milestone_open_due",
                condition=Q(done_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title_de

    def save(self, *args, **options) -> None:
        self.is_sample = self.measure.is_sample
        super().save(*args, **options)

    def is_overdue(self, day: date) -> bool:
        """Its day is past and it is not done; never in a closed period."""
        return (
            self.done_on is None
            and self.due_on is not None
            and self.due_on < day
            and not self.measure.is_finished
            and not self.measure.goal.period.is_closed
        )


class Progress(PublicContent, Translated):
    """What was reached in a year, in words."""

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="progress"
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    text = models.TextField(_("what was reached"), max_length=1500)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("progress of a year")
        verbose_name_plural = _("progress by year")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "year"],
                name="progress_once_a_year",
                violation_error_message=_("There is a text of this year already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.year)

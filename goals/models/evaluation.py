from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.choices import EvaluationVerdict
from goals.models.base import Publishable
from goals.models.conference import Conference, FeedbackNote
from goals.models.goal import Goal
from goals.models.measure import Progress
from goals.models.period import Period
from goals.querysets import EvaluationQuerySet, VerdictQuerySet
from herne_bildung.city.models import PublicContent, Translated


class EvaluationRound(Publishable, Translated):
    """The goals of a period are looked at together: one verdict a goal."""

    period = models.ForeignKey(
        Period,
        on_delete=models.PROTECT,
        related_name="evaluations",
        verbose_name=_("period"),
    )
    conference = models.ForeignKey(
        Conference,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="evaluations",
        verbose_name=_("conference"),
        help_text=_("Its notes stand beside the verdicts."),
    )
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("in a few sentences"), max_length=1500, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="evaluation_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return self.title_de

    def clean(self) -> None:
        """The posters of the conference are those of the period."""
        super().clean()
        if self.conference and self.conference.period_id != self.period_id:
            text = _("The posters of this conference are for another period.")
            raise ValidationError({"conference": text})


class GoalVerdict(Publishable, Translated):
    """What an evaluation says of a goal, why, and what follows."""

    evaluation = models.ForeignKey(
        EvaluationRound,
        on_delete=models.CASCADE,
        related_name="verdicts",
        verbose_name=_("evaluation"),
    )
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="verdicts", verbose_name=_("goal")
    )
    verdict = models.CharField(_("verdict"), max_length=7, choices=EvaluationVerdict)
    reasons = models.TextField(_("reasons"), max_length=2000)
    what_follows = models.TextField(_("what follows"), max_length=2000, blank=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["evaluation", "goal__number"]
        verbose_name = _("verdict on a goal")
        verbose_name_plural = _("verdicts on goals")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "goal"],
                name="verdict_once_a_goal",
                violation_error_message=_(
                    "This evaluation has a verdict on this goal already."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.get_verdict_display()}"

    def clean(self) -> None:
        """A goal of the period."""
        super().clean()
        if self.evaluation_id is None or self.goal_id is None:
            return
        if self.goal.period_id != self.evaluation.period_id:
            raise ValidationError({"goal": _("This goal is of another period.")})


class Evidence(PublicContent, Translated):
    """What a verdict rests on: words, an address, progress, notes of the conference.
    Indicators are attached by the monitoring, which points here.
    """

    verdict = models.ForeignKey(
        GoalVerdict, on_delete=models.CASCADE, related_name="evidence"
    )
    text = models.TextField(_("text"), max_length=600)
    url = models.URLField(_("address"), blank=True)
    progress = models.ManyToManyField(
        Progress, blank=True, related_name="evidence", verbose_name=_("progress")
    )
    notes = models.ManyToManyField(
        FeedbackNote, blank=True, related_name="evidence", verbose_name=_("notes")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.text_de[:80]

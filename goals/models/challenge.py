from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.choices import ChallengeStatus
from goals.models.base import Publishable, wording
from goals.models.goal import Goal
from goals.models.measure import Measure
from goals.querysets import ChallengeQuerySet
from herne_bildung.city.models import Sourced, Translated


class Challenge(Publishable, Sourced, Translated):
    """What stands in the way of a goal, and what answers it."""

    goal = models.ForeignKey(
        Goal,
        on_delete=models.PROTECT,
        related_name="challenges",
        verbose_name=_("goal"),
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in our own words"), max_length=600, blank=True)
    wording = wording(_("official wording"))
    # Points of the wording, one a line of the document.
    points = models.JSONField(default=list, blank=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=ChallengeStatus,
        blank=True,
        default=ChallengeStatus.UNKNOWN,
    )
    answering_measures = models.ManyToManyField(
        Measure,
        blank=True,
        related_name="answered_challenges",
        verbose_name=_("measures that answer it"),
    )
    answering_goals = models.ManyToManyField(
        Goal,
        blank=True,
        related_name="answered_challenges",
        verbose_name=_("later goals that answer it"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["goal", "order", "pk"]
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")

    def __str__(self) -> str:
        return self.title_de

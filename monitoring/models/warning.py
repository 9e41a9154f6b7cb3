from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField
from monitoring.choices import Level, RuleKind
from monitoring.models.finding import Finding


class WarningRule(models.Model):
    """What staff want to be told of: about areas and groups, never about a person or
    a single facility. A hit is a draft of a finding, not a judgement.
    """

    class Side(models.TextChoices):
        ABOVE = "above", _("above or rising")
        BELOW = "below", _("below or falling")

    indicator = models.ForeignKey(
        "monitoring.Indicator",
        on_delete=models.CASCADE,
        related_name="warning_rules",
        verbose_name=_("indicator"),
    )
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("looks for"), max_length=6, choices=RuleKind)
    side = models.CharField(_("direction"), max_length=5, choices=Side)
    # Level and change: in units of the indicator; rank: how many last places.
    threshold = models.DecimalField(
        _("limit"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    periods = models.PositiveSmallIntegerField(
        _("number of periods"), default=3, help_text=_("For trends.")
    )
    levels = ArrayField(
        models.CharField(max_length=12, choices=Level),
        verbose_name=_("levels"),
        default=list,
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_by = models.ForeignKey(
        "city.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    created_at = MomentField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["indicator", "name"]
        verbose_name = _("rule of an early warning")
        verbose_name_plural = _("rules of early warnings")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RuleKind.TREND, threshold=None)
                | ~Q(kind=RuleKind.TREND) & Q(threshold__isnull=False),
                name="warning_rule_has_limit",
                violation_error_message=_("All but a trend need a limit."),
            ),
            models.CheckConstraint(
                condition=Q(periods__gte=2, periods__lte=20),
                name="warning_rule_periods",
            ),
            models.CheckConstraint(
                condition=~Q(levels__contains=[Level.SCHOOL]),
                name="warning_rule_not_of_schools",
                violation_error_message=_("Never of single schools."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WarningHit(models.Model):
    """A rule matched for an area and a period: once, also when it is run again."""

    rule = models.ForeignKey(WarningRule, on_delete=models.CASCADE, related_name="hits")
    area = models.ForeignKey(
        "monitoring.Area", on_delete=models.CASCADE, related_name="+"
    )
    period = models.CharField(_("period"), max_length=10)
    finding = models.ForeignKey(
        Finding, on_delete=models.SET_NULL, null=True, related_name="hits"
    )
    found_at = models.DateTimeField(_("found"))

    class Meta:
        ordering = ["-found_at", "-pk"]
        verbose_name = _("hit of an early warning")
        verbose_name_plural = _("hits of early warnings")
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "area", "period"], name="warning_hit_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.area} {self.period}"

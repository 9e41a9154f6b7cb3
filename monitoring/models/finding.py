from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from goals.models.base import Publishable, organisation_field, role_field
from goals.models.evaluation import Evidence
from herne_bildung.city.models import PublicContent, Translated
from monitoring.choices import FigureUse, FindingOrigin, ValueState
from monitoring.findings.figures import ShownFigure, figure_in_one_line, shown_figure
from monitoring.querysets import FigureQuerySet, FindingQuerySet


class Finding(Publishable, Translated):
    """What figures show, said by people: from here to discussion, decision, action
    and its effect. Early warnings write drafts only.
    """

    slug = models.SlugField(_("address on the site"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what the figures show"), max_length=2000, blank=True)
    found_on = models.DateField(_("noticed on"))
    origin = models.CharField(
        max_length=7,
        choices=FindingOrigin,
        default=FindingOrigin.STAFF,
        editable=False,
        verbose_name=_("noticed by"),
    )
    districts = models.ManyToManyField(
        "city.District",
        blank=True,
        related_name="findings",
        verbose_name=_("districts"),
    )
    goals = models.ManyToManyField(
        "goals.Goal", blank=True, related_name="findings", verbose_name=_("goals")
    )
    measures = models.ManyToManyField(
        "goals.Measure",
        blank=True,
        related_name="findings",
        verbose_name=_("measures that follow"),
    )
    offerings = models.ManyToManyField(
        "offerings.Offering",
        blank=True,
        related_name="findings",
        verbose_name=_("offers that follow"),
    )
    mandates = models.ManyToManyField(
        "goals.Mandate",
        blank=True,
        related_name="findings",
        verbose_name=_("mandates that follow"),
    )
    organisation = organisation_field("findings")
    role = role_field("findings")
    effect = models.TextField(_("what came of it"), max_length=1500, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-found_on", "-pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return self.title_de


class Figure(PublicContent):
    """A public value, frozen as it was: later releases do not change it."""

    use = models.CharField(_("what for"), max_length=8, choices=FigureUse)
    finding = models.ForeignKey(
        Finding,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("finding"),
    )
    evidence = models.ForeignKey(
        Evidence,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("evidence"),
    )
    release = models.ForeignKey(
        "monitoring.Release",
        on_delete=models.PROTECT,
        related_name="figures",
        verbose_name=_("release"),
    )
    area = models.ForeignKey(
        "monitoring.Area", on_delete=models.PROTECT, related_name="figures"
    )
    period = models.CharField(_("period"), max_length=10)
    category_1 = models.ForeignKey(
        "monitoring.Category", models.PROTECT, null=True, blank=True, related_name="+"
    )
    category_2 = models.ForeignKey(
        "monitoring.Category", models.PROTECT, null=True, blank=True, related_name="+"
    )
    category_3 = models.ForeignKey(
        "monitoring.Category", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=ValueState)
    value = models.DecimalField(
        _("value"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["use", "order", "pk"]
        verbose_name = _("frozen figure")
        verbose_name_plural = _("frozen figures")
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False, evidence=None)
                & Q(use__in=[FigureUse.BASIS, FigureUse.EFFECT])
                | Q(finding=None, evidence__isnull=False, use=FigureUse.EVIDENCE),
                name="figure_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=ValueState.VALUE, value__isnull=False)
                | ~Q(state=ValueState.VALUE) & Q(value=None),
                name="figure_value_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release.indicator} {self.area} {self.period}"

    def shown(self, language: str) -> ShownFigure:
        """For pages, also those of apps below this one."""
        return shown_figure(self, language)

    def in_one_line(self) -> SafeString:
        """For staff, in German, with a link to its release."""
        return figure_in_one_line(self)


class Discussion(PublicContent, Translated):
    """A body talked about a finding on a day."""

    finding = models.ForeignKey(
        Finding, on_delete=models.CASCADE, related_name="discussions"
    )
    body = models.ForeignKey(
        "goals.Body",
        on_delete=models.PROTECT,
        related_name="discussions",
        verbose_name=_("committee"),
    )
    on = models.DateField(_("on"))
    note = models.TextField(_("what was said"), max_length=1000, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("discussion of a finding")
        verbose_name_plural = _("discussions of a finding")

    def __str__(self) -> str:
        return f"{self.body} {self.on:%d.%m.%Y}"


class Decision(PublicContent, Translated):
    """What was decided on a finding; also: that nothing is done, and why."""

    finding = models.ForeignKey(
        Finding, on_delete=models.CASCADE, related_name="decisions"
    )
    on = models.DateField(_("on"))
    body = models.ForeignKey(
        "goals.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("committee"),
    )
    paper = models.ForeignKey(
        "goals.CouncilPaper",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("council paper"),
    )
    text = models.TextField(_("decision"), max_length=1500)
    nothing_follows = models.BooleanField(_("decided to do nothing"), default=False)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("decision on a finding")
        verbose_name_plural = _("decisions on a finding")

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}"

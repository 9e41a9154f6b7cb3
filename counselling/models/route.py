from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from counselling.models.concern import Concern
from herne_bildung.city.models import PublicContent, School, Sourced, Translated
from herne_bildung.city.models.base import PublicQuerySet


class RouteResult(PublicContent, Translated):
    """What someone has reached so far, such as a school-leaving certificate."""

    key = models.SlugField(_("key in addresses"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=150)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("result so far")
        verbose_name_plural = _("results so far")

    def __str__(self) -> str:
        return self.name_de


class Route(PublicContent, Sourced, Translated):
    """Ways on from one point of life: a graph of nodes and the steps between them."""

    slug = models.SlugField(_("address on the site"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=150)
    lead = models.TextField(_("in one or two sentences"), max_length=600)
    results = models.ManyToManyField(
        RouteResult,
        blank=True,
        related_name="routes",
        verbose_name=_("results so far to choose from"),
    )
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="routes",
        verbose_name=_("kept up to date by"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_published = models.BooleanField(_("on the site"), default=False)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("route")
        verbose_name_plural = _("routes")

    def __str__(self) -> str:
        return self.title_de or self.slug


class RouteNode(PublicContent, Sourced, Translated):
    """One station of a route: where one is, or can get to.

    What it leads to and which results it needs follows from its steps; the texts say
    only what steps do not.
    """

    class Kind(models.TextChoices):
        START = "start", _("starting point")
        ELEMENT = "element", _("step at school")
        SCHOOL = "school", _("school")
        CERTIFICATE = "certificate", _("certificate")
        TRAINING = "training", _("training")
        COURSE = "course", _("course")
        STUDY = "study", _("studies")
        SERVICE = "service", _("voluntary service")
        WORK = "work", _("work")
        ADVICE = "advice", _("advice")

    route = models.ForeignKey(
        Route, on_delete=models.CASCADE, related_name="nodes", verbose_name=_("route")
    )
    key = models.SlugField(_("key in addresses"), max_length=60)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text, short"), max_length=600, blank=True)
    needs = models.CharField(_("what it needs"), max_length=300, blank=True)
    leads_to = models.CharField(_("what it leads to"), max_length=300, blank=True)
    school_forms = ArrayField(
        models.CharField(max_length=24, choices=School.Form.choices),
        verbose_name=_("schools of these forms offer it"),
        default=list,
        blank=True,
    )
    concerns = models.ManyToManyField(
        Concern,
        blank=True,
        related_name="route_nodes",
        verbose_name=_("concerns"),
        help_text=_("Offices that help with them are named here."),
    )
    is_goal = models.BooleanField(
        _("goal"), default=False, help_text=_("The route may end here.")
    )
    is_published = models.BooleanField(_("on the site"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("station of a route")
        verbose_name_plural = _("stations of routes")
        constraints = [
            models.UniqueConstraint(
                fields=["route", "key"], name="route_node_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title_de or self.key


class RouteStep(PublicContent, Translated):
    """That one gets from one station to another; without `results` with any."""

    start = models.ForeignKey(
        RouteNode,
        on_delete=models.CASCADE,
        related_name="steps_on",
        verbose_name=_("from"),
    )
    end = models.ForeignKey(
        RouteNode,
        on_delete=models.CASCADE,
        related_name="steps_here",
        verbose_name=_("to"),
    )
    condition = models.CharField(_("condition"), max_length=300, blank=True)
    results = models.ManyToManyField(
        RouteResult,
        blank=True,
        related_name="steps",
        verbose_name=_("only with one of these results"),
        help_text=_("None chosen: possible with any result."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("step on")
        verbose_name_plural = _("steps on")
        constraints = [
            models.UniqueConstraint(
                fields=["start", "end"],
                name="route_step_once",
                violation_error_message=_("This step is there already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(start=models.F("end")),
                name="route_step_leads_on",
                violation_error_message=_("A step leads to another station."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start} → {self.end}"


class RouteDateQuerySet(PublicQuerySet):
    def not_past(self, day: date) -> "RouteDateQuerySet":
        """Dates that readers still can keep."""
        return self.filter(last_day__gte=day)

    def shown(self, day: date) -> "RouteDateQuerySet":
        """Those of them that are not hidden for want of confirmation."""
        return self.not_past(day).filter(is_hidden=False)


class RouteDate(PublicContent, Sourced, Translated):
    """A date of a school year, shown until it is past."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="dates")
    node = models.ForeignKey(
        RouteNode,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="dates",
        verbose_name=_("station"),
        help_text=_("Empty: it is about the whole route."),
    )
    title = models.CharField(_("title"), max_length=150)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    school_year = models.CharField(_("school year"), max_length=9)
    # Set by the freshness engine only: shown again once somebody confirms it.
    is_hidden = models.BooleanField(default=False, editable=False)
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="route_dates",
        verbose_name=_("kept up to date by"),
    )

    objects = RouteDateQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "last_day", "pk"]
        verbose_name = _("date of a route")
        verbose_name_plural = _("dates of routes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="route_date_ends_after_start",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=models.Q(school_year__regex=r"^20\d\d/\d\d$"),
                name="route_date_school_year",
                violation_error_message=_('Like "2026/27".'),
            ),
        ]

    def __str__(self) -> str:
        return self.title_de

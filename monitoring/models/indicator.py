from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goals.models.base import Publishable, organisation_field, role_field
from herne_bildung.city.models import PublicContent, Sourced, Translated
from monitoring.choices import (
    BreakKind,
    Cycle,
    Direction,
    Level,
    Measured,
    Protection,
    Unit,
)
from monitoring.querysets import IndicatorQuerySet

# Other pages stand at these places among the indicators.
TAKEN = ("raum", "befragungen", "erkenntnisse", "themen")


class Theme(PublicContent, Translated):
    """A field of the monitoring; a closed list of staff."""

    key = models.SlugField(_("key in addresses"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    about = models.TextField(_("in a few sentences"), max_length=600, blank=True)
    # The term of the EU's list of data themes: "EDUC", "SOCI", …
    data_theme = models.CharField(
        _("theme in open data catalogues"), max_length=4, default="EDUC"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("theme of the monitoring")
        verbose_name_plural = _("themes of the monitoring")

    def __str__(self) -> str:
        return self.name_de


class Dimension(PublicContent, Translated):
    """What values can be broken down by: sex, school form, age group."""

    key = models.SlugField(_("key in files"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        ordering = ["key"]
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")

    def __str__(self) -> str:
        return self.name_de


class Category(PublicContent, Translated):
    """One part of a breakdown. The total is no category: it is the empty one."""

    dimension = models.ForeignKey(
        Dimension, on_delete=models.PROTECT, related_name="categories"
    )
    key = models.SlugField(_("key in files"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["dimension", "order", "key"]
        verbose_name = _("part of a breakdown")
        verbose_name_plural = _("parts of breakdowns")
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "key"], name="category_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.name_de


class Indicator(Publishable, Sourced, Translated):
    """A figure of the monitoring: what it asks, how it is defined, who has it.

    Its values are `Observation` of its releases (public) and `RawValue` (never
    public). `as_of`, `source_title`, `source_url` and `licence` are those of the data.
    """

    slug = models.SlugField(
        _("address on the site"),
        max_length=100,
        unique=True,
        validators=[
            RegexValidator(rf"^(?!({'|'.join(TAKEN)})$)", _("This address is taken."))
        ],
    )
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name=_("theme"),
    )
    name = models.CharField(_("name"), max_length=150)
    question = models.CharField(
        _("question it answers"), max_length=250, help_text=_("In plain words.")
    )
    definition = models.TextField(_("Definition"), max_length=1500, blank=True)
    formula = models.TextField(_("how it is calculated"), max_length=600, blank=True)
    measured = models.CharField(_("kind of figure"), max_length=5, choices=Measured)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    decimals = models.PositiveSmallIntegerField(_("decimal places shown"), default=1)
    direction = models.CharField(
        _("good direction"), max_length=4, choices=Direction, blank=True
    )
    cycle = models.CharField(_("new values"), max_length=10, choices=Cycle, blank=True)
    levels = ArrayField(
        models.CharField(max_length=12, choices=Level),
        verbose_name=_("levels"),
        default=list,
        blank=True,
    )
    dimensions = models.ManyToManyField(
        Dimension, through="IndicatorDimension", related_name="indicators", blank=True
    )
    # Whose count a share is of, or a base of other indicators.
    base = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="shares",
        verbose_name=_("its base as an indicator of its own"),
    )
    protection = models.CharField(
        _("protection"), max_length=9, choices=Protection, default=Protection.PROTECTED
    )
    table_set = models.ForeignKey(
        "monitoring.TableSet",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("set of linked tables"),
        help_text=_("Tables that add up with each other are protected together."),
    )
    organisation = organisation_field("indicators")
    role = role_field("indicators")
    next_release_on = models.DateField(_("next values on"), null=True, blank=True)
    goals = models.ManyToManyField(
        "goals.Goal", blank=True, related_name="indicators", verbose_name=_("goals")
    )
    measures = models.ManyToManyField(
        "goals.Measure",
        blank=True,
        related_name="indicators",
        verbose_name=_("measures"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["theme", "order", "slug"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                condition=~Q(protection=Protection.PUBLISHED)
                | ~Q(source_title="") & Q(table_set=None),
                name="indicator_passes_with_its_source",
                violation_error_message=_(
                    "What passes unchanged names the source that published it, and is "
                    "in no set of protected tables."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=TAKEN), name="indicator_slug_is_free"
            ),
        ]
        indexes = [
            models.Index(fields=["next_release_on"], name="indicator_next_release")
        ]

    def __str__(self) -> str:
        return self.name_de


class IndicatorDimension(PublicContent):
    """The first, second or third breakdown of an indicator: its values have their
    part of it in `category_1`, `category_2` or `category_3`.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="breakdowns"
    )
    dimension = models.ForeignKey(
        Dimension,
        on_delete=models.PROTECT,
        related_name="uses",
        verbose_name=_("breakdown"),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), choices=[(1, "1"), (2, "2"), (3, "3")]
    )

    class Meta:
        ordering = ["indicator", "position"]
        verbose_name = _("breakdown of an indicator")
        verbose_name_plural = _("breakdowns of an indicator")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "position"], name="breakdown_position_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "dimension"], name="breakdown_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.dimension}"


class IndicatorRelation(PublicContent, Translated):
    """Two indicators of the same thing, defined differently: each page explains the
    difference and links the other.
    """

    first = models.ForeignKey(
        Indicator,
        on_delete=models.CASCADE,
        related_name="relations_on",
        verbose_name=_("indicator"),
    )
    second = models.ForeignKey(
        Indicator,
        on_delete=models.CASCADE,
        related_name="relations_back",
        verbose_name=_("other indicator"),
    )
    explanation = models.TextField(_("why they differ"), max_length=1000)

    class Meta:
        ordering = ["first", "second"]
        verbose_name = _("two definitions of one thing")
        verbose_name_plural = _("two definitions of one thing")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="relation_once"),
            models.CheckConstraint(
                condition=~Q(first=F("second")), name="relation_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"


class SeriesBreak(PublicContent, Translated):
    """From this period on values cannot be compared with those before; or one period
    that stands out for a reason.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="breaks"
    )
    kind = models.CharField(_("kind"), max_length=11, choices=BreakKind)
    # As `Observation.period`: the first one after a break.
    period = models.CharField(_("period"), max_length=10)
    reason = models.TextField(_("reason"), max_length=600)
    source_title = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)

    class Meta:
        ordering = ["indicator", "period"]
        verbose_name = _("break in a series")
        verbose_name_plural = _("breaks in a series")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"], name="break_once_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goals.models.base import Publishable, organisation_field, role_field
from herne_bildung.city.models import PublicContent, Sourced, Translated
from monitoring.choices import Cycle
from monitoring.querysets import InstrumentQuerySet, WaveQuerySet


class AskedGroup(PublicContent, Translated):
    """People who are asked: parents in daycare centres, pupils of the seventh year;
    a closed list of staff.
    """

    key = models.SlugField(_("key in addresses"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    rest_weeks = models.PositiveSmallIntegerField(
        _("weeks without another survey"),
        default=26,
        help_text=_("A second survey at the same place within it gives a warning."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("group that is asked")
        verbose_name_plural = _("groups that are asked")

    def __str__(self) -> str:
        return self.name_de


class Instrument(Publishable, Sourced, Translated):
    """A survey or statistic that is repeated: who asks whom, how often, since when.
    What is empty is not known.
    """

    slug = models.SlugField(_("address on the site"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200)
    about = models.TextField(_("in a few sentences"), max_length=1500, blank=True)
    is_survey = models.BooleanField(
        _("people are asked"), default=True, help_text=_("Not: a statistic of files.")
    )
    target = models.CharField(_("who is asked"), max_length=250, blank=True)
    groups = models.ManyToManyField(
        AskedGroup,
        blank=True,
        related_name="instruments",
        verbose_name=_("groups that are asked"),
    )
    where = models.CharField(_("where"), max_length=200, blank=True)
    first_year = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    cycle = models.CharField(_("how often"), max_length=10, choices=Cycle, blank=True)
    participation = models.CharField(_("participation"), max_length=300, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=400, blank=True)
    status_note = models.CharField(_("state"), max_length=300, blank=True)
    organisation = organisation_field("instruments")
    role = role_field("instruments")
    indicators = models.ManyToManyField(
        "monitoring.Indicator",
        blank=True,
        related_name="instruments",
        verbose_name=_("indicators from it"),
    )
    measures = models.ManyToManyField(
        "goals.Measure",
        blank=True,
        related_name="instruments",
        verbose_name=_("measures"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("survey instrument")
        verbose_name_plural = _("survey instruments")

    def __str__(self) -> str:
        return self.name_de


class Wave(Publishable, Translated):
    """One round of a survey: when, where, who answered, what came of it."""

    instrument = models.ForeignKey(
        Instrument,
        on_delete=models.CASCADE,
        related_name="waves",
        verbose_name=_("survey instrument"),
    )
    title = models.CharField(_("title"), max_length=150)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    groups = models.ManyToManyField(
        AskedGroup, related_name="waves", verbose_name=_("groups that are asked")
    )
    is_everywhere = models.BooleanField(
        _("at all places of the city"),
        default=False,
        help_text=_("Else choose organisations, schools or districts."),
    )
    organisations = models.ManyToManyField(
        "city.Organisation",
        blank=True,
        related_name="waves",
        verbose_name=_("daycare centres and other organisations"),
    )
    schools = models.ManyToManyField(
        "city.School", blank=True, related_name="waves", verbose_name=_("schools")
    )
    districts = models.ManyToManyField(
        "city.District", blank=True, related_name="waves", verbose_name=_("districts")
    )
    organisation = organisation_field("conducted_waves")
    legal_basis = models.CharField(_("legal basis"), max_length=400, blank=True)
    invited = models.PositiveIntegerField(_("people asked"), null=True, blank=True)
    answered = models.PositiveIntegerField(
        _("people who answered"), null=True, blank=True
    )
    participation = models.DecimalField(
        _("participation in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    findings_text = models.TextField(
        _("what came out"), max_length=2000, blank=True, help_text=_("For those asked.")
    )
    reported_on = models.DateField(_("reported back on"), null=True, blank=True)
    reported_how = models.CharField(_("how"), max_length=300, blank=True)
    report_url = models.URLField(_("address of the report"), blank=True)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("wave of a survey")
        verbose_name_plural = _("waves of surveys")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="wave_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(answered=None)
                | Q(invited=None)
                | Q(answered__lte=F("invited")),
                name="wave_answered_at_most_invited",
                violation_error_message=_("More answered than were asked."),
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="wave_days")]

    def __str__(self) -> str:
        return f"{self.instrument}: {self.title_de}"

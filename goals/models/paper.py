from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.choices import MandateStatus
from goals.models.base import Publishable, organisation_field, role_field, wording
from goals.models.goal import Goal
from goals.models.measure import Measure
from goals.querysets import MandateQuerySet, PaperPartQuerySet, PaperQuerySet
from herne_bildung.city.models import PublicContent, Sourced, Translated

PARTIAL_DATE = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    _("A year, a month or a day, like 2013, 2013-10 or 2013-10-24."),
)


def partial_date(label: str) -> models.CharField:
    """A day, or as much of it as is known: "2013", "2013-10", "2013-10-24"."""
    return models.CharField(label, max_length=10, blank=True, validators=[PARTIAL_DATE])


class FromOParl(models.Model):
    """What is known by an OParl server too. `oparl_id` is its address there.

    Deleted there, an entry stays here as a tombstone: it is public no more, and what
    staff noted is kept.
    """

    oparl_id = models.URLField(
        _("OParl address"), max_length=500, null=True, unique=True, editable=False
    )
    oparl_modified = models.DateTimeField(null=True, editable=False)
    oparl_deleted = models.BooleanField(
        _("deleted in the council's system"), default=False, editable=False
    )
    # What the server last said, by field: what else stands in them is our own.
    oparl_values = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True


class CouncilPaper(FromOParl, Publishable, Sourced, Translated):
    """A paper of the council or a committee (Vorlage). What is empty is not known."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(
        _("number"),
        max_length=20,
        validators=[RegexValidator(r"^[0-9A-Za-z-]+$", _("Digits and letters only."))],
    )
    # Its part of an address, like "2013-0502".
    slug = models.SlugField(max_length=40, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=400)
    paper_type = models.CharField(_("kind of paper"), max_length=100, blank=True)
    dated = partial_date(_("day, month or year"))
    lead = models.CharField(_("leading department"), max_length=200, blank=True)
    organisation = organisation_field("council_papers")
    summary = models.TextField(_("in our own words"), max_length=1000, blank=True)
    resolution = wording(_("text of the resolution"))
    costs = models.CharField(_("financial effects"), max_length=200, blank=True)
    website = models.URLField(
        _("address in the council's system"), max_length=500, blank=True
    )
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="papers", verbose_name=_("about these goals")
    )
    oparl_source = models.ForeignKey(
        "goals.OParlSource",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="papers",
        verbose_name=_("from this OParl source"),
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        verbose_name = _("council paper")
        verbose_name_plural = _("council papers")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="paper_number_once",
                violation_error_message=_("There is a paper of this number already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title_de}"

    def save(self, *args, **options) -> None:
        self.slug = f"{self.year}-{self.number}".lower()
        super().save(*args, **options)

    def clean(self) -> None:
        """Addresses know no capital letters: "12A" and "12a" are the same."""
        super().clean()
        others = CouncilPaper.objects.exclude(pk=self.pk)
        address = f"{self.year}-{self.number}".lower()
        if others.filter(slug=address).exists():
            text = _("There is a paper of this number already.")
            raise ValidationError({"number": text})

    @property
    def reference(self) -> str:
        """Its reference number as the council writes it: "2013/0502"."""
        return f"{self.year}/{self.number}"


class Consultation(FromOParl, PublicContent, Sourced):
    """That a committee dealt with a paper. An empty result is not known."""

    paper = models.ForeignKey(
        CouncilPaper, on_delete=models.CASCADE, related_name="consultations"
    )
    committee = models.CharField(_("committee"), max_length=200)
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("committee in the list of organisations"),
    )
    day = partial_date(_("day, month or year"))
    role = models.CharField(_("role"), max_length=100, blank=True)
    result = models.CharField(_("result"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PaperPartQuerySet.as_manager()

    class Meta:
        ordering = ["order", "day", "pk"]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    def __str__(self) -> str:
        return f"{self.committee} {self.day}".strip()


class PaperFile(FromOParl, PublicContent):
    """An attachment, as a link; without an address only its name is known."""

    paper = models.ForeignKey(
        CouncilPaper, on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(_("name"), max_length=300)
    url = models.URLField(_("address"), max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PaperPartQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name


class Mandate(Publishable, Sourced, Translated):
    """What a paper orders (Auftrag): one sentence of its resolution, tracked."""

    paper = models.ForeignKey(
        CouncilPaper,
        on_delete=models.PROTECT,
        related_name="mandates",
        verbose_name=_("council paper"),
    )
    wording = wording(_("sentence of the resolution"))
    task = models.CharField(_("what is to be done"), max_length=300)
    organisation = organisation_field("mandates")
    role = role_field("mandates")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=MandateStatus,
        blank=True,
        default=MandateStatus.UNKNOWN,
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=1000, blank=True)
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="mandates", verbose_name=_("goals")
    )
    measures = models.ManyToManyField(
        Measure,
        blank=True,
        related_name="mandates",
        verbose_name=_("measures that carry it out"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["paper", "order", "pk"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")

    def __str__(self) -> str:
        return self.task_de

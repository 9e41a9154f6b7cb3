from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.choices import BodyKind, DocumentKind
from goals.models.base import Publishable, role_field
from goals.models.paper import CouncilPaper, partial_date
from goals.querysets import BodyQuerySet
from herne_bildung.city.models import PublicContent, Sourced, Translated

# The directory stands beside the bodies.
TAKEN = "verzeichnis"


class Body(Publishable, Sourced, Translated):
    """A body or circle of the education network. One that is in the list of
    organisations has its name from there.
    """

    kind = models.CharField(_("kind"), max_length=13, choices=BodyKind)
    slug = models.SlugField(
        _("address on the site"),
        max_length=100,
        unique=True,
        validators=[RegexValidator(rf"^(?!{TAKEN}$)", _("This address is taken."))],
    )
    organisation = models.OneToOneField(
        "city.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="body",
        verbose_name=_("the same in the list of organisations"),
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the name in the list of organisations."),
    )
    task = models.TextField(
        _("task"), max_length=600, blank=True, help_text=_("In our own words.")
    )
    role = role_field("bodies")
    website = models.URLField(_("website"), max_length=500, blank=True)
    holds_conferences = models.BooleanField(
        _("the conferences of this portal are its own"), default=False
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "order", "slug"]
        verbose_name = _("body of the network")
        verbose_name_plural = _("bodies of the network")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False)
                | ~models.Q(name_de="") & models.Q(name_de__isnull=False),
                name="body_has_a_name",
                violation_error_message=_(
                    "Give a name, or choose the entry in the list of organisations."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name_de or str(self.organisation)

    @property
    def named(self) -> models.Model:
        """What holds its name: itself, or its entry in the list of organisations."""
        return self if self.name_de else self.organisation


class BodyMember(PublicContent, Sourced, Translated):
    """An organisation that takes part; never a person. One that is in no list of ours
    has its name here.
    """

    body = models.ForeignKey(
        Body,
        on_delete=models.CASCADE,
        related_name="members",
        verbose_name=_("body of the network"),
    )
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="body_memberships",
        verbose_name=_("organisation"),
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("Only for what is not in the list of organisations. No people."),
    )
    role = models.CharField(
        _("role there"), max_length=150, blank=True, help_text=_("Empty: not known.")
    )
    is_in_charge = models.BooleanField(_("in charge"), default=False)
    since = partial_date(_("since"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["-is_in_charge", "order", "pk"]
        verbose_name = _("who takes part")
        verbose_name_plural = _("who takes part")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False)
                | ~models.Q(name_de="") & models.Q(name_de__isnull=False),
                name="body_member_has_a_name",
                violation_error_message=_("Choose an organisation, or give a name."),
            ),
            models.UniqueConstraint(
                fields=["body", "organisation"],
                name="body_member_once",
                violation_error_message=_("This organisation takes part already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.name_de)

    @property
    def named(self) -> models.Model:
        """What holds its name: the organisation, or itself."""
        return self.organisation or self


class BodyDate(PublicContent, Translated):
    """A meeting. Without a start it takes the day; without an end that is not known."""

    body = models.ForeignKey(
        Body,
        on_delete=models.CASCADE,
        related_name="dates",
        verbose_name=_("body of the network"),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    place = models.ForeignKey(
        "city.Place",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="body_dates",
        verbose_name=_("place"),
    )
    venue = models.CharField(
        _("place in words"), max_length=200, blank=True, help_text=_("Or online.")
    )
    is_public = models.BooleanField(
        _("on the site"),
        default=True,
        help_text=_("Whether everyone may read of this date."),
    )
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    class Meta:
        ordering = ["day", "starts_at", "pk"]
        verbose_name = _("date of a body")
        verbose_name_plural = _("dates")
        indexes = [models.Index(fields=["day", "body"], name="body_date_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None)
                | models.Q(starts_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="body_date_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.day}"


class BodyDocument(PublicContent, Translated):
    """A paper or a result of a body: a link, a few sentences, or both."""

    body = models.ForeignKey(
        Body,
        on_delete=models.CASCADE,
        related_name="documents",
        verbose_name=_("body of the network"),
    )
    kind = models.CharField(
        _("kind"), max_length=6, choices=DocumentKind, default=DocumentKind.RESULT
    )
    title = models.CharField(_("title"), max_length=200)
    dated = partial_date(_("day, month or year"))
    text = models.TextField(_("in a few sentences"), max_length=1500, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    council_paper = models.ForeignKey(
        CouncilPaper,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="body_documents",
        verbose_name=_("council paper"),
    )
    is_public = models.BooleanField(_("on the site"), default=True)

    class Meta:
        ordering = ["-dated", "-pk"]
        verbose_name = _("paper or result")
        verbose_name_plural = _("papers and results")

    def __str__(self) -> str:
        return self.title_de

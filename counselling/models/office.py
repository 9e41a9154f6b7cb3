from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from counselling.choices import Audience, Hours, Way
from counselling.models.concern import Concern
from counselling.models.role import ContactRole
from counselling.querysets import OfficeQuerySet
from herne_bildung.city.models import PublicContent, School, Sourced, Translated
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib.analyser import sort_key


def several(label, choices, length: int = 24) -> ArrayField:
    """A column of several codes of a closed list."""
    code = models.CharField(max_length=length, choices=choices)
    return ArrayField(code, verbose_name=label, default=list, blank=True)


class CounsellingOffice(PublicContent, Sourced, Translated):
    """Where people are advised.

    An empty fact means "not known", never "no". What was only planned is kept as
    history: it has a page, and is never an answer.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")
        PLANNED = "planned", _("was only planned (history)")
        # Set by the freshness engine only (counselling.care).
        UNCONFIRMED = "unconfirmed", _("hidden until it is confirmed")
        ENDED = "ended", _("has ended")

    slug = models.SlugField(_("address on the site"), max_length=120, unique=True)
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="counselling_offices",
        verbose_name=_("organisation"),
        help_text=_("Empty only where a document names none."),
    )
    state = models.CharField(
        _("state"), max_length=11, choices=State.choices, default=State.DRAFT
    )
    is_general = models.BooleanField(
        _("general office"),
        default=False,
        help_text=_("Named where no other office fits. There is one in the city."),
    )
    name = models.CharField(_("name"), max_length=200)
    summary = models.CharField(_("in one or two sentences"), max_length=400)
    description = models.TextField(_("description"), blank=True)
    what_to_bring = models.TextField(_("what to bring"), blank=True)

    concerns = models.ManyToManyField(
        Concern,
        through="OfficeConcern",
        related_name="offices",
        verbose_name=_("concerns"),
    )
    audiences = several(_("for whom"), Audience.choices)
    is_citywide = models.BooleanField(_("for the whole city"), null=True, blank=True)
    districts = models.ManyToManyField(
        "city.District",
        blank=True,
        related_name="counselling_offices",
        verbose_name=_("responsible for these districts"),
    )
    school_forms = several(_("responsible for these school forms"), School.Form.choices)
    languages = several(_("languages spoken"), SpokenLanguage.choices, 12)
    has_interpreting = models.BooleanField(
        _("interpreting can be arranged"), null=True, blank=True
    )
    interpreting_days = models.PositiveSmallIntegerField(
        _("days ahead to ask for interpreting"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(90)],
    )
    ways = several(_("how people are advised"), Way.choices, 12)
    is_anonymous = models.BooleanField(_("anonymous"), null=True, blank=True)
    is_free = models.BooleanField(_("free of charge"), null=True, blank=True)
    is_accessible = models.BooleanField(_("accessible"), null=True, blank=True)
    accessibility_note = models.CharField(
        _("note on accessibility"), max_length=300, blank=True
    )
    place = models.ForeignKey(
        "city.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="counselling_offices",
        verbose_name=_("place"),
    )
    hours = models.CharField(
        _("opening hours"), max_length=11, choices=Hours.choices, default=Hours.UNKNOWN
    )
    hours_note = models.CharField(_("note on the hours"), max_length=300, blank=True)
    appointment_url = models.URLField(_("address to make an appointment"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    cases_a_month = models.PositiveIntegerField(
        _("people it can advise a month"),
        null=True,
        blank=True,
        help_text=_("For staff only, beside what people look for."),
    )
    internal_note = models.TextField(
        _("internal note"),
        blank=True,
        help_text=_("For staff and advisers only, never for the public."),
    )
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("counselling office")
        verbose_name_plural = _("counselling offices")
        indexes = [
            models.Index(fields=["state", "sort_key"], name="office_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["is_general"],
                condition=models.Q(is_general=True),
                name="one_general_office",
                violation_error_message=_("There is a general office already."),
            ),
            models.UniqueConstraint(
                fields=["seed_key"],
                condition=~models.Q(seed_key=""),
                name="office_seed_key_once",
            ),
            models.CheckConstraint(
                condition=models.Q(interpreting_days=None)
                | models.Q(has_interpreting=True),
                name="office_days_ahead_need_interpreting",
                violation_error_message=_(
                    "Days ahead make sense only where interpreting can be arranged."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name_de or self.slug

    @property
    def is_accessible_there(self) -> bool | None:
        """Its own word, else that of its place; None where nobody knows."""
        if self.is_accessible is None and self.place:
            return self.place.is_accessible
        return self.is_accessible

    @property
    def shown_roles(self) -> list[ContactRole]:
        """Contact roles the public sees, from prefetched rows: hidden ones are not
        among them, but the general contact always is.
        """
        return [
            role for role in self.roles.all() if role.is_general or not role.is_hidden
        ]

    def role_for(self, concern_key: str | None) -> ContactRole | None:
        """Whom to ask here: who is responsible for the concern, else the general
        contact; from prefetched `roles__concerns`.
        """
        responsible = [
            role
            for role in self.shown_roles
            if any(concern.key == concern_key for concern in role.concerns.all())
        ]
        general = [role for role in self.shown_roles if role.is_general]
        return next(iter([*responsible, *general]), None)

    def save(self, *args, **options) -> None:
        self.sort_key = sort_key(self.name_de or "")[:200]
        super().save(*args, **options)


class OfficeConcern(PublicContent):
    """That an office helps with a concern, and whether that is its main task."""

    office = models.ForeignKey(
        CounsellingOffice, on_delete=models.CASCADE, related_name="concern_links"
    )
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        related_name="office_links",
        verbose_name=_("concern"),
    )
    is_main = models.BooleanField(
        _("one of its main tasks"),
        default=True,
        help_text=_("Offices whose main task it is are named first."),
    )

    class Meta:
        ordering = ["-is_main", "concern__order"]
        verbose_name = _("what it helps with")
        verbose_name_plural = _("what it helps with")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "concern"], name="concern_once_an_office"
            )
        ]

    def __str__(self) -> str:
        return str(self.concern)

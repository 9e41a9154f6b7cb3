from collections.abc import Collection
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent, Sourced, Translated
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib import clock
from herne_bildung.lib.analyser import sort_key
from offerings.chains import makes_a_circle
from offerings.choices import Format, OnlyFor, PlacesLeft, QualityArea, TargetGroup
from offerings.querysets import OfferingQuerySet


class Offering(PublicContent, Sourced, Translated):
    """What people can attend or use (HSDS: service).

    An empty fact means "not known", never "no": filters put entries whose fact is
    unknown under "may fit, please ask". Ages are months; without an upper age the
    offer is open upwards. `as_of` says which year a document describes. Without
    `paused_until` a pause has no known end. `places_left` was so on `places_left_on`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")
        # Set by the freshness engine only (offerings.care).
        UNCONFIRMED = "unconfirmed", _("hidden until it is confirmed")
        ENDED = "ended", _("has ended")

    class Registration(models.TextChoices):
        UNKNOWN = "", _("not known")
        NONE = "none", _("not needed")
        NEEDED = "needed", _("needed")

    slug = models.SlugField(_("address on the site"), max_length=120, unique=True)
    provider = models.ForeignKey(
        "city.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offerings",
        verbose_name=_("provider"),
        help_text=_("Empty only where a document names no provider."),
    )
    state = models.CharField(
        _("state"), max_length=11, choices=State.choices, default=State.DRAFT
    )
    visible_from = models.DateField(_("visible from"), null=True, blank=True)
    visible_until = models.DateField(_("visible until"), null=True, blank=True)

    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("in one or two sentences"), max_length=400)
    description = models.TextField(_("description"), blank=True)
    next_step = models.CharField(_("how do I take part"), max_length=400, blank=True)

    topics = models.ManyToManyField(
        "offerings.Topic",
        related_name="offerings",
        verbose_name=_("topics"),
        blank=True,
    )
    places = models.ManyToManyField(
        "city.Place", related_name="offerings", verbose_name=_("places"), blank=True
    )
    is_citywide = models.BooleanField(_("for the whole city"), null=True, blank=True)
    format = models.CharField(
        _("format"), max_length=10, choices=Format.choices, blank=True
    )
    age_min_months = models.PositiveSmallIntegerField(
        _("from age (months)"), null=True, blank=True
    )
    age_max_months = models.PositiveSmallIntegerField(
        _("up to age (months)"), null=True, blank=True
    )
    target_groups = ArrayField(
        models.CharField(max_length=20, choices=TargetGroup.choices),
        verbose_name=_("for whom"),
        default=list,
        blank=True,
    )
    only_for = models.CharField(
        _("only for"), max_length=10, choices=OnlyFor.choices, blank=True
    )
    languages = ArrayField(
        models.CharField(max_length=12, choices=SpokenLanguage.choices),
        verbose_name=_("languages of the offer"),
        default=list,
        blank=True,
    )
    is_accessible = models.BooleanField(_("accessible"), null=True, blank=True)
    accessibility_note = models.CharField(
        _("note on accessibility"), max_length=300, blank=True
    )
    has_childcare = models.BooleanField(
        _("childcare during the offer"), null=True, blank=True
    )
    is_free = models.BooleanField(_("free of charge"), null=True, blank=True)
    registration = models.CharField(
        _("registration"), max_length=6, choices=Registration.choices, blank=True
    )
    registration_url = models.URLField(_("address to register"), blank=True)
    places_left = models.CharField(
        _("places left"), max_length=12, choices=PlacesLeft.choices, blank=True
    )
    places_left_on = models.DateField(
        _("places left, noted on"), null=True, blank=True, editable=False
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    paused_from = models.DateField(_("pauses from"), null=True, blank=True)
    paused_until = models.DateField(_("pauses until"), null=True, blank=True)
    is_holiday_programme = models.BooleanField(
        _("holiday programme"), null=True, blank=True
    )
    running_since = models.CharField(_("running since"), max_length=10, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("followed by"),
    )
    quality_areas = ArrayField(
        models.CharField(max_length=20, choices=QualityArea.choices),
        verbose_name=_("areas of the quality profile of family centres"),
        default=list,
        blank=True,
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)

    internal_note = models.TextField(
        _("internal note"),
        blank=True,
        help_text=_("For staff and advisers only, never for the public."),
    )

    template = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="series",
        verbose_name=_("template of the series"),
    )
    # Digest of each shared fact of the template that was taken over or looked at.
    template_seen = models.JSONField(default=dict, editable=False)
    # Shared facts the template has changed since, as `offerings.series` names them.
    template_news = ArrayField(
        models.CharField(max_length=40), default=list, editable=False
    )

    next_start = models.DateTimeField(null=True, blank=True, editable=False)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")

    objects = OfferingQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        indexes = [
            models.Index(fields=["sort_key", "id"], name="offering_by_name"),
            models.Index(
                fields=["is_sample", "next_start", "sort_key", "id"],
                name="offering_by_date",
            ),
            models.Index(
                fields=["-created_at"],
                name="offering_newest",
                condition=models.Q(is_sample=False),
            ),
            models.Index(
                fields=["next_start"],
                name="offering_next_start",
                condition=models.Q(next_start__isnull=False),
            ),
            models.Index(
                fields=["id"],
                name="offering_samples",
                condition=models.Q(is_sample=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_max_months=None)
                | models.Q(
                    age_min_months__isnull=False,
                    age_max_months__gte=models.F("age_min_months"),
                ),
                name="offering_ages_are_a_range",
                violation_error_message=_(
                    "The highest age is below the youngest, or the youngest is missing."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="offering_ends_after_start",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=models.Q(paused_until=None)
                | models.Q(
                    paused_from__isnull=False,
                    paused_until__gte=models.F("paused_from"),
                ),
                name="offering_pause_is_a_range",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=models.Q(visible_until=None)
                | models.Q(visible_from=None)
                | models.Q(visible_until__gte=models.F("visible_from")),
                name="offering_visible_range",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=models.Q(template=None) | ~models.Q(template=models.F("id")),
                name="offering_is_not_its_own_template",
            ),
            models.UniqueConstraint(
                fields=["seed_key"],
                condition=~models.Q(seed_key=""),
                name="offering_seed_key_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title_de or self.slug

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Also refuse a successor that leads back to this offer."""
        super().clean_fields(exclude=exclude)
        is_given = "successor" not in (exclude or ())
        if is_given and makes_a_circle(self.pk, self.successor_id):
            message = _("This offer leads back to the same one.")
            raise ValidationError({"successor": message})

    @property
    def has_ended(self) -> bool:
        """True when the last day is over."""
        return self.ends_on is not None and self.ends_on < clock.today()

    def is_published_on(self, day: date) -> bool:
        """Whether the public sees it on that day, as `published()` of the queryset."""
        return (
            self.state == self.State.PUBLISHED
            and (self.visible_from is None or self.visible_from <= day)
            and (self.visible_until is None or self.visible_until >= day)
        )

    def save(self, *args, **options) -> None:
        self.sort_key = sort_key(self.title_de or "")[:200]
        super().save(*args, **options)

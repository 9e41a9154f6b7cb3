from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import PublicContent, Sourced
from herne_bildung.city.models.search import ReferenceVersion


class District(PublicContent, Sourced):
    """A part of the city. Its key is level + code, never the name: two levels
    have a "Wanne", and official codes are not known yet.
    """

    class Level(models.TextChoices):
        CITY = "stadt", _("city")
        BOROUGH = "stadtbezirk", _("borough (Stadtbezirk)")
        QUARTER = "ortsteil", _("quarter (Ortsteil)")
        STATISTICAL = "statistisch", _("statistical district")

    class ShapeQuality(models.TextChoices):
        NONE = "", _("no shape")
        OFFICIAL = "official", _("official")
        PLACEHOLDER = "placeholder", _("placeholder, not an official border")

    key = models.CharField(max_length=80, unique=True, editable=False)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    code = models.CharField(_("code"), max_length=60)
    has_provisional_code = models.BooleanField(_("provisional code"), default=True)
    name = models.CharField(_("name"), max_length=100)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    shape = models.JSONField(_("shape (GeoJSON geometry)"), null=True, blank=True)
    shape_quality = models.CharField(
        _("quality of the shape"),
        max_length=12,
        choices=ShapeQuality.choices,
        blank=True,
    )
    latitude = models.FloatField(_("latitude of the middle"), null=True, blank=True)
    longitude = models.FloatField(_("longitude of the middle"), null=True, blank=True)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code"], name="district_level_code"
            ),
            models.CheckConstraint(
                condition=models.Q(level="stadt", parent=None)
                | (~models.Q(level="stadt") & models.Q(parent__isnull=False)),
                name="district_has_parent_unless_city",
            ),
            models.CheckConstraint(
                condition=models.Q(shape=None, shape_quality="")
                | (models.Q(shape__isnull=False) & ~models.Q(shape_quality="")),
                name="district_shape_has_quality",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_level_display()})"

    def save(self, *args, **options) -> None:
        self.key = f"{self.level}-{self.code}"
        super().save(*args, **options)
        ReferenceVersion.raise_for("district")


class DistrictAlias(PublicContent):
    """A former key of a district, so that printed addresses go on working."""

    key = models.CharField(max_length=80, unique=True)
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, related_name="aliases"
    )

    class Meta:
        verbose_name = _("former key of a district")
        verbose_name_plural = _("former keys of districts")

    def __str__(self) -> str:
        return self.key

    def save(self, *args, **options) -> None:
        super().save(*args, **options)
        ReferenceVersion.raise_for("district")

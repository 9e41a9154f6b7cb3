from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent, Sourced
from monitoring.choices import Level
from monitoring.querysets import AreaQuerySet


class Area(PublicContent, Sourced):
    """Something figures are known for: a part of Herne, a single school, or a place
    to compare with. Parts of Herne are districts, whose name and shape they have.
    """

    key = models.SlugField(_("key in addresses and files"), max_length=80, unique=True)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    name = models.CharField(_("name"), max_length=150)
    # "05916" or "05916000"; empty for parts of the city.
    official_key = models.CharField(_("official key"), max_length=12, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    district = models.OneToOneField(
        "city.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="area",
        verbose_name=_("district of Herne"),
    )
    school = models.OneToOneField(
        "city.School",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="area",
        verbose_name=_("school"),
    )
    is_neighbour = models.BooleanField(_("neighbour of Herne"), default=False)
    shape = models.JSONField(_("shape (GeoJSON geometry)"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(
                condition=Q(level=Level.SCHOOL, school__isnull=False, district=None)
                | ~Q(level=Level.SCHOOL) & Q(school=None),
                name="area_of_a_school",
            ),
        ]
        indexes = [models.Index(fields=["level"], name="area_level")]

    def __str__(self) -> str:
        return self.name

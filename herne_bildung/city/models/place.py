from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import PublicContent, Sourced
from herne_bildung.city.models.search import ReferenceVersion


class Place(PublicContent, Sourced):
    """An address people go to. The district comes from an official shape or from
    a person; one guessed from a placeholder shape says so.
    """

    name = models.CharField(_("name"), max_length=200, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    city = models.CharField(_("town"), max_length=100, default="Herne")
    district = models.ForeignKey(
        "city.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("district"),
    )
    is_district_guessed = models.BooleanField(
        _("district is guessed"),
        default=False,
        help_text=_("From a shape that is no official border. Please settle it."),
    )
    is_district_chosen = models.BooleanField(
        _("district was chosen by a person"),
        default=False,
        help_text=_("Then no import changes it."),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    is_accessible = models.BooleanField(
        _("accessible by wheelchair"), null=True, blank=True
    )
    accessibility_note = models.CharField(
        _("note on accessibility"), max_length=300, blank=True
    )

    class Meta:
        ordering = ["name", "street"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_coordinates_are_a_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(is_district_chosen=False)
                | models.Q(is_district_guessed=False, district__isnull=False),
                name="place_chosen_district_is_sure",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.address]))

    def save(self, *args, **options) -> None:
        super().save(*args, **options)
        ReferenceVersion.raise_for("place")

    @property
    def address(self) -> str:
        """Street, postal code and town on one line; empty parts left out."""
        return ", ".join(filter(None, self.address_lines))

    @property
    def address_lines(self) -> list[str]:
        """The same in lines; none where the street is not known."""
        if not self.street:
            return []
        return [self.street, f"{self.postal_code} {self.city}".strip()]

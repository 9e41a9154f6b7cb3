from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import Picture, Translated, Upload


class OfferingPicture(Picture):
    """The picture of an offer, on its page only: lists stay light."""

    offering = models.OneToOneField(
        "offerings.Offering", on_delete=models.CASCADE, related_name="picture"
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class OfferingFlyer(Upload, Translated):
    """A leaflet of an offer as PDF. `size` is in bytes."""

    offering = models.ForeignKey(
        "offerings.Offering", on_delete=models.CASCADE, related_name="flyers"
    )
    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_("What readers see as the link. Example: “Programme of autumn”"),
    )
    size = models.PositiveIntegerField(_("size"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("flyer")
        verbose_name_plural = _("flyers")

    def __str__(self) -> str:
        return self.title_de or self.file

from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import PublicContent


class SchoolHoliday(PublicContent):
    """School holidays of North Rhine-Westphalia, first and last day included."""

    name = models.CharField(_("name"), max_length=60)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    source_title = models.CharField(_("source"), max_length=300)

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("school holidays")
        verbose_name_plural = _("school holidays")
        constraints = [
            models.UniqueConstraint(fields=["name", "starts_on"], name="one_holiday"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="holiday_ends_after_start",
                violation_error_message=_("The last day lies before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on:%Y}"

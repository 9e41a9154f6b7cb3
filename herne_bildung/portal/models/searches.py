from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchWithoutResult(models.Model):
    """How often a search found nothing, by month; no link to any person."""

    month = models.DateField(_("month"))
    words = models.CharField(_("words"), max_length=100)
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        ordering = ["-month", "-count"]
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints = [
            models.UniqueConstraint(fields=["month", "words"], name="one_count_a_month")
        ]

    def __str__(self) -> str:
        return self.words

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField


class Campaign(models.Model):
    """All that falls due until a day is asked at once, as before the summer holidays.

    Planned and looked at first; started by staff.
    """

    name = models.CharField(_("name"), max_length=100)
    covers_until = models.DateField(
        _("asks what falls due until"),
        help_text=_("For example the last day of the summer holidays."),
    )
    created_at = MomentField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("started by"),
    )
    entries_asked = models.PositiveIntegerField(_("entries"), null=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return self.name

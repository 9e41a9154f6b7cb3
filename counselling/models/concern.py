from django.db import models
from django.utils.translation import gettext_lazy as _

from counselling.choices import ConcernGroup
from herne_bildung.city.models import PublicContent, Translated


class Concern(PublicContent, Translated):
    """What a person comes with, in people's own words; a closed list of staff."""

    key = models.SlugField(_("key in addresses"), max_length=60, unique=True)
    group = models.CharField(_("group"), max_length=10, choices=ConcernGroup.choices)
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_('As people say it, for example "My child is to change school".'),
    )
    synonyms = models.JSONField(
        _("other words people type, by language"), default=dict, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")

    def __str__(self) -> str:
        return self.name_de


class ConcernCount(models.Model):
    """How often a concern was chosen in a month, at least: pages answered from caches
    are not counted, and nothing of the person is.
    """

    concern = models.ForeignKey(
        Concern,
        on_delete=models.CASCADE,
        related_name="counts",
        verbose_name=_("concern"),
    )
    month = models.DateField(_("month"), help_text=_("its first day"))
    number = models.PositiveIntegerField(_("number, at least"), default=0)

    class Meta:
        ordering = ["-month", "concern"]
        verbose_name = _("concerns of a month")
        verbose_name_plural = _("what people look for")
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "month"], name="one_concern_count_a_month"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="concern_count_begins_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concern} {self.month:%Y-%m}"

from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent, ReferenceVersion, Translated
from offerings.choices import FamilyNeed


class Topic(PublicContent, Translated):
    """A topic of the closed taxonomy, in two levels; edited by staff only."""

    key = models.SlugField(_("key in addresses"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    name = models.CharField(_("name"), max_length=100)
    synonyms = models.JSONField(
        _("other words people type, by language"), default=dict, blank=True
    )
    family_need = models.CharField(
        _("need in the family portal"),
        max_length=10,
        choices=FamilyNeed.choices,
        blank=True,
        help_text=_("Empty: as the topic it is part of."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name_de

    def save(self, *args, **options) -> None:
        super().save(*args, **options)
        ReferenceVersion.raise_for("topic")

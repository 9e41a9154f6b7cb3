from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.models.base import Publishable, wording
from herne_bildung.city.models import Sourced, Translated


class MissionSentence(Publishable, Sourced, Translated):
    """One part of the Leitbild: its definition of education, a principle, or one of
    its numbered sentences.
    """

    class Kind(models.TextChoices):
        DEFINITION = "definition", _("definition")
        PRINCIPLE = "principle", _("principle")
        SENTENCE = "sentence", _("guiding sentence")
        CONCLUSION = "conclusion", _("conclusion")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    wording = wording(_("official wording"))
    short = models.TextField(_("in plain words"), max_length=600, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("part of the Leitbild")
        verbose_name_plural = _("Leitbild")

    def __str__(self) -> str:
        return self.heading_de or self.get_kind_display()

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.models.base import Publishable
from herne_bildung.city.models import Sourced, Translated

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Period(Publishable, Sourced, Translated):
    """Years for which the city set action goals. A closed one is history: nothing of
    it is due, nobody is reminded.
    """

    class Known(models.TextChoices):
        """How much of its goals is known."""

        COMPLETE = "complete", _("wording of all goals")
        HEADINGS = "headings", _("headings only")
        NOTHING = "nothing", _("neither number nor wording")

    first_year = models.PositiveSmallIntegerField(
        _("first year"),
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    last_year = models.PositiveSmallIntegerField(
        _("last year"),
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    about = models.TextField(_("in a few sentences"), max_length=1000, blank=True)
    known = models.CharField(
        _("what is known of its goals"),
        max_length=8,
        choices=Known.choices,
        default=Known.COMPLETE,
    )
    is_closed = models.BooleanField(
        _("closed"), default=False, help_text=_("History: nothing of it is due.")
    )
    paper = models.ForeignKey(
        "goals.CouncilPaper",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="periods",
        verbose_name=_("passed with council paper"),
    )

    class Meta:
        ordering = ["-first_year"]
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        constraints = [
            models.UniqueConstraint(
                fields=["first_year", "last_year"],
                name="period_once",
                violation_error_message=_("This period is there already."),
            ),
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")),
                name="period_ends_after_start",
                violation_error_message=_("The last year lies before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_year}–{self.last_year}"

    @property
    def slug(self) -> str:
        """Its part of an address, like "2013-2017"."""
        return f"{self.first_year}-{self.last_year}"

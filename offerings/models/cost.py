from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent


class CostOption(PublicContent):
    """One price. "Free" is a fact of the offer itself (`Offering.is_free`)."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("regular")
        REDUCED = "reduced", _("reduced")
        FAMILY = "family", _("family")
        MATERIAL = "material", _("material")

    class Per(models.TextChoices):
        ONCE = "once", _("once")
        SESSION = "session", _("per date")
        MONTH = "month", _("per month")
        COURSE = "course", _("for the course")

    offering = models.ForeignKey(
        "offerings.Offering", on_delete=models.CASCADE, related_name="cost_options"
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, default=Kind.REGULAR
    )
    amount = models.DecimalField(
        _("amount in euros"),
        max_digits=7,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    per = models.CharField(
        _("per"), max_length=10, choices=Per.choices, default=Per.ONCE
    )

    class Meta:
        ordering = ["kind", "amount"]
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="cost_is_not_negative"
            )
        ]

    def __str__(self) -> str:
        amount = number_format(self.amount, 2)
        return f"{amount} € {self.get_per_display()}"

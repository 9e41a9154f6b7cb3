"""What public and raw values have in common."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def category_field() -> models.ForeignKey:
    """Part of a breakdown of the indicator; empty is the total."""
    return models.ForeignKey(
        "monitoring.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("part of a breakdown"),
        db_index=False,
    )


class Value(models.Model):
    """A figure for an area and a period, and how many people it rests on."""

    area = models.ForeignKey(
        "monitoring.Area",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("area"),
        db_index=False,
    )
    # "2022", "2022-Q3", "2022-05", "2022-05-15" or "2024/25" (lib.time_periods).
    period = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField(_("first day of the period"))
    category_1 = category_field()
    category_2 = category_field()
    category_3 = category_field()
    value = models.DecimalField(
        _("value"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    base = models.DecimalField(
        _("base (people it rests on)"),
        max_digits=14,
        decimal_places=0,
        null=True,
        blank=True,
    )
    participation = models.DecimalField(
        _("participation in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        abstract = True


def category_columns(categories: Sequence[Any]) -> dict[str, Any]:
    """One part of each breakdown as columns of a value; None or none is the total."""
    first, second, third = [*categories, None, None, None][:3]
    return {"category_1": first, "category_2": second, "category_3": third}


def categories_of(entry: Any) -> list[Any]:
    """The parts of breakdowns a value or a frozen figure is of, without totals."""
    parts = (entry.category_1, entry.category_2, entry.category_3)
    return [one for one in parts if one]

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.choices import ValueState
from monitoring.models.value import Value
from monitoring.querysets import ObservationQuerySet


class Observation(Value):
    """One cell of a release as the public may see it: the only values that pages,
    files and charts are made of. What is suppressed has no value and no base.

    Rows are written once, with their release (`releases.actions`), and never changed.
    """

    release = models.ForeignKey(
        "monitoring.Release",
        on_delete=models.CASCADE,
        related_name="observations",
        verbose_name=_("release"),
        db_index=False,
    )
    state = models.CharField(_("state"), max_length=10, choices=ValueState)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("public value")
        verbose_name_plural = _("public values")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "release",
                    "category_1",
                    "category_2",
                    "category_3",
                    "area",
                    "period",
                ],
                nulls_distinct=False,
                name="observation_once",
            ),
            models.CheckConstraint(
                condition=Q(state=ValueState.VALUE, value__isnull=False)
                | ~Q(state=ValueState.VALUE) & Q(value=None),
                name="observation_value_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(state=ValueState.SUPPRESSED) | Q(base=None),
                name="observation_suppressed_without_base",
            ),
        ]
        indexes = [
            # All indicators of one area: the picture of a district.
            models.Index(
                fields=["area", "release", "starts_on"],
                condition=Q(category_1=None, category_2=None, category_3=None),
                name="observation_total_of_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.period} {self.state}"

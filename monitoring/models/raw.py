from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from monitoring.choices import ValueState
from monitoring.models.value import Value


class RawValue(Value):
    """A figure as it was imported, before protection. Read only by the statistics
    office (`city.rights.STATISTICS`) and by the protection, never by public pages.
    """

    indicator = models.ForeignKey(
        "monitoring.Indicator",
        on_delete=models.CASCADE,
        related_name="raw_values",
        verbose_name=_("indicator"),
        db_index=False,
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[one for one in ValueState.choices if one[0] != ValueState.SUPPRESSED],
    )
    # Largest and second largest contribution to a sum, for the dominance rule.
    largest = models.DecimalField(
        _("largest contribution"),
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
    )
    second_largest = models.DecimalField(
        _("second largest contribution"),
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("raw value")
        verbose_name_plural = _("raw values")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "indicator",
                    "category_1",
                    "category_2",
                    "category_3",
                    "area",
                    "period",
                ],
                nulls_distinct=False,
                name="raw_value_once",
            ),
            models.CheckConstraint(
                condition=Q(state=ValueState.VALUE, value__isnull=False)
                | ~Q(state=ValueState.VALUE) & Q(value=None),
                name="raw_value_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(state=ValueState.SUPPRESSED), name="raw_value_not_hidden"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.period}"


class ImportRun(models.Model):
    """A file of values on its way in: checked, then taken in as a whole or not at all.

    A worker has it until `claimed_until`; a claim that lapses is taken up again, from
    the beginning. The file is removed when the run is over, or after a day.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CHECKING = "checking", _("is checked")
        MAPPING = "mapping", _("columns to be assigned")
        CHECKED = "checked", _("checked")
        WRITING = "writing", _("is taken in")
        DONE = "done", _("taken in")
        REFUSED = "refused", _("has errors")
        FAILED = "failed", _("broke off")
        DISCARDED = "discarded", _("discarded")

    class DecimalSign(models.TextChoices):
        UNKNOWN = "", _("not known")
        COMMA = ",", _("comma: 1.234,5")
        POINT = ".", _("point: 1,234.5")

    AT_WORK = (State.WAITING, State.CHECKING, State.WRITING)

    indicator = models.ForeignKey(
        "monitoring.Indicator",
        on_delete=models.CASCADE,
        related_name="imports",
        verbose_name=_("indicator"),
        null=True,
        blank=True,
        help_text=_("Empty: the file names the indicator of each row."),
    )
    # Those the file was found to have values of.
    indicator_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(_("content"), null=True, editable=False)
    # Of the file, to know it again.
    digest = models.CharField(max_length=64, editable=False)
    header = models.JSONField(default=list, editable=False)
    # What each column of the file is, by its place (`imports.columns`); "": left out.
    mapping = models.JSONField(_("columns"), default=list, blank=True)
    decimal_sign = models.CharField(
        _("decimal sign"), max_length=1, choices=DecimalSign, blank=True
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.WAITING
    )
    # Why the file as a whole cannot be taken in.
    refusal = models.CharField(max_length=500, blank=True, editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    added = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    left_out = models.PositiveIntegerField(_("left out without a value"), default=0)
    rounded = models.PositiveIntegerField(_("rounded to four decimals"), default=0)
    # Some of what is new or changed: raw values, see `imports.rights.reads_values`.
    sample = models.JSONField(default=list, editable=False)
    # [{"row": 3, "column": "D (Wert)", "text": "…"}], the first thousand.
    errors = models.JSONField(_("errors"), default=list, blank=True)
    error_count = models.PositiveIntegerField(_("number of errors"), default=0)
    started_by = models.ForeignKey(
        "city.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("import of values")
        verbose_name_plural = _("imports of values")
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=["waiting", "checking", "writing"]),
                name="import_run_at_work",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def percent(self) -> int:
        """How far it is; 0 while the number of rows is not known."""
        return min(99, self.rows_done * 100 // self.rows) if self.rows else 0

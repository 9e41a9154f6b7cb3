from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.models.goal import Goal
from goals.models.period import Period
from goals.reports.querysets import ReportQuerySet
from herne_bildung.city.models import PublicContent


class Report(PublicContent):
    """A report to a committee (Sachstandsbericht): what is known on one day, frozen.

    Everything readers see comes from `snapshot`; later changes of goals do not touch
    it. Once submitted the row changes no more but in `state`: the database refuses it
    (migration `reports`). Reports are in German, like the papers of the council.
    """

    class State(models.TextChoices):
        """How far it is: being written, locked, on the public list."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RELEASED = "released", _("public")

    slug = models.SlugField(max_length=60, unique=True, editable=False)
    period = models.ForeignKey(
        Period,
        on_delete=models.PROTECT,
        related_name="reports",
        verbose_name=_("period"),
    )
    goals = models.ManyToManyField(
        Goal, related_name="reports", verbose_name=_("goals")
    )
    committee = models.CharField(_("committee"), max_length=200)
    committee_organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("committee in the list of organisations"),
    )
    day = models.DateField(_("day of the meeting"))
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(
        _("occasion"),
        max_length=4000,
        blank=True,
        help_text=_("In German. An empty line begins a new paragraph."),
    )
    outlook = models.TextField(
        _("outlook"),
        max_length=4000,
        blank=True,
        help_text=_("What comes next, in German. Left out where empty."),
    )
    costs = models.TextField(
        _("financial effects"),
        max_length=2000,
        blank=True,
        help_text=_("In German. Left out where empty."),
    )
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=State.choices,
        default=State.DRAFT,
        editable=False,
    )
    # As goals.reports.snapshot makes it, with the number of its shape in "schema".
    snapshot = models.JSONField(editable=False)
    taken_at = models.DateTimeField(_("state of the data"), editable=False)
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next_reports",
        editable=False,
        verbose_name=_("previous report"),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    released_at = models.DateTimeField(_("made public"), null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("report to a committee")
        verbose_name_plural = _("reports to committees")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False),
                name="report_submitted_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.day:%d.%m.%Y})"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == self.State.DRAFT


class ReportFile(models.Model):
    """A report as a file, made once when it is submitted."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=4, choices=Form.choices)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "form"], name="report_file_once_a_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.form}"

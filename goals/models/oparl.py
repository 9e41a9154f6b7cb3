"""Systems of councils that papers are taken over from, and what a run did."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField


class OParlSource(models.Model):
    """A council's system that speaks OParl."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    address = models.URLField(
        _("address"),
        max_length=500,
        help_text=_("Of the system, of its body, or of the list of papers."),
    )
    body = models.CharField(
        _("body"),
        max_length=200,
        blank=True,
        help_text=_(
            "Where a system has several: the name or address of the right one."
        ),
    )
    is_active = models.BooleanField(_("fetched each night"), default=False)
    publishes_at_once = models.BooleanField(
        _("publish at once"),
        default=False,
        help_text=_("Otherwise new papers are internal until somebody publishes them."),
    )
    # All changes until then are here; None before the first run that came to its end.
    fetched_until = models.DateTimeField(_("state of"), null=True, editable=False)
    created_at = MomentField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("OParl source")
        verbose_name_plural = _("OParl sources")

    def __str__(self) -> str:
        return self.name


class OParlRun(models.Model):
    """One import: where it is, so that another worker goes on, and what it did."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        BROKEN = "broken", _("broken off")

    class Phase(models.TextChoices):
        PAPERS = "papers", _("list of papers")
        RESULTS = "results", _("results that were missing")

    AT_WORK = (State.WAITING, State.RUNNING)

    source = models.ForeignKey(
        OParlSource,
        on_delete=models.PROTECT,
        related_name="runs",
        verbose_name=_("source"),
    )
    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.WAITING
    )
    phase = models.CharField(
        _("part"), max_length=7, choices=Phase, default=Phase.PAPERS
    )
    # Only what changed since then is asked for; None: everything.
    since = models.DateTimeField(_("changed since"), null=True, blank=True)
    # The page to read next; empty before the first one.
    next_address = models.URLField(max_length=2000, blank=True)
    # Addresses of that page that are done.
    handled = models.JSONField(default=list)
    # In the phase of results: the last paper looked at.
    last_paper = models.BigIntegerField(default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    done = models.PositiveIntegerField(_("papers read"), default=0)
    total = models.PositiveIntegerField(_("papers in all"), null=True)
    # Numbers by what happened: new, changed, unchanged, deleted, kept, skipped.
    counts = models.JSONField(_("what happened"), default=dict)
    trouble = models.CharField(_("why it broke off"), max_length=500, blank=True)
    created_at = MomentField(_("begun"), auto_now_add=True)
    finished_at = models.DateTimeField(_("ended"), null=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import of council papers")
        verbose_name_plural = _("imports of council papers")
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(state__in=("waiting", "running", "broken")),
                name="oparl_one_open_run",
            )
        ]

    def __str__(self) -> str:
        begun = date_format(
            timezone.localtime(self.created_at), "SHORT_DATETIME_FORMAT"
        )
        return f"{self.source}, {begun}"

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def percent(self) -> int:
        """How much is done; 0 where the server does not say how many there are."""
        return min(99, self.done * 100 // self.total) if self.total else 0


class OParlWarning(models.Model):
    """What was wrong with an object of the server, or stayed as it is here."""

    class Kind(models.TextChoices):
        NOT_READABLE = "not_readable", _("could not be fetched")
        WRONG_TYPE = "wrong_type", _("is of the wrong type")
        NO_ADDRESS = "no_address", _("has no address of its own")
        NO_NUMBER = "no_number", _("has neither number nor year")
        NUMBER_TAKEN = "number_taken", _("its number belongs to another paper")
        NO_COMMITTEE = "no_committee", _("does not say which committee")
        SHORTENED = "shortened", _("was too long and is shortened")
        ODD_LIST = "odd_list", _("the list is not as it should be")
        KEPT = "kept", _("was changed here and stays so")

    run = models.ForeignKey(OParlRun, on_delete=models.CASCADE, related_name="warnings")
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    address = models.CharField(_("object"), max_length=500)
    detail = models.CharField(_("detail"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("remark on an import")
        verbose_name_plural = _("remarks on an import")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind", "address", "detail"], name="oparl_warning_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_kind_display()} {self.detail}".strip()

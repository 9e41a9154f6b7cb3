from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import PublicContent, Translated
from herne_bildung.lib import clock
from monitoring.choices import ReleaseState
from monitoring.querysets import ReleaseQuerySet


class ProtectionRule(models.Model):
    """From when on a count is too small to be shown; a rule of the statistics office.

    Sources: the minimum frequency, (n,k) dominance and p% rules are those of the
    handbook on statistical disclosure control of official statistics.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    smallest_count = models.PositiveSmallIntegerField(
        _("smallest count shown"),
        default=5,
        help_text=_("Counts from 1 up to one less are kept secret."),
    )
    zeros_are_secret = models.BooleanField(
        _("zeros are kept secret, too"), default=False
    )
    # How far from the true value a hidden cell must stay open, in counts.
    distance = models.PositiveSmallIntegerField(
        _("distance to which a hidden count stays open"), default=2
    )
    dominance_contributors = models.PositiveSmallIntegerField(
        _("dominance: number of largest contributors (n)"), null=True, blank=True
    )
    dominance_percent = models.PositiveSmallIntegerField(
        _("dominance: their share in percent (k)"), null=True, blank=True
    )
    complements_count = models.BooleanField(
        _("shares: also those who do not belong to it are counted"), default=True
    )
    about = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("rule of protection")
        verbose_name_plural = _("rules of protection")
        constraints = [
            models.CheckConstraint(
                condition=Q(smallest_count__gte=3), name="rule_smallest_count"
            ),
            models.CheckConstraint(
                condition=Q(dominance_contributors=None, dominance_percent=None)
                | Q(
                    dominance_contributors__gte=1,
                    dominance_percent__gte=1,
                    dominance_percent__lte=99,
                ),
                name="rule_dominance_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TableSet(models.Model):
    """Indicators that add up with each other, and are protected together."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    rule = models.ForeignKey(
        ProtectionRule,
        on_delete=models.PROTECT,
        related_name="table_sets",
        verbose_name=_("rule of protection"),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("set of linked tables")
        verbose_name_plural = _("sets of linked tables")

    def __str__(self) -> str:
        return self.name


class ProtectionRun(models.Model):
    """What the protection of a set of tables did: rule and numbers, never values."""

    table_set = models.ForeignKey(
        TableSet,
        on_delete=models.CASCADE,
        related_name="runs",
        verbose_name=_("set of linked tables"),
    )
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    started_by = models.ForeignKey(
        "city.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    # The rule as it was, and the version of the engine.
    rule = models.JSONField(_("rule of protection"), default=dict)
    cells = models.PositiveIntegerField(_("cells"), default=0)
    primary = models.PositiveIntegerField(_("hidden: too small"), default=0)
    secondary = models.PositiveIntegerField(_("hidden: protects others"), default=0)
    # Sentences of the attack check; "ok", "refused" and why.
    report = models.JSONField(_("result"), default=dict)
    failure = models.TextField(_("failure"), blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("run of the protection")
        verbose_name_plural = _("runs of the protection")

    def __str__(self) -> str:
        at = self.started_at.astimezone(clock.BERLIN)
        return f"{self.table_set} {at:%d.%m.%Y %H:%M}"


class Release(PublicContent, Translated):
    """All public values of an indicator at a time. A correction is a new release; the
    former one stays at its address and says so.
    """

    indicator = models.ForeignKey(
        "monitoring.Indicator",
        on_delete=models.PROTECT,
        related_name="releases",
        verbose_name=_("indicator"),
    )
    # Permanent: /monitoring/<slug>/fassung/<number>/
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=10, choices=ReleaseState, default=ReleaseState.DRAFT
    )
    publish_at = models.DateTimeField(_("to be public from"), null=True, blank=True)
    published_at = models.DateTimeField(_("public since"), null=True, blank=True)
    ended_at = models.DateTimeField(
        _("replaced or withdrawn on"), null=True, blank=True
    )
    is_correction = models.BooleanField(_("corrects the one before"), default=False)
    what_changed = models.TextField(
        _("what changed"),
        max_length=1000,
        blank=True,
        help_text=_("For readers: which values, and why."),
    )
    withdrawn_because = models.TextField(
        _("why it was withdrawn"), max_length=600, blank=True
    )
    # Against the one before, when it became public (`releases.comparing`).
    changes = models.JSONField(default=dict, blank=True, editable=False)
    run = models.ForeignKey(
        ProtectionRun,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="releases",
        verbose_name=_("run of the protection"),
    )
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "-number"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "number"], name="release_number_once"
            ),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(state=ReleaseState.PUBLISHED),
                name="release_one_current",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.SCHEDULED)
                | Q(publish_at__isnull=False),
                name="release_scheduled_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "scheduled"])
                | Q(published_at__isnull=False),
                name="release_public_since",
            ),
            models.CheckConstraint(
                condition=Q(is_correction=False)
                | ~Q(what_changed_de="") & Q(what_changed_de__isnull=False),
                name="release_correction_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.WITHDRAWN)
                | ~Q(withdrawn_because_de="") & Q(withdrawn_because_de__isnull=False),
                name="release_withdrawn_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["publish_at"],
                condition=Q(state=ReleaseState.SCHEDULED),
                name="release_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} ({self.number})"

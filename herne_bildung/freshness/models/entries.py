from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.documents import is_document
from herne_bildung.freshness.querysets import MaintainedEntryQuerySet
from herne_bildung.lib import page_cache


class MaintainedEntry(models.Model):
    """What the engine knows of one entry of any kind that can go stale.

    `fingerprints` are marks of the present facts, by group; `groups` says of each
    group when it was confirmed last (None: never) and when it is due, as ISO dates:
    {"times": {"confirmed": "2026-11-02", "due": "2027-02-02"}}; "day" is a day of its
    own (`Kind.days`). `due_on` is the earliest one due. In one `round` of asking each
    step is taken once; `next_on` is the day of the next step, empty while there is
    none to take; `first_recipient` is asked before other contacts. `was_shown` stays
    when an entry goes off the site: its old address may say that it was there.
    `campaign` asks in this round whatever the date says; the next round forgets it.
    """

    class Step(models.IntegerChoices):
        NONE = 0, _("not asked yet")
        ASKED = 1, _("asked")
        REMINDED = 2, _("reminded")
        SECOND_CONTACT = 3, _("second contact asked")
        PARENT = 4, _("responsible body asked")
        CALL = 5, _("on the call list")
        HIDDEN = 6, _("hidden")

    kind = models.CharField(_("kind"), max_length=30)
    object_id = models.BigIntegerField()
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        related_name="maintained_entries",
        verbose_name=_("organisation"),
    )
    first_recipient = models.ForeignKey(
        "freshness.Recipient",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    title = models.CharField(_("title"), max_length=200)
    is_public = models.BooleanField(_("on the site"), default=False)
    was_shown = models.BooleanField(default=False, editable=False)
    is_sample = models.BooleanField(_("sample"), default=False)
    as_of = models.CharField(_("state of"), max_length=10, blank=True)
    dimensions = models.JSONField(default=dict)
    fingerprints = models.JSONField(default=dict)
    groups = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    due_on = models.DateField(_("due on"), null=True)
    round = models.PositiveIntegerField(default=1)
    step = models.PositiveSmallIntegerField(
        _("step"), choices=Step.choices, default=Step.NONE
    )
    step_on = models.DateField(_("since"), null=True)
    next_on = models.DateField(_("next step on"), null=True)
    campaign = models.ForeignKey(
        "freshness.Campaign",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="entries",
    )
    has_waiting_change = models.BooleanField(_("change proposed"), default=False)
    hidden_at = models.DateTimeField(_("hidden"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    synced_at = models.DateTimeField()

    objects = MaintainedEntryQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("entry to look after")
        verbose_name_plural = _("entries to look after")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="one_maintained_entry"
            ),
            models.CheckConstraint(
                condition=models.Q(step=0) | models.Q(step_on__isnull=False),
                name="step_has_its_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_on", "organisation"],
                name="entry_next_step",
                condition=models.Q(next_on__isnull=False),
            ),
            models.Index(fields=["organisation", "due_on"], name="entry_of_whom"),
            models.Index(
                fields=["due_on"],
                name="entry_due",
                condition=models.Q(is_public=True, is_sample=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        # Public pages say when it was confirmed, and whether it is shown at all.
        transaction.on_commit(page_cache.outdate)

    @property
    def is_document(self) -> bool:
        """From a document of the city, and nobody has ever confirmed it."""
        return is_document(self.as_of, self.confirmed_at)


class CareInterval(models.Model):
    """A shorter or longer interval than usual, for one entry or all of a provider.

    Months; the kind's fact group says within which limits. "Never" cannot be said.
    """

    kind = models.CharField(_("kind"), max_length=30)
    group = models.CharField(_("facts"), max_length=30)
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="care_intervals",
        verbose_name=_("organisation"),
    )
    entry = models.ForeignKey(
        MaintainedEntry,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="intervals",
        verbose_name=_("entry"),
    )
    months = models.PositiveSmallIntegerField(_("months"))

    class Meta:
        verbose_name = _("interval of confirmation")
        verbose_name_plural = _("intervals of confirmation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation=None, entry__isnull=False)
                | models.Q(organisation__isnull=False, entry=None),
                name="interval_of_entry_or_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(months__range=(1, 24)), name="interval_is_limited"
            ),
            models.UniqueConstraint(
                fields=["kind", "group", "organisation", "entry"],
                nulls_distinct=False,
                name="one_interval_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry or self.organisation}: {self.group}, {self.months}"


class CareEvent(models.Model):
    """What happened to an entry, in order; nothing is hidden or ended without one.

    Steps of asking are taken once in a round: the database holds that.
    """

    class What(models.TextChoices):
        STEP = "step", _("step")
        SHOWN = "shown", _("shown again")
        ENDED = "ended", _("has ended")
        NOT_ENDED = "not_ended", _("has not ended after all")
        NOT_MINE = "not_mine", _("not mine any more")
        MINE = "mine", _("mine after all")
        CHANGED = "changed", _("changed after its confirmation")
        NOTE = "note", _("note")

    entry = models.ForeignKey(
        MaintainedEntry,
        on_delete=models.CASCADE,
        related_name="events",
        verbose_name=_("entry"),
    )
    what = models.CharField(_("what"), max_length=12, choices=What.choices)
    round = models.PositiveIntegerField()
    step = models.PositiveSmallIntegerField(
        _("step"), choices=MaintainedEntry.Step.choices, null=True
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        verbose_name=_("by"),
    )
    recipient = models.ForeignKey(
        "freshness.Recipient",
        on_delete=models.SET_NULL,
        null=True,
        verbose_name=_("recipient"),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "round", "step"],
                condition=models.Q(what="step"),
                name="each_step_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.describe()}"

    def describe(self) -> Any:
        """The event in words."""
        if self.what == self.What.STEP:
            return self.get_step_display()
        return self.get_what_display()

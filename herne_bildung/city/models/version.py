"""Former and waiting states of entries."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField
from herne_bildung.lib import page_cache


class OfEntry(models.Model):
    """Belongs to an entry of any model that `city.versions` knows; by its number, so
    that it stays when the entry goes. `organisation` is whose entry it was then.
    """

    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        abstract = True


class EntryVersion(OfEntry):
    """An entry as it was after a change: who made it, when, by which way.

    `snapshot` is made and read by `city.versions.snapshots`. `is_unread`: its own
    people published it at once, and staff have not read it yet.
    """

    class How(models.TextChoices):
        BEFORE = "before", _("state when the history began")
        LOGIN = "login", _("signed in")
        MAIL_LINK = "mail link", _("link in a mail")
        ACCEPTED = "accepted", _("change accepted")
        RESTORED = "restored", _("former version restored")
        UNDONE = "undone", _("undone by staff")
        IMPORT = "import", _("import")
        SEED = "seed", _("content of the first start")
        CARE = "care", _("care of entries")

    number = models.PositiveIntegerField(_("version"))
    at = MomentField(_("when"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    is_by_office = models.BooleanField(default=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    # Staff who changed it while it waited.
    edited_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    how = models.CharField(_("way"), max_length=10, choices=How.choices)
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    snapshot = models.JSONField()
    is_unread = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(
                fields=["model", "object_id", "number"], name="one_version_each"
            )
        ]
        indexes = [
            models.Index(fields=["at"], name="version_by_age"),
            models.Index(
                fields=["model", "object_id"],
                name="version_to_read",
                condition=models.Q(is_unread=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class WaitingVersion(OfEntry):
    """A change by someone who may not publish it: `base` is what the entry said then,
    `snapshot` what it shall say. Nothing public reads it but `groups`, the names of
    the groups of facts that it changes. `is_publication`: the entry itself is a
    draft, and shall go on the site as it is.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN = (State.WAITING, State.RETURNED)

    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.WAITING
    )
    is_publication = models.BooleanField(default=False)
    base = models.JSONField()
    snapshot = models.JSONField()
    groups = ArrayField(models.CharField(max_length=30), default=list)
    # Of its people: who wrote last, and all who wrote; staff who put it right.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="waiting_versions"
    )
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    since = MomentField(_("since"), auto_now_add=True)
    changed_at = MomentField(_("changed"), auto_now=True)
    comment = models.TextField(_("comment"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("waiting change")
        verbose_name_plural = _("waiting changes")
        constraints = [
            models.UniqueConstraint(
                fields=["model", "object_id"],
                condition=models.Q(state__in=("waiting", "returned")),
                name="one_open_waiting_version",
            )
        ]
        indexes = [
            models.Index(
                fields=["since", "id"],
                name="waiting_version_list",
                condition=models.Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        # The public page says that a change has been reported.
        transaction.on_commit(page_cache.outdate)

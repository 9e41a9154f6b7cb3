from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Confirmation(models.Model):
    """Someone looked and said: still true. Never written by saving an entry.

    `fingerprints` are those of the confirmed groups at that moment.
    """

    class How(models.TextChoices):
        MAIL_LINK = "mail_link", _("link in a mail")
        LOGIN = "login", _("signed in")
        PHONE = "phone", _("by telephone")
        VISIT = "visit", _("on a visit")
        IMPORT = "import", _("by an import")

    entry = models.ForeignKey(
        "freshness.MaintainedEntry",
        on_delete=models.CASCADE,
        related_name="confirmations",
        verbose_name=_("entry"),
    )
    at = models.DateTimeField(_("when"))
    how = models.CharField(_("how"), max_length=10, choices=How.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    recipient = models.ForeignKey(
        "freshness.Recipient",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("recipient"),
    )
    groups = ArrayField(models.CharField(max_length=30))
    fingerprints = models.JSONField(default=dict)
    # Days from the first question of this round; None without one.
    days_waited = models.PositiveSmallIntegerField(_("days waited"), null=True)
    steps_needed = models.PositiveSmallIntegerField(_("steps needed"), default=0)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        indexes = [
            models.Index(fields=["at"], name="confirmation_when"),
            models.Index(
                fields=["entry"],
                name="confirmation_by_phone",
                condition=models.Q(how="phone"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(groups=[]), name="confirmation_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}, {self.at:%d.%m.%Y}"


class ProposedChange(models.Model):
    """A correction by someone without the right to publish: one field, old and new.

    Values as the kind's correction form writes them (texts, as JSON).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    entry = models.ForeignKey(
        "freshness.MaintainedEntry",
        on_delete=models.CASCADE,
        related_name="proposed_changes",
        verbose_name=_("entry"),
    )
    field = models.CharField(_("field"), max_length=60)
    old = models.JSONField(_("so far"), null=True)
    new = models.JSONField(_("new"), null=True)
    recipient = models.ForeignKey(
        "freshness.Recipient",
        on_delete=models.SET_NULL,
        null=True,
        verbose_name=_("proposed by"),
    )
    at = models.DateTimeField(_("when"))
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "field"],
                condition=models.Q(state="waiting"),
                name="one_waiting_change_per_field",
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

# The secret of links in mails that were sent to look at: no row is kept for them.
TRIAL = "trial"


def new_secret() -> str:
    return secrets.token_urlsafe(12)


class Digest(models.Model):
    """One mail to one recipient with everything that needs them, and the page its
    link opens. The link is signed and names `secret`; a new secret revokes it.
    """

    recipient = models.ForeignKey(
        "freshness.Recipient", on_delete=models.CASCADE, related_name="digests"
    )
    day = models.DateField(_("day"))
    is_requested = models.BooleanField(
        _("asked for"), default=False, help_text=_("A fresh link after an old one.")
    )
    # Says that its entries were hidden, and how they come back.
    tells_hidden = models.BooleanField(default=False, editable=False)
    # Its link stands in another mail about these entries; it is no reminder.
    is_of_notice = models.BooleanField(default=False, editable=False)
    secret = models.CharField(max_length=24, default=new_secret)
    expires_at = models.DateTimeField(_("link valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    mail = models.OneToOneField(
        "freshness.OutgoingMail", on_delete=models.SET_NULL, null=True
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("reminder mail")
        verbose_name_plural = _("reminder mails")
        constraints = [
            # Never two reminders on one day.
            models.UniqueConstraint(
                fields=["recipient", "day", "is_requested"],
                condition=models.Q(tells_hidden=False, is_of_notice=False),
                name="one_digest_per_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.day:%d.%m.%Y}"


class DigestItem(models.Model):
    """One entry in a digest: which groups of facts are asked for, and the answer."""

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", _("still correct")
        CORRECTED = "corrected", _("corrected")
        PROPOSED = "proposed", _("correction proposed")
        ENDED = "ended", _("has ended")
        NOT_MINE = "not_mine", _("not mine any more")

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="items")
    entry = models.ForeignKey(
        "freshness.MaintainedEntry",
        on_delete=models.CASCADE,
        related_name="digest_items",
    )
    campaign = models.ForeignKey(
        "freshness.Campaign",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="items",
    )
    round = models.PositiveIntegerField()
    step = models.PositiveSmallIntegerField()
    groups = ArrayField(models.CharField(max_length=30))
    decision = models.CharField(
        _("answer"), max_length=10, choices=Decision.choices, blank=True
    )
    decided_at = models.DateTimeField(_("answered"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("question of a reminder")
        verbose_name_plural = _("questions of a reminder")
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "entry"], name="entry_once_in_a_digest"
            )
        ]
        indexes = [
            models.Index(
                fields=["entry"],
                name="item_not_mine",
                condition=models.Q(decision="not_mine"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}"

from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField

# Keys of mails that hold a way into somebody's login begin so.
SECRET_MAIL = "login:"  # noqa: S105  it is no password
# Keys of mails to people who follow something; their links manage it.
FOLLOWED_MAIL = "follow:"


class OutgoingMail(models.Model):
    """A mail to be sent: a row written in the same transaction as its reason.

    `key` makes one reason one mail. A worker claims a row until `claimed_until`;
    a claim that lapses is taken up again. After the last attempt `failed_at` is
    set and staff see it. Sent mails are removed after a retention time.
    """

    key = models.CharField(max_length=120, unique=True)
    recipient = models.EmailField(_("recipient"))
    reply_to = models.EmailField(_("reply to"), blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    list_unsubscribe = models.CharField(max_length=500, blank=True, editable=False)
    # Mail programs may end it with one click (RFC 8058).
    is_one_click = models.BooleanField(default=False, editable=False)
    created_at = MomentField(_("created"), auto_now_add=True)
    due_at = models.DateTimeField(_("not before"))
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [
            models.Index(
                fields=["due_at"],
                name="mail_waiting",
                condition=models.Q(sent_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    @property
    def is_secret(self) -> bool:
        """Whether nobody but its reader may see what it says."""
        return self.key.startswith((SECRET_MAIL, FOLLOWED_MAIL))

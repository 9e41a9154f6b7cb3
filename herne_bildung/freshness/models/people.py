from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.querysets import RecipientQuerySet
from herne_bildung.lib import languages


class Recipient(models.Model):
    """An address that reminders may go to: a person's, or a role mailbox.

    Nothing is sent before `allowed_at`: someone of the organisation accepted an
    invitation, or staff switched the mails on. `bounced_at`: the address refused a
    mail; it gets none until staff clear that.
    """

    email = models.EmailField(_("e-mail"))
    is_role_mailbox = models.BooleanField(_("mailbox of a role"), default=True)
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=[(entry.code, entry.native_name) for entry in languages.LANGUAGES],
        default=languages.DEFAULT_LANGUAGE,
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="care_recipient",
        verbose_name=_("login"),
    )
    invited_at = models.DateTimeField(_("invited"), null=True, editable=False)
    allowed_at = models.DateTimeField(_("mails allowed"), null=True, editable=False)
    allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text=_("Empty when the invitation was accepted."),
    )
    declined_at = models.DateTimeField(_("declined"), null=True, editable=False)
    bounced_at = models.DateTimeField(_("refused"), null=True, editable=False)
    bounce_reason = models.CharField(
        _("why"), max_length=300, blank=True, editable=False
    )
    last_digest_on = models.DateField(_("last mail"), null=True, editable=False)
    last_answer_at = models.DateTimeField(_("last answer"), null=True, editable=False)
    # Responsible for nothing; noted at night, removed a year later.
    unused_since = models.DateField(null=True, editable=False)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        ordering = ["email"]
        verbose_name = _("recipient of reminders")
        verbose_name_plural = _("recipients of reminders")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_recipient_per_address",
                violation_error_code="known",
                violation_error_message=_("This address is known already."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_usable(self) -> bool:
        """Whether mails go there."""
        return (
            self.allowed_at is not None
            and self.declined_at is None
            and self.bounced_at is None
        )


class Responsibility(models.Model):
    """Who is asked about the entries of an organisation, first or second.

    `may_publish`: corrections of this recipient are shown at once; others wait for
    staff as proposed changes.
    """

    class Rank(models.IntegerChoices):
        FIRST = 1, _("first contact")
        SECOND = 2, _("second contact")

    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.CASCADE,
        related_name="responsibilities",
        verbose_name=_("organisation"),
    )
    recipient = models.ForeignKey(
        Recipient,
        on_delete=models.CASCADE,
        related_name="responsibilities",
        verbose_name=_("recipient of reminders"),
    )
    rank = models.PositiveSmallIntegerField(
        _("order"), choices=Rank.choices, default=Rank.FIRST
    )
    may_publish = models.BooleanField(_("corrections are shown at once"), default=False)

    class Meta:
        ordering = ["organisation", "rank", "pk"]
        verbose_name = _("responsible contact")
        verbose_name_plural = _("responsible contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "recipient"], name="one_responsibility_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient} – {self.organisation}"


LONGEST_CLOSED = timedelta(weeks=12)
TOO_LONG = _(
    "A closed period is at most 12 weeks long, so that entries do not stay unchecked."
)


class ClosedPeriod(models.Model):
    """Weeks in which nobody of an organisation can answer; first and last day.

    Limited, so that nothing stays unasked for ever: here the length, in `pauses` and
    the form how much it may be in a year.
    """

    organisation = models.ForeignKey(
        "city.Organisation",
        on_delete=models.CASCADE,
        related_name="closed_periods",
        verbose_name=_("organisation"),
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        ordering = ["first_day"]
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="closed_period_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__lt=models.F("first_day") + LONGEST_CLOSED),
                name="closed_period_is_limited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%d.%m.%Y} – {self.last_day:%d.%m.%Y}"

    def clean(self) -> None:
        """What the constraints say, in words."""
        if self.first_day is None or self.last_day is None:
            return
        if self.last_day < self.first_day:
            text = gettext("The last day lies before the first one.")
            raise ValidationError({"last_day": text})
        if self.last_day >= self.first_day + LONGEST_CLOSED:
            raise ValidationError({"last_day": TOO_LONG})

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.querysets import LONGEST_TO_NEXT_TRY, CallQuerySet
from herne_bildung.lib import clock


class Call(models.Model):
    """An entry on the call list of the Bildungsbüro, until someone got an answer."""

    # Who took an organisation to call it keeps it so long.
    HELD_FOR = timedelta(hours=2)

    class Reason(models.TextChoices):
        DOCUMENT = "document", _("from a document, never confirmed")
        NO_CONTACT = "no_contact", _("nobody to write to")
        NO_ANSWER = "no_answer", _("no answer to mails")
        BOUNCED = "bounced", _("mail address refuses mails")
        NOT_MINE = "not_mine", _("the person asked is not responsible any more")
        BY_PHONE = "by_phone", _("answered by telephone last time")
        REPORT = "report", _("someone reported a mistake")

    class Result(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        CHANGED = "changed", _("changed")
        ENDED = "ended", _("has ended")
        SETTLED = "settled", _("answered in another way")

    entry = models.ForeignKey(
        "freshness.MaintainedEntry",
        on_delete=models.CASCADE,
        related_name="calls",
        verbose_name=_("entry"),
    )
    reason = models.CharField(_("why"), max_length=10, choices=Reason.choices)
    since = models.DateField(_("since"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("taken by"),
    )
    claimed_at = models.DateTimeField(_("taken"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_on = models.DateField(_("next try on"))
    result = models.CharField(
        _("result"), max_length=10, choices=Result.choices, blank=True
    )
    closed_at = models.DateTimeField(_("done"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["next_try_on", "pk"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(closed_at=None),
                name="one_open_call_per_entry",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, result="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(result="")),
                name="closed_call_has_a_result",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_on"],
                name="open_calls",
                condition=models.Q(closed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}"

    @property
    def is_later(self) -> bool:
        """Whether it waits for the day of its next try (`CallQuerySet.later`)."""
        today = clock.today()
        return today < self.next_try_on <= today + LONGEST_TO_NEXT_TRY

    @property
    def holder(self) -> Any | None:
        """Who is calling just now."""
        is_held = self.claimed_at and self.claimed_at > clock.now() - self.HELD_FOR
        return self.claimed_by if is_held else None

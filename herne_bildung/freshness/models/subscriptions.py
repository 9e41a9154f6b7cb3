from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models.base import MomentField
from herne_bildung.lib import languages

SECRET_LENGTH = 32


def make_secret() -> str:
    """What only the mails to an address know."""
    return get_random_string(SECRET_LENGTH)


class Subscriber(models.Model):
    """An address that follows something. It goes with the last thing it follows, and
    when it refuses a mail; it is used for nothing else.
    """

    email = models.EmailField(_("e-mail"))
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=[(entry.code, entry.native_name) for entry in languages.LANGUAGES],
        default=languages.DEFAULT_LANGUAGE,
    )
    secret = models.CharField(
        max_length=SECRET_LENGTH, default=make_secret, editable=False
    )
    created_at = MomentField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("address that follows something")
        verbose_name_plural = _("addresses that follow something")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="one_subscriber_for_each_address"
            )
        ]

    def __str__(self) -> str:
        return self.email


class Subscription(models.Model):
    """One thing an address follows: `key` names it among those of its kind
    (`freshness.subscriptions`).

    Nothing is sent before `confirmed_at`; without it the row goes after a week. All
    that happened until `told_until` was told, or was there before. It ends on
    `ends_on`, and before that asks whether it shall go on.
    """

    subscriber = models.ForeignKey(
        Subscriber,
        on_delete=models.CASCADE,
        related_name="subscriptions",
        verbose_name=_("address"),
    )
    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("what is followed"), max_length=300)
    # Of the form it was asked for with; mails go in the language of the subscriber.
    language = models.CharField(_("language"), max_length=12, editable=False)
    asked_at = models.DateTimeField(_("asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    ends_on = models.DateField(_("ends on"), null=True)
    told_until = models.DateTimeField(null=True, editable=False)
    last_sent_at = models.DateTimeField(_("last mail"), null=True)
    end_told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["kind", "key", "pk"]
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "kind", "key"], name="followed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    confirmed_at=None, ends_on=None, told_until=None, last_sent_at=None
                )
                | models.Q(
                    confirmed_at__isnull=False,
                    ends_on__isnull=False,
                    told_until__isnull=False,
                ),
                name="confirmed_subscription_has_an_end",
            ),
        ]
        indexes = [models.Index(fields=["kind", "key"], name="subscription_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SeenItem(models.Model):
    """That something which is followed had this item when we looked. What becomes
    public counts as new from then on, however old the row is that it comes from.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=300)
    mark = models.CharField(max_length=80)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "mark"], name="item_seen_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.mark}"

"""Following by mail: asked for, confirmed, changed, ended. Who asks learns nothing of
the address they ask for.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from herne_bildung.freshness.emails import subscriptions as mails
from herne_bildung.freshness.models import (
    FOLLOWED_MAIL,
    OutgoingMail,
    SeenItem,
    Subscriber,
    Subscription,
)
from herne_bildung.freshness.rhythm import add_months
from herne_bildung.freshness.subscription_tokens import WAITS
from herne_bildung.freshness.subscriptions import kinds
from herne_bildung.lib import clock

# Mails that one address gets because somebody entered it, and in what time.
MOST_ASKED = ((timedelta(days=1), 5), (timedelta(days=7), 10))


@transaction.atomic
def ask(*, form_key: str, kind: str, key: str, email: str, language: str) -> None:
    """Somebody entered this address to follow something: it gets a mail with the link
    that confirms, or that says that it follows already. No more than a few, whoever
    enters it how often. `form_key` is the identity of the form's token.
    """
    subscriber = _locked(email, language)
    if _was_asked_too_often(subscriber.email):
        _forget_unused(Subscriber.objects.filter(pk=subscriber.pk))
        return
    subscription, _ = Subscription.objects.get_or_create(
        subscriber=subscriber,
        kind=kind,
        key=key,
        defaults={"asked_at": clock.now(), "language": language},
    )
    mail_key = f"{mails.ASKED}{form_key}"
    if subscription.confirmed_at:
        mails.already_followed(subscription, language).put(
            key=mail_key, recipient=subscriber.email
        )
        return
    subscription.asked_at, subscription.language = clock.now(), language
    subscription.save(update_fields=["asked_at", "language"])
    mails.please_confirm(subscription).put(key=mail_key, recipient=subscriber.email)


def _locked(email: str, language: str) -> Subscriber:
    """The row of an address, which may be new."""
    rows = Subscriber.objects.select_for_update()
    found = rows.filter(email__iexact=email).first()
    if found is None:
        Subscriber.objects.get_or_create(
            email__iexact=email, defaults={"email": email, "language": language}
        )
        found = rows.get(email__iexact=email)
    return found


def _was_asked_too_often(email: str) -> bool:
    asked = OutgoingMail.objects.filter(
        key__startswith=mails.ASKED, recipient__iexact=email
    )
    now = clock.now()
    return any(
        asked.filter(created_at__gt=now - time).count() >= most
        for time, most in MOST_ASKED
    )


@transaction.atomic
def confirm(subscription: Subscription) -> Subscription:
    """The owner of the address wants it. What is there already is not told."""
    row = _locked_row(subscription)
    if row is None or row.confirmed_at:
        return row or subscription
    now = clock.now()
    if kind := kinds().get(row.kind):
        kind.look([row.key], now)
    row.confirmed_at = row.told_until = now
    row.ends_on = _new_end()
    row.save()
    row.subscriber.language = row.language
    row.subscriber.save(update_fields=["language"])
    return row


def _locked_row(subscription: Subscription) -> Subscription | None:
    _lock([subscription.subscriber_id])
    rows = Subscription.objects.select_for_update().select_related("subscriber")
    return rows.filter(pk=subscription.pk).first()


def _lock(subscribers: Iterable[int]) -> None:
    """Always before their subscriptions are touched."""
    rows = Subscriber.objects.select_for_update().order_by("pk")
    list(rows.filter(pk__in=list(subscribers)).values_list("pk", flat=True))


def _new_end() -> date:
    return add_months(clock.today(), settings.SUBSCRIPTION_MONTHS)


@transaction.atomic
def refuse(subscription: Subscription) -> None:
    """Somebody else entered the address, or its owner thought better of it. The mail
    that asked goes with `forget`: until then it counts against floods.
    """
    _lock([subscription.subscriber_id])
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).delete()
    rows = Subscriber.objects.filter(pk=subscription.subscriber_id)
    rows.filter(subscriptions=None).delete()


@transaction.atomic
def end(subscriber: Subscriber, pk: int) -> None:
    """It follows this no more; with the last one the address is forgotten."""
    _lock([subscriber.pk])
    subscriber.subscriptions.filter(pk=pk).delete()
    _forget_unused(Subscriber.objects.filter(pk=subscriber.pk))


@transaction.atomic
def end_all(subscribers: QuerySet[Subscriber]) -> int:
    """These addresses follow nothing any more and are forgotten. How many it were."""
    found = list(subscribers.values_list("pk", flat=True))
    _lock(found)
    Subscription.objects.filter(subscriber__in=found).delete()
    return _forget_unused(Subscriber.objects.filter(pk__in=found))


@transaction.atomic
def end_some(subscriptions: QuerySet[Subscription]) -> int:
    """Staff end these, for somebody who asked them to. Returns how many."""
    found = dict(subscriptions.values_list("pk", "subscriber"))
    _lock(found.values())
    number = Subscription.objects.filter(pk__in=found).delete()[0]
    _forget_unused(Subscriber.objects.filter(pk__in=found.values()))
    return number


@transaction.atomic
def go_on(subscriber: Subscriber) -> None:
    """All that the address follows goes on for another while."""
    subscriber.subscriptions.exclude(confirmed_at=None).update(
        ends_on=_new_end(), end_told_at=None
    )


def set_language(subscriber: Subscriber, language: str) -> None:
    """Mails come in this language from now on."""
    Subscriber.objects.filter(pk=subscriber.pk).update(language=language)


def _forget_unused(subscribers: QuerySet[Subscriber]) -> int:
    """Remove addresses that follow nothing, with the mails to them."""
    followed = Subscription.objects.filter(subscriber=OuterRef("pk"))
    unused = list(subscribers.filter(~Exists(followed)))
    for subscriber in unused:
        OutgoingMail.objects.filter(
            key__startswith=FOLLOWED_MAIL, recipient__iexact=subscriber.email
        ).exclude(**_counts_still()).delete()
    Subscriber.objects.filter(pk__in=[one.pk for one in unused]).delete()
    return len(unused)


def _counts_still() -> dict[str, object]:
    """Mails that say how often an address was entered; `forget` removes them."""
    since = clock.now() - MOST_ASKED[-1][0]
    return {"key__startswith": mails.ASKED, "created_at__gt": since}


@transaction.atomic
def forget() -> int:
    """Remove what nobody confirmed, what has ended, and what hung on it. Returns how
    many subscriptions there were.
    """
    over = Subscription.objects.filter(
        Q(confirmed_at=None, asked_at__lte=clock.now() - WAITS)
        | Q(ends_on__lt=clock.today())
    )
    _lock(over.values_list("subscriber", flat=True))
    number = over.delete()[0]
    _forget_unused(Subscriber.objects.all())
    OutgoingMail.objects.filter(key__startswith=mails.ASKED).exclude(
        **_counts_still()
    ).delete()
    followed = Subscription.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"))
    SeenItem.objects.filter(~Exists(followed)).delete()
    return number

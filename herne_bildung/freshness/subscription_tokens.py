"""Links of mails to people who follow something: signed, bound to their address.

They end with the row they name; links stay out of logs (lib.token_addresses).
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import override

from herne_bildung.freshness.models import Subscriber, Subscription
from herne_bildung.lib import clock

# Longer ones are nobody's.
LONGEST = 200
# So long nobody need have answered; then the address is forgotten.
WAITS = timedelta(days=7)
_to_confirm = signing.Signer(sep=".", salt="herne_bildung.freshness.subscription")
_to_manage = signing.Signer(sep=".", salt="herne_bildung.freshness.subscriber")


def link_to_confirm(subscription: Subscription) -> str:
    """The page with the button without which nothing is sent."""
    secret = subscription.subscriber.secret
    token = _to_confirm.sign(f"{subscription.pk}.{secret}")
    return _address("subscription_confirm", token, subscription.language)


def link_to_manage(subscriber: Subscriber) -> str:
    """The page that says what an address follows."""
    return _address("subscriptions", manage_token(subscriber), subscriber.language)


def link_to_end(subscriber: Subscriber) -> str:
    """The page that ends all of it, which mail programs may do by themselves."""
    return _address("subscriptions_end", manage_token(subscriber), subscriber.language)


def manage_token(subscriber: Subscriber) -> str:
    """The part of the address that stands for an address that follows something."""
    return _to_manage.sign(f"{subscriber.pk}.{subscriber.secret}")


def subscription_of(token: str) -> Subscription | None:
    """What a link confirms or has confirmed; None for one that has ended."""
    number, secret = _parts(_to_confirm, token)
    rows = Subscription.objects.select_related("subscriber")
    found = rows.filter(pk=number).first() if number else None
    if found is None or not constant_time_compare(found.subscriber.secret, secret):
        return None
    is_late = found.asked_at + WAITS <= clock.now()
    return None if is_late and found.confirmed_at is None else found


def subscriber_of(token: str) -> Subscriber | None:
    """Whose link it is; None when the address is not kept any more."""
    number, secret = _parts(_to_manage, token)
    found = Subscriber.objects.filter(pk=number).first() if number else None
    if found is None or not constant_time_compare(found.secret, secret):
        return None
    return found


def is_ours(token: str) -> bool:
    """Whether we made this link, ended or not."""
    return any(_parts(signer, token)[0] for signer in (_to_confirm, _to_manage))


def _parts(signer: signing.Signer, token: str) -> tuple[int | None, str]:
    try:
        number, _, secret = signer.unsign(token[:LONGEST]).partition(".")
    except signing.BadSignature:
        return None, ""
    return int(number), secret


def _address(name: str, token: str, language: str) -> str:
    with override(language):
        return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=[token])}"

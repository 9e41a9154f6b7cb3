"""The daily mail to people who follow something: what is new since they were told.

A run that breaks off is continued by the next one; one that comes twice sends nothing.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils.translation import override

from herne_bildung.freshness.actions.run_lock import NEWS_LOCK, is_gone, only_run
from herne_bildung.freshness.emails import subscriptions as mails
from herne_bildung.freshness.emails.subscriptions import Followed
from herne_bildung.freshness.models import Subscriber, Subscription
from herne_bildung.freshness.subscriptions import News, NewsOfOneRun, kinds, things_of
from herne_bildung.lib import clock

logger = logging.getLogger(__name__)

# So many days before it ends a subscription asks whether it shall go on.
ASKS_BEFORE = timedelta(days=21)


def send_news() -> int:
    """Write the mails of today, one for each address. Returns how many."""
    with only_run(needed=True, lock=NEWS_LOCK) as is_alone:
        if not is_alone:
            return 0
        return _tell_news(clock.now()) + _tell_ends()


def _tell_news(now: datetime) -> int:
    rows = list(_confirmed())
    by_address = {
        pk: due(list(group), now)
        for pk, group in groupby(rows, key=lambda row: row.subscriber_id)
    }
    look([row for found in by_address.values() for row in found], now)
    run, quiet, mailed = NewsOfOneRun(now), [], 0
    for pk, found in by_address.items():
        with _alone("news of subscriber %s not told", pk):
            if any(_news(run, row) for row in found):
                mailed += _tell(run, pk, now)
            else:
                quiet += [row.pk for row in found]
    waiting = Subscription.objects.filter(pk__in=quiet, told_until__lt=now)
    waiting.update(told_until=now)
    return mailed


@contextmanager
def _alone(trouble: str, *about: object) -> Iterator[None]:
    """A part whose failure must not keep the others from their mail; what it did not
    tell, the next run does.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, OperationalError | InterfaceError) and is_gone(error):
            raise
        logger.exception(trouble, *about)


def _confirmed() -> QuerySet[Subscription]:
    rows = Subscription.objects.exclude(confirmed_at=None)
    rows = rows.filter(ends_on__gte=clock.today()).select_related("subscriber")
    return rows.order_by("subscriber_id", "kind", "key")


def due(rows: Sequence[Subscription], now: datetime) -> list[Subscription]:
    """Those of one address whose last mail is long enough ago; none on a day on which
    it got one.
    """
    today = _day(now)
    sent = {row.pk: _day(row.last_sent_at) for row in rows if row.last_sent_at}
    if today in sent.values():
        return []
    known = [row for row in rows if row.kind in kinds()]
    return [
        row
        for row in known
        if row.pk not in sent
        or sent[row.pk] + timedelta(days=kinds()[row.kind].days_between) <= today
    ]


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.BERLIN).date()


def look(rows: Iterable[Subscription], now: datetime) -> None:
    """Let each kind note what there is of everything that is followed."""
    for name, kind in kinds().items():
        if keys := {row.key for row in rows if row.kind == name}:
            about = "no look at what is followed of kind %s"
            with _alone(about, name), transaction.atomic():
                kind.look(keys, now)


def _news(run: NewsOfOneRun, row: Subscription) -> list[News]:
    return run.of(row.kind, row.key, row.told_until, row.subscriber.language)


@transaction.atomic
def _tell(run: NewsOfOneRun, subscriber_id: int, now: datetime) -> int:
    """One mail to one address. Read again: it may have ended all meanwhile."""
    rows = Subscriber.objects.select_for_update().filter(pk=subscriber_id)
    if (subscriber := rows.first()) is None:
        return 0
    locked = _confirmed().filter(subscriber=subscriber).select_for_update()
    found = due(list(locked), now)
    news = {row: _news(run, row) for row in found}
    with override(subscriber.language):
        things = things_of(found, subscriber.language)
    told = [row for row in found if news[row] and things[row.kind, row.key]]
    followed = [
        Followed(things[row.kind, row.key].to_its_reader, news[row]) for row in told
    ]
    if not followed:
        return 0
    Subscription.objects.filter(pk__in=[row.pk for row in found]).update(told_until=now)
    Subscription.objects.filter(pk__in=[row.pk for row in told]).update(
        last_sent_at=now
    )
    mails.news_mail(subscriber, followed).put(
        key=f"{mails.NEWS}{subscriber.pk}:{_day(now)}",
        recipient=subscriber.email,
    )
    return 1


def _tell_ends() -> int:
    """Ask those whose mails end soon whether they shall go on, once."""
    soon = _confirmed().filter(
        ends_on__lte=clock.today() + ASKS_BEFORE, end_told_at=None
    )
    addresses = list(soon.order_by().values_list("subscriber", flat=True).distinct())
    mailed = 0
    for pk in addresses:
        with _alone("subscriber %s not told of the end", pk):
            mailed += _tell_end(soon, pk)
    return mailed


@transaction.atomic
def _tell_end(soon: QuerySet[Subscription], subscriber_id: int) -> int:
    rows = Subscriber.objects.select_for_update().filter(pk=subscriber_id)
    if (subscriber := rows.first()) is None:
        return 0
    found = list(soon.filter(subscriber=subscriber).select_for_update())
    if not found:
        return 0
    Subscription.objects.filter(pk__in=[row.pk for row in found]).update(
        end_told_at=clock.now()
    )
    mails.ends_soon(subscriber, found).put(
        key=f"{mails.END}{subscriber.pk}:{clock.today()}", recipient=subscriber.email
    )
    return 1

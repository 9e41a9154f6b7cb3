"""The addresses that entries name: gathered, checked now and then, shown to owners.

No mail tells of a dead link; it stands where the owner looks anyway.
"""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from herne_bildung.freshness.kinds import Kind, kinds
from herne_bildung.freshness.link_checker import LinkChecker, Outcome, State
from herne_bildung.freshness.models import CheckedLink, LinkUse, MaintainedEntry
from herne_bildung.lib import clock

BATCH = 500
LONGEST = 500
# Days until the next check, and how many failing days make a link broken.
AFTER_SUCCESS, AFTER_STRIKE, AFTER_UNCHECKED, AFTER_BROKEN = (
    timedelta(days=days) for days in (14, 1, 3, 7)
)
STRIKES = 3
CLAIM = timedelta(minutes=15)
# Links claimed at a time; of these no more than so many of one host.
PORTION, PER_HOST = 20, 3
LOOKED_AT = 200
# Seconds a run may take; the rest waits for the next hour.
MOST_SECONDS = 300
# What was synced in this time is gathered by the hourly run; all of it at night.
RECENT = timedelta(hours=2)


def collect_links(*, since: datetime | None = None) -> int:
    """Note which entries name which addresses, of all entries or of those taken over
    since a time. Returns how many entries were looked at.
    """
    number = 0
    for kind in kinds().values():
        if not kind.link_fields:
            continue
        rows = MaintainedEntry.objects.filter(kind=kind.name).order_by("pk")
        if since is not None:
            rows = rows.filter(synced_at__gte=since)
        for batch in _batches(rows):
            _collect(kind, batch)
            number += len(batch)
    if since is None:
        _remove_unused()
    return number


def _batches(rows: QuerySet) -> Iterable[list[MaintainedEntry]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


@transaction.atomic
def _collect(kind: Kind, rows: list[MaintainedEntry]) -> None:
    _one_at_a_time("collect")
    named = _named(kind, rows)
    urls = set(named.values())
    CheckedLink.objects.bulk_create(
        [CheckedLink(url=url, next_on=clock.today()) for url in sorted(urls)],
        ignore_conflicts=True,
    )
    ids = dict(CheckedLink.objects.filter(url__in=urls).values_list("url", "pk"))
    known = {
        (use.entry_id, use.field): use for use in LinkUse.objects.filter(entry__in=rows)
    }
    gone = [use.pk for place, use in known.items() if place not in named]
    LinkUse.objects.filter(pk__in=gone).delete()
    LinkUse.objects.bulk_create(
        [
            LinkUse(entry_id=entry, field=field, link_id=ids[url])
            for (entry, field), url in named.items()
            if (entry, field) not in known or known[entry, field].link_id != ids[url]
        ],
        update_conflicts=True,
        unique_fields=["entry", "field"],
        update_fields=["link"],
    )


def _named(kind: Kind, rows: list[MaintainedEntry]) -> dict[tuple[int, str], str]:
    """{(row, field): address} of entries on the site, or hidden for a while."""
    by_object = {
        row.object_id: row.pk for row in rows if not (row.ended_at or row.is_sample)
    }
    found = kind.model._default_manager.filter(pk__in=by_object)
    return {
        (by_object[values["pk"]], field): url
        for values in found.values("pk", *kind.link_fields)
        for field in kind.link_fields
        if (url := (values[field] or "").strip()) and len(url) <= LONGEST
    }


@transaction.atomic
def _remove_unused() -> None:
    _one_at_a_time("collect")
    uses = LinkUse.objects.filter(link=OuterRef("pk"))
    CheckedLink.objects.filter(~Exists(uses)).delete()


def check_due(
    limit: int, *, checker: LinkChecker | None = None, seconds: float = MOST_SECONDS
) -> int:
    """Check links whose day has come, at most `limit` and for a limited time.

    Several workers share the work; one host is asked by one of them at a time.
    Returns how many were checked.
    """
    checker = checker or LinkChecker(f"Lernen-in-Herne (+{settings.PUBLIC_ADDRESS})")
    end, number = time.monotonic() + seconds, 0
    while number < limit and time.monotonic() < end:
        claimed = _claim(min(PORTION, limit - number))
        if not claimed:
            break
        for link in claimed:
            number += _note(link, checker.check(link.url))
    return number


@transaction.atomic
def _claim(number: int) -> list[CheckedLink]:
    _one_at_a_time("claim")
    now = clock.now()
    busy = CheckedLink.objects.filter(claimed_until__gte=now)
    hosts = dict.fromkeys(host_of(url) for url in busy.values_list("url", flat=True))
    asked = dict.fromkeys(hosts, PER_HOST)
    due = (
        CheckedLink.objects.select_for_update(skip_locked=True)
        .filter(
            Q(claimed_until=None) | Q(claimed_until__lt=now),
            next_on__lte=clock.today(),
        )
        .order_by("next_on", "pk")
    )
    claimed = []
    for link in due[:LOOKED_AT]:
        host = host_of(link.url)
        if asked.get(host, 0) < PER_HOST and len(claimed) < number:
            asked[host] = asked.get(host, 0) + 1
            link.claimed_until = now + CLAIM
            claimed.append(link)
    CheckedLink.objects.bulk_update(claimed, ["claimed_until"])
    return claimed


def host_of(url: str) -> str:
    """The host of an address; empty where none can be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _note(link: CheckedLink, outcome: Outcome) -> bool:
    """Write down what came of a check; False when another worker has the link now."""
    return bool(
        CheckedLink.objects.filter(pk=link.pk, claimed_until=link.claimed_until).update(
            claimed_until=None, **after(link, outcome)
        )
    )


def after(link: CheckedLink, outcome: Outcome) -> dict[str, Any]:
    """The columns of a link after a check today.

    A failure is a strike once a day; three make it broken. What could not be checked
    is neither a strike nor an acquittal.
    """
    today, states = clock.today(), CheckedLink.State
    if outcome.state is State.WORKS:
        found = {"state": states.WORKS, "strikes": 0, "next_on": today + AFTER_SUCCESS}
    elif outcome.state is State.UNCHECKED:
        is_broken = link.state == states.BROKEN
        state = states.BROKEN if is_broken else states.UNCHECKED
        found = {"state": state, "next_on": today + AFTER_UNCHECKED}
    else:
        is_first_today = not link.strikes or link.checked_on != today
        strikes = min(STRIKES, link.strikes + is_first_today)
        is_broken = strikes >= STRIKES
        found = {
            "state": states.BROKEN if is_broken else link.state,
            "strikes": strikes,
            "next_on": today + (AFTER_BROKEN if is_broken else AFTER_STRIKE),
        }
    return {**found, "reason": outcome.reason, "checked_on": today}


def check_links(limit: int) -> int:
    """The hourly run: new addresses first, then a portion of those that are due."""
    collect_links(since=clock.now() - RECENT)
    return check_due(limit)


def _one_at_a_time(part: str) -> None:
    """Hold this part of the work until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))",
            [f"herne_bildung.links.{part}"],
        )

"""Writes over several tables of the catalogue; admin, seed and tasks call these."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from herne_bildung.city import search, versions
from herne_bildung.city.models import (
    EntryVersion,
    User,
)
from herne_bildung.city.querysets import organisation_ids_of
from herne_bildung.city.reference import districts
from herne_bildung.city.versions import waiting
from herne_bildung.freshness.recipients import recipient_for
from herne_bildung.lib import clock, many_rows, page_cache
from herne_bildung.lib.schedule import next_start
from offerings import emails
from offerings.dates.schedules import school_holidays
from offerings.dates.slots import HORIZON, ROLLING
from offerings.facts import facts_of, rules_of
from offerings.models import Offering, OfferingIndex
from offerings.noticed import note_facts
from offerings.series import note_news
from offerings.words import search_document

BATCH = 500
INDEX_SQL = """
INSERT INTO offerings_offeringindex (offering_id, is_listed, facts, changed_in)
SELECT offering_id, is_listed, facts, pg_current_xact_id()::text::bigint
FROM unnest(%s::bigint[], %s::boolean[], %s::jsonb[])
  AS row (offering_id, is_listed, facts)
ON CONFLICT (offering_id) DO UPDATE SET
  is_listed = excluded.is_listed, facts = excluded.facts,
  changed_in = excluded.changed_in
"""
# Every process has asked the index at least once in so many days: web servers at each
# page, workers are younger.
REMOVED_KEPT_DAYS = 30
# In so many days each row of the index is made anew.
SHARES = 28
NOTE_REMOVED_SQL = """
UPDATE offerings_offeringindex SET
  is_listed = false, facts = jsonb_build_object('removed_on', %s::date),
  changed_in = pg_current_xact_id()::text::bigint
WHERE NOT facts ? 'removed_on' AND NOT EXISTS (
  SELECT FROM offerings_offering WHERE id = offering_id
)
"""
FORGET_REMOVED_SQL = """
DELETE FROM offerings_offeringindex WHERE (facts->>'removed_on')::date <= %s
"""


def reindex(ids: Iterable[int] | None = None) -> int:
    """Make index rows, next date and search words of these offers anew (all when
    none are named). Returns how many there were.
    """
    offerings = (
        Offering.objects.all()
        if ids is None
        else Offering.objects.filter(pk__in=list(ids))
    )
    wanted = list(offerings.values_list("pk", flat=True).order_by("pk"))
    if ids is not None:
        # What follows them is found by their titles.
        following = offerings.exclude(successor=None)
        wanted = sorted({*wanted, *following.values_list("successor_id", flat=True)})
    holidays = school_holidays()
    for start in range(0, len(wanted), BATCH):
        _reindex_batch(wanted[start : start + BATCH], holidays)
    return len(wanted)


@transaction.atomic
def _reindex_batch(ids: Sequence[int], holidays: list) -> None:
    # Locked before related rows are read: of two runs at once the later one writes
    # what it read after the earlier one, never something older.
    offerings = list(
        Offering.objects.filter(pk__in=ids)
        .select_for_update(of=("self",), no_key=True)
        .select_related("provider")
        .order_by("pk")
        .prefetch_related(
            "topics__parent", "places", "schedules", "occurrences", "predecessors"
        )
    )
    known_districts = districts()
    now, today = clock.now(), clock.today()
    rows: list[tuple[int, bool, str]] = []
    moved: list[Offering] = []
    for offering in offerings:
        rules = rules_of(offering, holidays)
        facts = facts_of(offering, known_districts, rules, today)
        is_listed = offering.state == Offering.State.PUBLISHED
        rows.append((offering.pk, is_listed, json.dumps(facts)))
        upcoming = next_start(rules, now)
        if upcoming != offering.next_start:
            offering.next_start = upcoming
            moved.append(offering)
    if many_rows.update(moved, ["next_start"]):
        transaction.on_commit(page_cache.outdate)
    with connection.cursor() as cursor:
        cursor.execute(INDEX_SQL, [list(column) for column in zip(*rows, strict=True)])
    search.write(search_document(offering) for offering in offerings)
    note_facts(offerings)
    note_news(ids)


@transaction.atomic
def change_state(
    offerings: QuerySet[Offering], *, state: str, reason: str, by: User
) -> list[Offering]:
    """Publish or hide offers; providers whose offers go off the site are told why.

    Returns those that changed.
    """
    ids = list(offerings.exclude(state=state).values_list("pk", flat=True))
    changed = list(
        Offering.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .select_related("provider")
        .order_by("pk")
    )
    versions.begin(changed)
    now = clock.now()
    for offering in changed:
        was_public = offering.state == Offering.State.PUBLISHED
        offering.state, offering.updated_at = state, now
        if was_public:
            tell_provider(offering, reason=reason, by=by)
    if many_rows.update(changed, ["state", "updated_at"]):
        transaction.on_commit(page_cache.outdate)
    reindex(offering.pk for offering in changed)
    if changed:
        versions.note_many(changed, by=by, how=EntryVersion.How.LOGIN, comment=reason)
        waiting.settle(changed, by=by)
    return changed


def tell_provider(offering: Offering, *, reason: str, by: User) -> None:
    """Tell the provider's first contact that an offer went off the site, unless its
    own people did that. Samples never cause a mail.
    """
    provider = offering.provider
    if offering.is_sample or provider is None:
        return
    recipient = recipient_for(provider)
    if recipient and provider.pk not in organisation_ids_of(by):
        emails.offer_hidden(offering, reason, recipient)


@transaction.atomic
def forget_removed() -> int:
    """Remove index rows of offers that do not exist any more, once every process must
    have learnt that; until then they say so. Returns how many rows went.
    """
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(NOTE_REMOVED_SQL, [today])
        cursor.execute(FORGET_REMOVED_SQL, [today - timedelta(days=REMOVED_KEPT_DAYS)])
        return cursor.rowcount


def compute_next_dates(now: datetime | None = None) -> int:
    """Reindex offers whose next date has passed. Returns how many."""
    passed = Offering.objects.filter(next_start__lte=now or clock.now())
    ids = list(passed.values_list("pk", flat=True))
    return reindex(ids) if ids else 0


def look_ahead() -> int:
    """Reindex a share of all offers with schedules, and those whose row of the index
    was left out for four weeks, so that the days known ahead never run out.
    Returns how many.
    """
    today = clock.today()
    scheduled = Offering.objects.filter(schedules__isnull=False)
    share = scheduled.extra(
        where=["offerings_offering.id %% %s = %s"],
        params=[SHARES, today.toordinal() % SHARES],
    )
    enough = (today + HORIZON + ROLLING - timedelta(days=SHARES)).toordinal()
    rows = OfferingIndex.objects.exclude(facts__known_until__gte=enough)
    left_out = scheduled.filter(pk__in=rows.values("offering_id"))
    ids = {*share.values_list("pk", flat=True), *left_out.values_list("pk", flat=True)}
    return reindex(ids) if ids else 0

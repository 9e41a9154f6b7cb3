"""The call list as staff read it: by organisation, because one call settles all its
entries; entries from documents first, then the most urgent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When
from django.db.models.expressions import Window
from django.db.models.functions import RowNumber

from herne_bildung.city.contact import phone_url
from herne_bildung.city.models import Organisation, User
from herne_bildung.freshness.actions.calls import next_try_day
from herne_bildung.freshness.documents import documents
from herne_bildung.freshness.group_facts import GroupFacts, facts_by_group, mark_of
from herne_bildung.freshness.kinds import kind_of, objects_of
from herne_bildung.freshness.models import Call
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.lib import clock

PER_PAGE = 15
# A call about more entries than one can read out is made again afterwards.
MOST_OF_ONE = 30


@dataclass(frozen=True)
class CallItem:
    """One entry to ask about. `seen` marks the facts as they are shown."""

    call: Call
    groups: list[GroupFacts]
    seen: str
    phone: str
    page_path: str
    admin_path: str

    @property
    def phone_url(self) -> str:
        return phone_url(self.phone)

    @property
    def is_document(self) -> bool:
        return self.call.entry.is_document


@dataclass(frozen=True)
class Party:
    """Whom to call: an organisation, or nobody known, with all there is to ask."""

    organisation: Organisation | None
    items: list[CallItem]
    number: int
    next_try_on: date
    holder: User | None

    @property
    def anchor(self) -> str:
        return f"party-{self.organisation.pk if self.organisation else 0}"

    @property
    def phones(self) -> list[tuple[str, str]]:
        """Numbers to try with links that call them, the organisation's own first."""
        own = [self.organisation.phone] if self.organisation else []
        found = [*own, *(item.phone for item in self.items)]
        return [(phone, phone_url(phone)) for phone in dict.fromkeys(found) if phone]

    @property
    def left_out(self) -> int:
        return self.number - len(self.items)


def open_calls(
    *,
    user: User,
    reason: str = "",
    district: str = "",
    is_mine: bool = False,
    with_later: bool = False,
) -> QuerySet[Call]:
    """Open calls to make now, or later too, cut down to what is asked for."""
    calls = Call.objects.filter(closed_at=None)
    if not with_later:
        calls = Call.objects.to_make(clock.today())
    if reason:
        calls = calls.filter(reason=reason)
    if district:
        calls = calls.filter(entry__dimensions__district__contains=[district])
    if is_mine:
        calls = calls.held_by(user)
    return calls


DOCUMENTS_FIRST = Case(
    When(documents("entry__"), Value(0)), default=Value(1), output_field=IntegerField()
)


def organisations(calls: QuerySet[Call]) -> QuerySet[dict[str, Any]]:
    """Ids of organisations with open calls, in the order to call them."""
    return (
        calls.order_by()
        .values("entry__organisation_id")
        .annotate(
            number=Count("pk"),
            first=Min(DOCUMENTS_FIRST),
            urgent=Min("entry__due_on"),
        )
        .order_by("first", F("urgent").asc(nulls_last=True), "entry__organisation_id")
    )


def parties(calls: QuerySet[Call], rows: Iterable[Mapping[str, Any]]) -> list[Party]:
    """What to ask these organisations (rows of `organisations`), in their order."""
    rows = list(rows)
    by_organisation: dict[int | None, list[CallItem]] = defaultdict(list)
    for item in _items(_of(calls, [row["entry__organisation_id"] for row in rows])):
        by_organisation[item.call.entry.organisation_id].append(item)
    calendars, today = Calendars(), clock.today()
    found = []
    for row in rows:
        pk = row["entry__organisation_id"]
        items = by_organisation[pk]
        if not items:
            continue
        found.append(
            Party(
                organisation=items[0].call.entry.organisation,
                items=items,
                number=row["number"],
                next_try_on=next_try_day(calendars.of(pk), today),
                holder=next(filter(None, (item.call.holder for item in items)), None),
            )
        )
    return found


def item_of(call: Call) -> CallItem | None:
    """One call with its facts; None when the entry is gone."""
    found = _items([call])
    return found[0] if found else None


def _of(calls: QuerySet[Call], ids: list[int | None]) -> list[Call]:
    """Calls of these organisations, at most MOST_OF_ONE of each."""
    wanted = Q(entry__organisation_id__in=[pk for pk in ids if pk is not None])
    if None in ids:
        wanted |= Q(entry__organisation_id=None)
    order = [DOCUMENTS_FIRST, F("entry__due_on").asc(nulls_last=True), F("pk").asc()]
    place = Window(
        RowNumber(), partition_by=F("entry__organisation_id"), order_by=order
    )
    return list(
        calls.filter(wanted)
        .annotate(place=place)
        .filter(place__lte=MOST_OF_ONE)
        .select_related("entry__organisation", "claimed_by")
        .order_by("place")
    )


def _items(calls: list[Call]) -> list[CallItem]:
    objects = objects_of(call.entry for call in calls)
    found = []
    for call in calls:
        row, kind = call.entry, kind_of(call.entry)
        if (entry := objects.get((row.kind, row.object_id))) is None:
            continue
        present = kind.fingerprints(entry)
        found.append(
            CallItem(
                call=call,
                groups=facts_by_group(row, entry),
                seen=mark_of(present, present),
                phone=kind.phone(entry),
                page_path=kind.page_path(entry) if row.is_public else "",
                admin_path=kind.admin_path(entry),
            )
        )
    return found

"""What waits, and what is to be read afterwards; each page in a fixed number of
queries.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Value
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from herne_bildung.city.admin.history import full_name
from herne_bildung.city.models import EntryVersion, Organisation, WaitingVersion
from herne_bildung.city.versions import waiting
from herne_bildung.city.versions.declared import models_with_history
from herne_bildung.city.versions.differences import (
    Difference,
    Words,
    changed_labels,
    differences,
)
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import ProposedChange
from herne_bildung.freshness.proposals import field_label
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.portal.approvals.emails import form_path

PER_PAGE = 25


@dataclass(frozen=True)
class Row:
    """One line: `what` names the facts or says that the entry is new."""

    title: str
    kind: str
    what: list[str]
    organisation: str
    who: str
    since: datetime
    path: str
    is_new: bool = False


@dataclass(frozen=True)
class ListPage:
    rows: list[Any]
    total: int
    pager: dict[str, Any]


def waiting_page(raw_page: str | None, organisation: int | None) -> ListPage:
    """Changes, new entries and corrections from mails, the longest waiting first."""
    changes = WaitingVersion.objects.filter(state=WaitingVersion.State.WAITING)
    proposals = ProposedChange.objects.filter(state=ProposedChange.State.WAITING)
    if organisation is not None:
        changes = changes.filter(organisation=organisation)
        proposals = proposals.filter(entry__organisation=organisation)
    by_entry = proposals.order_by().values("entry")
    total = changes.count() + by_entry.distinct().count()
    paging = _paging(raw_page, total)
    both = (
        changes.order_by()
        .annotate(source=Value("change"), first=F("since"))
        .values_list("source", "pk", "first")
        .union(
            by_entry.annotate(
                source=Value("correction"), number=F("entry"), first=Min("at")
            ).values_list("source", "number", "first"),
            all=True,
        )
        .order_by("first", "source", "pk")
    )
    found = list(both[paging.offset : paging.offset + PER_PAGE])
    rows = _change_rows(pk for source, pk, _at in found if source == "change")
    rows |= _correction_rows(pk for source, pk, _at in found if source != "change")
    return ListPage(
        [rows[source, pk] for source, pk, _at in found if (source, pk) in rows],
        total,
        pager(paging, _link(organisation)),
    )


def _paging(raw_page: str | None, total: int) -> Paging:
    number, _is_followed = page_number(raw_page, total, PER_PAGE)
    return Paging(number, PER_PAGE, total)


def _link(organisation: int | None) -> Callable[[int], str]:
    return lambda page: f"?organisation={organisation or ''}&page={page}"


def _change_rows(pks: Iterable[int]) -> dict[tuple[str, int], Row]:
    found = WaitingVersion.objects.select_related("organisation", "by")
    known = models_with_history()
    rows = {}
    for one in found.filter(pk__in=list(pks)):
        declared = known.get(one.model)
        change = waiting.proposed(one)
        rows["change", one.pk] = Row(
            title=one.title,
            kind=_name(declared),
            what=changed_labels(declared, one.base, change) if declared else [],
            organisation=str(one.organisation or ""),
            who=full_name(one.by),
            since=one.since,
            path=reverse("approval", args=[one.pk]),
            is_new=one.is_publication,
        )
    return rows


def _correction_rows(pks: Iterable[int]) -> dict[tuple[str, int], Row]:
    """One row for each entry of which corrections from mails wait."""
    found: dict[int, list[ProposedChange]] = defaultdict(list)
    for change in ProposedChange.objects.filter(
        entry__in=list(pks), state=ProposedChange.State.WAITING
    ).select_related("entry__organisation", "recipient"):
        found[change.entry_id].append(change)
    path = reverse("admin:freshness_proposedchange_changelist")
    rows = {}
    for pk, changes in found.items():
        entry = changes[0].entry
        kind = kind_of(entry)
        rows["correction", pk] = Row(
            title=entry.title,
            kind=str(capfirst(kind.label)),
            what=[field_label(kind, change.field) for change in changes],
            organisation=str(entry.organisation or ""),
            who=_("link in a mail"),
            since=changes[0].at,
            path=f"{path}?entry__id__exact={pk}&state__exact=waiting",
        )
    return rows


def organisations_waiting() -> list[tuple[int, str]]:
    """Those of which something waits, for the filter."""
    changes = WaitingVersion.objects.filter(state=WaitingVersion.State.WAITING)
    proposals = ProposedChange.objects.filter(state=ProposedChange.State.WAITING)
    found = Organisation.objects.filter(
        pk__in=changes.order_by()
        .values("organisation")
        .union(proposals.order_by().values("entry__organisation"))
    )
    return list(found.values_list("pk", "name_de"))


@dataclass(frozen=True)
class Unread:
    """Changes of one entry that its own people published, not read yet. `facts` are
    all of an entry that is new on the site.
    """

    first: EntryVersion
    last: EntryVersion
    kind: str
    what: list[str]
    who: str
    is_new: bool
    form_path: str
    compare_path: str
    facts: list[Difference]


def unread(organisation: int | None) -> QuerySet:
    """Entries with unread versions: first and last number of each."""
    found = EntryVersion.objects.filter(is_unread=True)
    if organisation is not None:
        found = found.filter(organisation=organisation)
    grouped = found.order_by().values("model", "object_id")
    return grouped.annotate(low=Min("number"), high=Max("number"), at=Max("at"))


def unread_page(raw_page: str | None, organisation: int | None) -> ListPage:
    """What was published by its own people, the newest first."""
    entries = unread(organisation)
    total = entries.count()
    paging = _paging(raw_page, total)
    chosen = list(
        entries.order_by("-at", "model", "object_id")[
            paging.offset : paging.offset + PER_PAGE
        ]
    )
    versions = _versions(chosen)
    last: dict[str, list[Any]] = defaultdict(list)
    for one in chosen:
        key = one["model"], one["object_id"]
        last[one["model"]].append(versions[key][one["high"]].snapshot)
    words = {
        model: Words(models_with_history()[model], *snapshots)
        for model, snapshots in last.items()
    }
    rows = [
        _unread_row(one, versions[one["model"], one["object_id"]], words[one["model"]])
        for one in chosen
    ]
    return ListPage(rows, total, pager(paging, _link(organisation)))


def _versions(chosen: list[dict]) -> dict[tuple[str, int], dict[int, EntryVersion]]:
    """The versions that the rows need, by entry and number: the last one read, the
    first and the last unread.
    """
    wanted = Q(pk=None)
    for one in chosen:
        numbers = {one["low"] - 1, one["low"], one["high"]}
        wanted |= Q(model=one["model"], object_id=one["object_id"], number__in=numbers)
    found: dict[tuple[str, int], dict[int, EntryVersion]] = defaultdict(dict)
    rows = EntryVersion.objects.filter(wanted).select_related("by", "organisation")
    for version in rows:
        found[version.model, version.object_id][version.number] = version
    return found


def _unread_row(one: dict, versions: dict[int, EntryVersion], words: Words) -> Unread:
    declared = models_with_history()[one["model"]]
    # Numbers have no gaps; old versions go from the front.
    before = versions.get(one["low"] - 1)
    first, last = versions[one["low"]], versions[one["high"]]
    app, name = one["model"].split(".")
    is_new = before is None or not declared.is_public_in(before.snapshot)
    base = reverse(f"admin:{app}_{name}_compare", args=[one["object_id"]])
    old = before or first
    return Unread(
        first=first,
        last=last,
        kind=_name(declared),
        what=[]
        if is_new
        else changed_labels(
            declared, before.snapshot, last.snapshot, with_private=True
        ),
        who=full_name(last.by),
        is_new=is_new,
        form_path=form_path(one["model"], one["object_id"]),
        compare_path=f"{base}?a={old.number}&b={last.number}"
        if old.number != last.number
        else "",
        facts=differences(declared, {}, last.snapshot, with_private=True, words=words)
        if is_new
        else [],
    )


def _name(declared: Any) -> str:
    return str(capfirst(declared.model._meta.verbose_name)) if declared else ""


def count_waiting() -> int:
    """How many entries wait; two queries."""
    changes = WaitingVersion.objects.filter(state=WaitingVersion.State.WAITING)
    proposals = ProposedChange.objects.filter(state=ProposedChange.State.WAITING)
    entries = proposals.aggregate(number=Count("entry", distinct=True))
    return changes.count() + entries["number"]

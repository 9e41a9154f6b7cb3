"""What public pages say of how fresh an entry is.

It depends on the day; pages are kept until midnight at most, and every change of what
they say of a MaintainedEntry outdates them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from herne_bildung.city.contact import contact, phone_url
from herne_bildung.city.versions import declared_for, waiting
from herne_bildung.city.versions.differences import groups_of
from herne_bildung.freshness.documents import is_document
from herne_bildung.freshness.emails.mail import office_address
from herne_bildung.freshness.kinds import Kind, kinds
from herne_bildung.freshness.models import (
    CareEvent,
    MaintainedEntry,
    ProposedChange,
)
from herne_bildung.freshness.rhythm import State, state_by_date, state_of
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.listing import listed

COLUMNS = (
    "object_id",
    "has_waiting_change",
    "as_of",
    "confirmed_at",
    "due_on",
    "hidden_at",
    "ended_at",
)


@dataclass(frozen=True, slots=True)
class Freshness:
    """What `components/freshness.html` shows of an entry.

    `sentence` says when all of it was confirmed; where that differs, it is empty and
    `groups` has a label and a text for each group of facts. Documents that nobody
    ever confirmed have neither. `overdue_facts` names what nobody confirmed in time,
    for a warning with the advice to call, or to ask in another way: `contact` is the
    first of those who can be asked of whom anything is known (city.contact).
    """

    state: State
    is_confirmed: bool
    sentence: str = ""
    groups: tuple[dict[str, str], ...] = ()
    overdue_facts: str = ""
    phone: str = ""
    has_waiting_correction: bool = False
    contact: Mapping[str, Any] | None = None

    @property
    def is_overdue(self) -> bool:
        return self.state == State.OVERDUE

    @property
    def is_document(self) -> bool:
        """From a document and never confirmed: the page has a label for that."""
        return self.state == State.DOCUMENT

    @property
    def phone_url(self) -> str:
        return phone_url(self.phone)

    @property
    def office(self) -> str:
        """The mail address of the Bildungsbüro; empty while none is set."""
        return office_address()


def freshness_of(kind_name: str, found: Any, language: str) -> Freshness | None:
    """Of one entry; one query. None for samples, which nobody confirms."""
    return freshness_of_many(kind_name, [found], language).get(found.pk)


def freshness_of_many(
    kind_name: str,
    entries: Iterable[Any],
    language: str,
    *,
    with_samples: bool = False,
) -> dict[int, Freshness]:
    """Of these entries of one kind, by id; one query. Samples only where they are
    asked for, and then those that somebody has confirmed to try that out.
    """
    wanted = {
        found.pk: found for found in entries if with_samples or not found.is_sample
    }
    if not wanted:
        return {}
    kind, today = kinds()[kind_name], clock.today()
    rows = MaintainedEntry.objects.filter(kind=kind_name, object_id__in=wanted)
    known = {row.object_id: row for row in rows.only("groups", *COLUMNS)}
    return {
        pk: _freshness(kind, found, known.get(pk), language, today)
        for pk, found in wanted.items()
        if not found.is_sample or (pk in known and known[pk].confirmed_at)
    }


def _freshness(
    kind: Kind, found: Any, row: MaintainedEntry | None, language: str, today: date
) -> Freshness:
    # The engine takes new entries over within minutes.
    row = row or MaintainedEntry(as_of=found.as_of)
    state = state_of(row, today)
    # Only its warning says whom to ask.
    to_ask = kind.to_ask(found) if state == State.OVERDUE else ()
    known = [
        (capfirst(str(group.label)), row.groups[group.name])
        for group in kind.groups
        if group.name in row.groups
    ]
    is_old = state == State.DOCUMENT
    said = {(facts["confirmed"], bool(facts.get("changed"))) for _label, facts in known}
    is_same = len(said) < 2
    return Freshness(
        state=state,
        is_confirmed=row.confirmed_at is not None,
        sentence=_sentence(known, language) if is_same and not is_old else "",
        groups=tuple(
            {"label": label, "text": _day(facts, language)}
            for label, facts in known
            if not is_same
        ),
        overdue_facts=listed(
            label
            for label, facts in known
            if state_by_date(date.fromisoformat(facts["due"]), today) == State.OVERDUE
        ),
        phone=kind.phone(found),
        has_waiting_correction=row.has_waiting_change,
        contact=next(
            (contact(one) for one in to_ask if one.email or one.website), None
        ),
    )


def _sentence(known: list[tuple[str, Mapping[str, Any]]], language: str) -> str:
    """For facts that were all confirmed on the same day, or never."""
    facts = known[0][1] if known else {"confirmed": None}
    if facts["confirmed"] is None:
        return _("Nobody has confirmed this information yet.")
    return _("Last confirmed: %(day)s") % {"day": _day(facts, language)}


def _day(facts: Mapping[str, Any], language: str) -> str:
    if facts["confirmed"] is None:
        return _("not confirmed yet")
    day = day_in_words(date.fromisoformat(facts["confirmed"]), language)
    return (
        _("%(day)s, changed since then") % {"day": day} if facts.get("changed") else day
    )


def state_of_document(as_of: str, confirmed_at: datetime | None) -> str:
    """ "As of 2017, never confirmed – please ask" for what comes from a document and
    was never confirmed, else nothing.
    """
    if not is_document(as_of, confirmed_at):
        return ""
    return _("As of %(year)s, never confirmed – please ask") % {"year": as_of[:4]}


def notice_of_document(as_of: str, freshness: Freshness | None) -> str:
    """The same above the page of an entry, while none of its facts was confirmed."""
    is_old = freshness is not None and freshness.is_document
    return state_of_document(as_of, None) if is_old else ""


def overdue_in_words(
    as_of: str, confirmed_at: datetime | None, due_on: date | None
) -> str:
    """The badge of a card whose entry is overdue; empty for all others."""
    if is_document(as_of, confirmed_at):
        return ""
    if state_by_date(due_on, clock.today()) != State.OVERDUE:
        return ""
    return _("Not confirmed lately, please ask")


def with_care(entries: QuerySet, kind_name: str) -> QuerySet:
    """Entries with `care_confirmed_at` and `care_due_on`, for `overdue_in_words`."""
    row = MaintainedEntry.objects.filter(
        kind=kind_name, object_id=OuterRef("pk"), is_sample=False
    )
    return entries.annotate(
        care_confirmed_at=Subquery(row.values("confirmed_at")),
        care_due_on=Subquery(row.values("due_on")),
    )


def was_hidden_for_silence(kind_name: str, object_id: int) -> bool:
    """Whether it is off the site because nobody answered, and not because someone
    hid it, for whatever reason.
    """
    hiding = CareEvent.objects.filter(
        entry__kind=kind_name,
        entry__object_id=object_id,
        what=CareEvent.What.STEP,
        step=MaintainedEntry.Step.HIDDEN,
    )
    last = hiding.order_by("-at", "-pk").values("by").first()
    return last is not None and last["by"] is None


def why_hidden(kind_name: str, pk: int) -> str:
    """Of something that may be shown again."""
    if not was_hidden_for_silence(kind_name, pk):
        return taken_off()
    return _(
        "Nobody has confirmed for a long time that this is still right. "
        "Perhaps it is: please ask."
    )


def taken_off() -> str:
    """Of something that somebody took off the site."""
    return _("It was taken off the portal. Perhaps something here helps you.")


def reported_changes(
    kind_name: str, found: Any, freshness: Freshness | None = None
) -> list[str]:
    """Labels of the groups of facts of which a change waits, never a value; from the
    administration (one query) or from a link in a mail (one more where there is one).
    """
    declared = declared_for(found)
    groups = waiting.reported_groups(declared, found.pk)
    if freshness is not None and freshness.has_waiting_correction:
        names = ProposedChange.objects.filter(
            entry__kind=kind_name,
            entry__object_id=found.pk,
            state=ProposedChange.State.WAITING,
        ).values_list("field", flat=True)
        groups |= set(groups_of(declared, names))
    return [str(one.label) for one in declared.groups if one.name in groups]


def report_path(kind_name: str, found: Any) -> str:
    """The form "Something wrong here?" of an entry, in the active language."""
    return reverse("report_error", args=[kind_name, found.pk])

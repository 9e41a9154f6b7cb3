"""What a digest asks, as its mail and its page show it; read in few queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from herne_bildung.freshness.group_facts import GroupFacts, facts_by_group, mark_of
from herne_bildung.freshness.kinds import Label, kind_of, objects_of
from herne_bildung.freshness.models import Digest, DigestItem, MaintainedEntry
from herne_bildung.freshness.recipients import Contacts
from herne_bildung.freshness.rhythm import State, state_by_date, state_of
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text, localized_entry

Decision = DigestItem.Decision
URGENCY = (
    State.UNCONFIRMED,
    State.OVERDUE,
    State.DUE,
    State.DOCUMENT,
    State.DUE_SOON,
    State.CURRENT,
    State.ENDED,
)


class Standing(StrEnum):
    """What has become of a question."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    PROPOSED = "proposed"
    ENDED = "ended"
    NOT_MINE = "not_mine"
    GONE = "gone"
    OF_OTHERS = "of_others"


# Nothing can be corrected any more.
CLOSED = (Standing.ENDED, Standing.NOT_MINE, Standing.GONE, Standing.OF_OTHERS)


@dataclass(slots=True)
class Question:
    """One entry of a digest. `seen` is the mark of the facts shown; `due` says in
    words since or until when they are to be confirmed.
    """

    item: DigestItem
    title: Text
    organisation: Text
    kind_label: str
    asked: list[GroupFacts]
    others: list[GroupFacts]
    state: State
    due: str
    seen: str
    standing: Standing
    page_path: str

    @property
    def is_open(self) -> bool:
        return self.standing == Standing.OPEN

    @property
    def badge(self) -> str:
        """The colour of its state (components/badge.html)."""
        if self.state in {State.OVERDUE, State.UNCONFIRMED}:
            return "danger"
        return "info" if self.state in {State.CURRENT, State.DUE_SOON} else "warning"

    @property
    def end_label(self) -> Label:
        """What its people say when there is nothing left to ask."""
        return kind_of(self.item.entry).end_label

    @property
    def end_note(self) -> Label:
        """What follows then."""
        return kind_of(self.item.entry).end_note

    @property
    def has_facts_at_once(self) -> bool:
        """Whether some of its facts never wait for anybody."""
        return bool(kind_of(self.item.entry).at_once)

    @property
    def is_corrected(self) -> bool:
        """A correction was saved; whether the rest is true is not said yet."""
        return self.item.decision == Decision.CORRECTED

    @property
    def is_passed_on(self) -> bool:
        """A note went to staff, and nothing else was said yet."""
        return self.item.decision == Decision.PROPOSED and bool(self.item.note)

    @property
    def can_be_undone(self) -> bool:
        """This recipient took it off the list and may put it there again."""
        return (self.item.decision, self.standing) in {
            (Decision.ENDED, Standing.ENDED),
            (Decision.NOT_MINE, Standing.NOT_MINE),
        }

    @property
    def answered_on(self) -> str:
        """The day of the answer in words; empty when others gave it."""
        moment = self.item.decided_at
        return _day(moment.astimezone(clock.BERLIN).date()) if moment else ""


def questions_of(digest: Digest, language: str) -> list[Question]:
    """All questions of a digest, the most urgent and quickest first."""
    items = list(
        digest.items.select_related("entry__organisation", "digest").order_by("pk")
    )
    objects = objects_of(item.entry for item in items)
    contacts = contacts_of(items)
    found = [
        question(
            item,
            objects.get((item.entry.kind, item.entry.object_id)),
            language,
            contacts,
        )
        for item in items
    ]
    return sorted(found, key=_urgency)


def one_question(item: DigestItem, language: str) -> Question:
    """The question of one item."""
    found = kind_of(item.entry).get(item.entry.object_id)
    return question(item, found, language, contacts_of([item]))


def question(
    item: DigestItem, found: Any | None, language: str, contacts: Contacts
) -> Question:
    """A question about an entry; `found` is None when the entry is gone."""
    entry, kind = item.entry, kind_of(item.entry)
    present = kind.fingerprints(found) if found is not None else {}
    asked = groups_asked(item, present)
    groups = facts_by_group(entry, found, language) if found is not None else []
    owner = entry.organisation
    is_own_page = owner is not None and entry.kind == "organisation"
    return Question(
        item=item,
        title=kind.title(found, language) if found is not None else Text(entry.title),
        organisation=(
            localized_entry(owner, "name", language)
            if owner is not None and not is_own_page
            else Text("")
        ),
        kind_label=str(kind.label),
        asked=[group for group in groups if group.name in asked],
        others=[group for group in groups if group.name not in asked],
        state=_state(entry, asked),
        due=due_in_words(entry, asked, clock.today()),
        seen=mark_of(present, asked),
        standing=standing_of(item, found, asked, contacts),
        page_path=kind.page_path(found) if found and kind.is_public(found) else "",
    )


def groups_asked(item: DigestItem, present: Mapping[str, Any]) -> list[str]:
    """The groups a question is about: those asked for that still have facts, or
    all, when none of them has any more.
    """
    asked = [name for name in item.groups if name in present]
    return sorted(asked or present)


def contacts_of(items: Iterable[DigestItem]) -> Contacts:
    """Who answers for the entries of these items; a few queries."""
    return contacts_of_entries(item.entry for item in items)


def contacts_of_entries(entries: Iterable[MaintainedEntry]) -> Contacts:
    """Who answers for these entries; a few queries."""
    return Contacts({entry.organisation_id for entry in entries} - {None})


def standing_of(
    item: DigestItem, found: Any | None, asked: list[str], contacts: Contacts
) -> Standing:
    """Whether something is still to be said, by this recipient or at all. A link is
    good for as long as its recipient is a contact.
    """
    entry = item.entry
    if not contacts.answers_for(item.digest.recipient_id, entry.organisation_id):
        return Standing.OF_OTHERS
    if item.decision == Decision.NOT_MINE:
        return Standing.NOT_MINE
    if found is None:
        return Standing.GONE
    if entry.ended_at:
        return Standing.ENDED
    is_hidden = entry.hidden_at is not None
    if entry.has_waiting_change and (
        not is_hidden or item.decision == Decision.PROPOSED
    ):
        return Standing.PROPOSED
    if is_hidden:
        # Whatever was said before: a confirmation shows it again.
        return Standing.OPEN
    since = item.digest.day.isoformat()
    if asked and all(_is_confirmed(entry, name, since) for name in asked):
        return Standing.CONFIRMED
    return Standing.OPEN


def standing_now(item: DigestItem, found: Any | None) -> Standing:
    """The standing of one item."""
    present = kind_of(item.entry).fingerprints(found) if found is not None else {}
    asked = groups_asked(item, present)
    return standing_of(item, found, asked, contacts_of([item]))


def is_answered_by(item: DigestItem) -> bool:
    """Whether its recipient still answers for the entry of an item."""
    return contacts_of([item]).answers_for(
        item.digest.recipient_id, item.entry.organisation_id
    )


def _is_confirmed(entry: MaintainedEntry, group: str, since: str) -> bool:
    known = entry.groups.get(group, {})
    return (known.get("confirmed") or "") >= since and not known.get("changed")


def due_in_words(entry: MaintainedEntry, asked: list[str], today: date) -> str:
    """Since when, or until when, somebody should confirm these facts."""
    if entry.hidden_at:
        day = entry.hidden_at.astimezone(clock.BERLIN).date()
        return _("Hidden since %(day)s, until somebody confirms it") % {
            "day": _day(day)
        }
    if entry.is_document:
        return _("From a document of %(year)s, never confirmed") % {
            "year": entry.as_of[:4]
        }
    days = [entry.groups[name]["due"] for name in asked if name in entry.groups]
    if not days:
        return ""
    due = date.fromisoformat(min(days))
    if any(entry.groups.get(name, {}).get("changed") for name in asked):
        return _("Someone else changed it since you confirmed it")
    if due > today:
        return _("To be confirmed by %(day)s") % {"day": _day(due)}
    return _("To be confirmed since %(day)s") % {"day": _day(due)}


def _state(entry: MaintainedEntry, asked: list[str]) -> State:
    state = state_of(entry, clock.today())
    if state in {State.ENDED, State.UNCONFIRMED, State.DOCUMENT}:
        return state
    days = [entry.groups[name]["due"] for name in asked if name in entry.groups]
    earliest = date.fromisoformat(min(days)) if days else None
    return state_by_date(earliest, clock.today())


def _urgency(one: Question) -> tuple[bool, int, date, int, str]:
    return (
        not one.is_open,
        URGENCY.index(one.state),
        len(one.asked),
        one.item.entry.due_on or date.max,
        one.title.text,
    )


def _day(day: date) -> str:
    return day_in_words(day, get_language() or DEFAULT_LANGUAGE)

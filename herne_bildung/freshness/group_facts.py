"""What the portal says of an entry, by group of facts, as mails and pages show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from herne_bildung.freshness.kinds import Fact, Label, kind_of
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.rhythm import State, state_by_date
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.listing import listed


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Facts of one group, with how fresh they are. `unknown` names those that are not
    known; `mark` stands for what is shown, and is empty where there is nothing to
    confirm.
    """

    name: str
    label: Label
    facts: list[Fact]
    unknown: str
    confirmed: date | None
    state: State
    mark: str

    @property
    def confirmed_in_words(self) -> str:
        """The day of its confirmation in the active language; empty without one."""
        language = get_language() or DEFAULT_LANGUAGE
        return day_in_words(self.confirmed, language) if self.confirmed else ""

    @property
    def alone(self) -> "list[GroupFacts]":
        return [self]


def facts_by_group(
    row: MaintainedEntry, found: Any, language: str = DEFAULT_LANGUAGE
) -> list[GroupFacts]:
    """The facts of an entry (`found`, as its kind gives it), group by group."""
    kind = kind_of(row)
    facts, present = kind.facts(found, language), kind.fingerprints(found)
    return [
        _group(row, group.name, group.label, facts[group.name], present)
        for group in kind.groups
        if facts.get(group.name)
    ]


def _group(
    row: MaintainedEntry,
    name: str,
    label: Label,
    facts: list[Fact],
    present: Mapping[str, str],
) -> GroupFacts:
    known = row.groups.get(name, {})
    confirmed, due = (
        date.fromisoformat(known[day]) if known.get(day) else None
        for day in ("confirmed", "due")
    )
    return GroupFacts(
        name=name,
        label=label,
        facts=[fact for fact in facts if fact.lines],
        unknown=listed(fact.label for fact in facts if not fact.lines),
        confirmed=confirmed,
        state=state_by_date(due, clock.today()),
        mark=present.get(name, ""),
    )


def mark_of(fingerprints: Mapping[str, str], groups: Iterable[str]) -> str:
    """A mark of the facts of these groups, as someone is shown them."""
    return "-".join(fingerprints[name] for name in sorted(groups))

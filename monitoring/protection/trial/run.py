"""Protects and attacks random sets of tables, and counts."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitoring.protection import engine
from monitoring.protection.protect import Protected, Suppress, protect
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.system import System
from monitoring.protection.tables import EarlierValue, Place, Table
from monitoring.protection.trial.attack import Attack, Revealed
from monitoring.protection.trial.cases import PERIOD, Case, make_case


@dataclass(slots=True)
class Outcome:
    """What became of one set of tables."""

    case: Case
    protected: Protected | None
    revealed: list[Revealed]
    # Values the engine alone hides at least, where it sees the whole.
    optimum: int | None
    seconds: float = 0.0


def run(
    seeds: Iterable[int], *, suppress: Suppress = engine.suppress, seconds: int = 5
) -> Iterator[Outcome]:
    """One outcome for each seed."""
    for seed in seeds:
        yield attacked(make_case(seed), suppress, seconds)


def attacked(
    case: Case, suppress: Suppress = engine.suppress, seconds: int = 5
) -> Outcome:
    """Protect a set of tables, and try to work out what was hidden."""
    begun = time.monotonic()
    told: list[EarlierValue] = []
    attack = Attack(case)
    if case.former:
        former = protected(case, case.former, suppress=suppress, seconds=seconds)
        told = list(earlier_values(case.former, former.hidden))
        attack.learn(case.former, former.hidden)
    best: list[int] = []

    def watched(systems: list[System], limit: int) -> list[set[int] | None]:
        answers = suppress(systems, limit)
        for system, answer in zip(systems, answers, strict=True):
            if answer is not None:
                best.append(len(system.withheld(answer)))
        return answers

    try:
        found = protected(case, case.tables, told, suppress=watched, seconds=seconds)
    except ProtectionRefused:
        return Outcome(case, None, [], None, time.monotonic() - begun)
    seconds = time.monotonic() - begun
    attack.learn(case.tables, found.hidden)
    revealed = attack.revealed([*case.tables, *case.former])
    return Outcome(case, found, revealed, sum(best) if best else None, seconds)


def protected(
    case: Case,
    tables: list[Table],
    told: Iterable[EarlierValue] = (),
    *,
    suppress: Suppress = engine.suppress,
    seconds: int = 5,
) -> Protected:
    """The tables of a case, protected by its rule."""
    return protect(
        tables,
        frame=case.frame,
        rule=case.rule,
        earlier=told,
        say=say,
        suppress=suppress,
        seconds=seconds,
    )


def say(indicator: int, period: str, place: Place) -> str:
    """A cell by its numbers."""
    return f"{indicator} {period} {place.area} {sorted(place.parts)}"


def earlier_values(tables: list[Table], hidden: set) -> Iterator[EarlierValue]:
    """What a release said."""
    for table in tables:
        for place, entry in table.entries[PERIOD].items():
            is_hidden = (table.indicator, PERIOD, place) in hidden
            yield EarlierValue(
                table.indicator,
                PERIOD,
                place,
                "former",
                None if is_hidden else entry.value,
                None if is_hidden else entry.base,
            )

from argparse import ArgumentParser
from collections import defaultdict

from django.core.management.base import BaseCommand, CommandError

from monitoring.protection.engine import engine_version
from monitoring.protection.trial.run import Outcome, run


class Command(BaseCommand):
    """Protects random sets of tables and attacks what would be published."""

    help = (
        "Protects random tables and attacks them by linear programming. Fails if a "
        "small count can be worked out closer than its rule allows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tables", type=int, default=200)
        parser.add_argument("--first", type=int, default=0, help="Number of the first.")
        parser.add_argument("--seconds", type=int, default=5, help="For the engine.")

    def handle(self, *, tables: int, first: int, seconds: int, **options) -> None:
        by_kind: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in run(range(first, first + tables), seconds=seconds):
            by_kind[outcome.case.kind].append(outcome)
            for one in outcome.revealed:
                self.stdout.write(f"revealed: {outcome.case.kind} {one}")
        self.stdout.write(f"{tables} random sets of tables, {engine_version()}")
        self.stdout.write(ROW.format(*HEADINGS))
        for kind, outcomes in sorted(by_kind.items()):
            self.stdout.write(ROW.format(kind, *_numbers(outcomes)))
        every = [one for outcomes in by_kind.values() for one in outcomes]
        self.stdout.write(ROW.format("all", *_numbers(every)))
        revealed = sum(len(one.revealed) for one in every)
        if revealed:
            raise CommandError(f"{revealed} cells revealed")


HEADINGS = (
    "kind",
    "sets",
    "refused",
    "values",
    "small",
    "hidden",
    "revealed",
    "solved",
    "hidden there",
    "optimum",
    "seconds",
)
ROW = "{:<15}" + "{:>9}" * 7 + "{:>13}{:>8}{:>8}"


def _numbers(outcomes: list[Outcome]) -> list[int | str]:
    """In the order of `HEADINGS`; `solved` are the sets whose optimum the engine found
    in time: what is hidden there can be compared with it.
    """
    done = [one for one in outcomes if one.protected is not None]
    solved = [one for one in done if one.optimum is not None]
    return [
        len(outcomes),
        len(outcomes) - len(done),
        sum(one.protected.values for one in done),
        sum(one.protected.primary for one in done),
        sum(len(one.protected.hidden) for one in done),
        sum(len(one.revealed) for one in outcomes),
        len(solved),
        sum(len(one.protected.hidden) for one in solved),
        sum(one.optimum for one in solved),
        f"{sum(one.seconds for one in outcomes):.0f}",
    ]

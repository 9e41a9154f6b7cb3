"""Random tables are protected, and attacked without knowing how."""

import pytest

from monitoring.protection.trial.attack import Attack, counted
from monitoring.protection.trial.cases import PERIOD, make_case
from monitoring.protection.trial.run import attacked, protected

# Those of each kind that the engine solves at once; `manage.py attack_check` for more.
SEEDS = (12, 18, 13, 31, 8, 3, 22, 11)


def no_engine(systems, seconds):
    """As if it had found nothing in time."""
    return [None for _system in systems]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_count_is_revealed_and_no_more_hidden_than_needed(seed):
    outcome = attacked(make_case(seed))

    found = outcome.protected
    assert outcome.revealed == []
    assert found.primary > 0
    assert len(found.hidden) == outcome.optimum
    assert found.without_engine == 0


@pytest.mark.parametrize("seed", [13, 22])
def test_without_the_engine_more_may_be_hidden_but_nothing_is_revealed(seed):
    best = attacked(make_case(seed))

    outcome = attacked(make_case(seed), no_engine)

    assert outcome.revealed == []
    assert outcome.protected.without_engine == 1
    fewest = len(best.protected.hidden)
    assert fewest <= len(outcome.protected.hidden) <= fewest * 1.5


@pytest.mark.parametrize("seed", [12, 13, 8, 3])
def test_the_attack_finds_what_only_hiding_small_counts_leaves_open(seed):
    """Else an attack that finds nothing would say nothing."""
    case = make_case(seed)
    attack = Attack(case)
    small = {
        (table.indicator, PERIOD, place)
        for table in case.tables
        for place in table.entries[PERIOD]
        for what in counted(table)
        if 0 < attack.truth(place, what) < case.rule.smallest_count
    }
    assert small < protected(case, case.tables).hidden

    attack.learn(case.tables, small)

    assert attack.revealed(case.tables) != []

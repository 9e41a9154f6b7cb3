from datetime import date, timedelta

import pytest

from herne_bildung.lib import clock
from monitoring.choices import Cycle, Protection, ReleaseState
from monitoring.models import Indicator, ProtectionRun, Release, TableSet
from monitoring.releases import actions
from monitoring.releases.actions import Cell, ReleaseError, write_release
from monitoring.releases.comparing import changes_of
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_release,
    make_rule,
)

pytestmark = pytest.mark.django_db
DRAFT, SCHEDULED = ReleaseState.DRAFT, ReleaseState.SCHEDULED
PUBLISHED, SUPERSEDED = ReleaseState.PUBLISHED, ReleaseState.SUPERSEDED
WITHDRAWN = ReleaseState.WITHDRAWN
HOUR = timedelta(hours=1)


def states(indicator: Indicator) -> list[str]:
    """By number."""
    return list(indicator.releases.order_by("number").values_list("state", flat=True))


def run_of(*indicators: Indicator) -> list[Release]:
    """A draft of each, protected together."""
    tables = TableSet.objects.create(name="Kinder", rule=make_rule())
    run = ProtectionRun.objects.create(table_set=tables, started_at=clock.now())
    return [make_release(one, state=DRAFT, run=run) for one in indicators]


def test_a_published_draft_replaces_the_current_release(live_at):
    live_at("2026-11-22 10:00")
    indicator = make_indicator(cycle=Cycle.YEARLY, next_release_on=date(2026, 11, 20))
    former, area = make_release(indicator), make_area()
    make_observation(former, area, "2021", 4)
    draft = write_release(
        indicator=indicator, cells=[Cell(area.pk, "2021", 5), Cell(area.pk, "2022", 6)]
    )

    found = actions.publish(release=draft)

    former.refresh_from_db()
    draft.refresh_from_db()
    indicator.refresh_from_db()
    assert found == [draft]
    assert (former.state, former.ended_at) == (SUPERSEDED, draft.published_at)
    assert (draft.state, draft.ended_at) == (PUBLISHED, None)
    assert clock.now() - draft.published_at < HOUR
    changes = changes_of(draft)
    assert (changes.changed, changes.gone, changes.new) == (1, 0, 1)
    assert indicator.next_release_on == date(2027, 11, 20)


def test_a_correction_says_what_changed_and_moves_no_date():
    day = clock.today()
    indicator = make_indicator(cycle=Cycle.YEARLY, next_release_on=day)
    make_release(indicator)
    draft = make_release(indicator, state=DRAFT)

    actions.correct(release=draft, what_changed=" Essen 2020 war vertauscht. ")
    (found,) = actions.publish(release=draft)

    indicator.refresh_from_db()
    assert (found.is_correction, found.what_changed_de) == (
        True,
        "Essen 2020 war vertauscht.",
    )
    assert states(indicator) == [SUPERSEDED, PUBLISHED]
    assert indicator.next_release_on == day


def test_a_correction_needs_something_to_correct():
    draft = make_release(state=DRAFT)

    with pytest.raises(ReleaseError):
        actions.correct(release=draft, what_changed="Alles.")
    with pytest.raises(ReleaseError):
        actions.correct(release=make_release(), what_changed="Alles.")

    assert not actions.correct(release=draft, what_changed=" ").is_correction


def test_scheduled_releases_become_public_when_they_are_due(live_at):
    now = live_at("2026-11-22 10:00")
    indicator = make_indicator()
    make_release(indicator)
    draft = make_release(indicator, state=DRAFT)

    actions.schedule(release=draft, at=now + HOUR)
    early = actions.publish_due()
    before = states(indicator)
    # The worker was down meanwhile.
    live_at("2026-11-23 08:00")
    numbers = [actions.publish_due(), actions.publish_due()]

    draft.refresh_from_db()
    assert (early, before) == (0, [PUBLISHED, SCHEDULED])
    assert (numbers, states(indicator)) == ([1, 0], [SUPERSEDED, PUBLISHED])
    assert draft.publish_at == now + HOUR
    assert clock.now() - draft.published_at < HOUR


def test_what_cannot_become_public_is_a_draft_again_and_keeps_nobody_back(live_at):
    now = live_at("2026-11-22 10:00")
    first, second = make_indicator("Erste"), make_indicator("Zweite")
    late = make_release(first, state=SCHEDULED, publish_at=now - HOUR)
    make_release(first)
    fine = make_release(second, state=SCHEDULED, publish_at=now)

    number = actions.publish_due()

    late.refresh_from_db()
    assert number == 1
    assert (states(first), states(second)) == ([DRAFT, PUBLISHED], [PUBLISHED])
    assert late.publish_at == now - HOUR
    assert "neuere Fassung" in actions.obstacle(late)
    assert actions.obstacle(fine) == ""


def test_a_moment_that_is_past_schedules_nothing():
    draft = make_release(state=DRAFT)

    with pytest.raises(ReleaseError):
        actions.schedule(release=draft, at=clock.now())

    assert states(draft.indicator) == [DRAFT]


def test_an_unscheduled_release_is_a_draft_and_can_be_thrown_away():
    draft = make_release(state=DRAFT)
    actions.schedule(release=draft, at=clock.now() + HOUR)

    (found,) = actions.unschedule(release=draft)

    assert (found.state, found.publish_at) == (DRAFT, None)
    assert actions.discard(release=found) == 1
    assert states(draft.indicator) == []


def test_a_withdrawn_release_says_why():
    release = make_release()

    with pytest.raises(ReleaseError):
        actions.withdraw(release=release, because="  ")
    back = actions.withdraw(release=release, because=" Die Quelle zog zurück. ")

    release.refresh_from_db()
    assert back is None
    assert (release.state, release.ended_at.date()) == (WITHDRAWN, clock.now().date())
    assert release.withdrawn_because_de == "Die Quelle zog zurück."


def test_a_mistaken_publication_brings_the_former_release_back():
    indicator = make_indicator()
    first = make_release(indicator, state=SUPERSEDED, ended_at=clock.now())
    second = make_release(indicator)

    with pytest.raises(ReleaseError):
        actions.withdraw(release=make_release(), because="Nein.", brings_back=True)
    found = actions.withdraw(release=second, because="Entwurf.", brings_back=True)

    assert (found, found.ended_at) == (first, None)
    assert states(indicator) == [PUBLISHED, WITHDRAWN]


def test_a_withdrawal_can_be_undone():
    indicator = make_indicator()
    make_release(indicator, state=SUPERSEDED)
    second = make_release(indicator)
    actions.withdraw(release=second, because="Versehen.", brings_back=True)

    found = actions.reinstate(release=second)

    assert states(indicator) == [SUPERSEDED, PUBLISHED]
    assert (found.ended_at, found.withdrawn_because_de) == (None, "")


def test_a_replaced_release_is_not_current_again():
    indicator = make_indicator()
    first = make_release(indicator, state=SUPERSEDED)
    second = make_release(indicator)
    actions.withdraw(release=first, because="Versehen.")

    found = actions.reinstate(release=first)

    assert states(indicator) == [SUPERSEDED, PUBLISHED]
    assert found.ended_at == second.published_at


@pytest.mark.parametrize(
    ("step", "allowed"),
    [
        (lambda one: actions.publish(release=one), {DRAFT, SCHEDULED}),
        (
            lambda one: actions.schedule(release=one, at=clock.now() + HOUR),
            {DRAFT, SCHEDULED},
        ),
        (lambda one: actions.unschedule(release=one), {SCHEDULED}),
        (
            lambda one: actions.correct(release=one, what_changed=""),
            {DRAFT, SCHEDULED},
        ),
        (
            lambda one: actions.withdraw(release=one, because="Falsch."),
            {PUBLISHED, SUPERSEDED},
        ),
        (lambda one: actions.reinstate(release=one), {WITHDRAWN}),
        (lambda one: actions.discard(release=one), {DRAFT}),
    ],
)
def test_each_step_is_taken_from_its_states_only(step, allowed):
    taken = set()
    for state in ReleaseState:
        reason = "Falsch." if state == WITHDRAWN else None
        release = make_release(
            state=state, publish_at=clock.now(), withdrawn_because_de=reason
        )
        try:
            step(release)
        except ReleaseError:
            assert states(release.indicator) == [state]
        else:
            taken.add(state)

    assert taken == allowed


def test_tables_protected_together_become_public_together():
    first, second = make_indicator("Kinder"), make_indicator("Mädchen")
    drafts = run_of(first, second)

    scheduled = actions.schedule(release=drafts[1], at=clock.now() + HOUR)
    found = actions.publish(release=drafts[0])

    assert (scheduled, found) == (drafts, drafts)
    assert (states(first), states(second)) == ([PUBLISHED], [PUBLISHED])
    assert actions.together(found[0]) == [found[0]]


def test_tables_protected_together_are_published_all_or_none():
    first, second = make_indicator("Kinder"), make_indicator("Mädchen")
    drafts = run_of(first, second)
    make_release(second)

    with pytest.raises(ReleaseError):
        actions.publish(release=drafts[0])

    assert (states(first), states(second)) == ([DRAFT], [DRAFT, PUBLISHED])
    assert actions.discard(release=drafts[0]) == 2
    assert (states(first), states(second)) == ([], [PUBLISHED])


def test_values_of_people_nobody_protected_stay_inside():
    indicator = make_indicator(protection=Protection.PROTECTED)
    draft = make_release(indicator, state=DRAFT)

    for step in (
        lambda: actions.publish(release=draft),
        lambda: actions.schedule(release=draft, at=clock.now() + HOUR),
    ):
        with pytest.raises(ReleaseError):
            step()

    assert states(indicator) == [DRAFT]

"""What the demo shows of looking after offers: dates that are cancelled or moved, and
offers for small children that somebody has confirmed, for the folder of the welcome
visit. All of it goes when its offers go.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from herne_bildung.city.models import Organisation
from herne_bildung.freshness.actions.confirmations import Said
from herne_bildung.freshness.actions.entries import confirm_many, locked_entries
from herne_bildung.freshness.models import Confirmation, MaintainedEntry
from herne_bildung.freshness.pace import Pace
from herne_bildung.lib import clock
from herne_bildung.lib.schedule import Meeting
from offerings.actions import reindex
from offerings.catalogue import KIND
from offerings.dates.schedules import next_meetings, own_rules
from offerings.models import Occurrence, Offering, Schedule
from offerings.samples.centres import CENTRES, KITAS
from offerings.samples.write import DEMO, key_start

State, Reason = Occurrence.State, Occurrence.Reason
# What happens to a date of one offer each, and which of its next dates it is.
CHANGES = (
    (State.CANCELLED, Reason.ILLNESS, 0),
    (State.MOVED, Reason.ROOM, 1),
    (State.CANCELLED, Reason.TOO_FEW, 1),
)
CONFIRMED = 8
# They are for children of so many months too: for babies, or for all of a family.
AGE = 8


@transaction.atomic
def add(organisation: Organisation) -> list[int]:
    """Change dates of some samples of the demo, and let `organisation`, which a demo
    login looks after, offer those that `confirm` takes. Returns their ids.
    """
    chosen = _for_small_children(organisation)
    Offering.objects.filter(pk__in=chosen).update(provider=organisation)
    changed = _change_dates()
    reindex([*chosen, *changed])
    return chosen


@transaction.atomic
def confirm(ids: Iterable[int]) -> None:
    """Somebody says today that these offers, which the engine knows, are right."""
    rows = MaintainedEntry.objects.filter(kind=KIND, object_id__in=list(ids))
    found = locked_entries(rows.values_list("pk", flat=True))
    said = [Said(row, list(row.groups)) for row in found.values()]
    confirm_many(said, how=Confirmation.How.VISIT, pace=Pace())


def _present() -> list[Offering]:
    """Samples of the demo that go on, without a break."""
    found = Offering.objects.filter(
        seed_key__startswith=key_start(DEMO), paused_from=None, paused_until=None
    )
    related = ("topics", "places", "schedules", "occurrences")
    rows = found.prefetch_related(*related).order_by("pk")
    today = clock.today()
    return [one for one in rows if one.is_published_on(today) and not one.has_ended]


def _for_small_children(organisation: Organisation) -> list[int]:
    """As many needs and districts as there are; those of other family centres stay."""
    others = {*CENTRES, *KITAS} - {organisation.name_de}
    left_alone = Organisation.objects.filter(Q(is_sample=False) | Q(name_de__in=others))
    kept = set(left_alone.values_list("pk", flat=True))
    fitting = [
        one
        for one in _present()
        if one.age_min_months is not None
        and one.age_min_months <= AGE <= (one.age_max_months or AGE)
        and one.provider_id not in kept
    ]
    chosen: list[int] = []
    needs: Counter[str] = Counter()
    districts: Counter[int | None] = Counter()
    while fitting and len(chosen) < CONFIRMED:
        best = min(
            fitting,
            key=lambda one: (
                needs[_need(one)],
                one.age_max_months is None,
                districts[_where(one)],
            ),
        )
        fitting.remove(best)
        needs[_need(best)] += 1
        districts[_where(best)] += 1
        chosen.append(best.pk)
    return chosen


def _need(offering: Offering) -> str:
    return next((topic.family_need for topic in offering.topics.all()), "")


def _where(offering: Offering) -> int | None:
    return next((place.district_id for place in offering.places.all()), None)


def _change_dates() -> list[int]:
    """Returns the ids of the offers, one for each change; none where there are some."""
    changes, changed = list(CHANGES), []
    for offering in _present():
        weekly = [
            one
            for one in offering.schedules.all()
            if one.frequency == Schedule.Frequency.WEEKLY and one.interval == 1
        ]
        if not changes:
            break
        if not weekly or offering.occurrences.all():
            continue
        state, reason, position = changes[0]
        ahead = next_meetings(own_rules(offering), position + 1)
        if len(ahead) > position and ahead[position].is_sure:
            _change(offering, ahead[position], state, reason)
            changed.append(offering.pk)
            changes.pop(0)
    return changed


def _change(offering: Offering, meeting: Meeting, state: str, reason: str) -> None:
    """A moved date is on the next day, at the same time."""
    is_moved = state == State.MOVED
    Occurrence.objects.create(
        offering=offering,
        day=meeting.day,
        start_time=meeting.start_time,
        state=state,
        reason=reason,
        new_day=meeting.day + timedelta(days=1) if is_moved else None,
    )

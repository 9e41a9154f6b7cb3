"""Writing the project's facts: districts, schools, bodies, topics, offers, counselling
offices, action goals; and the first look of care at them.
"""

from django.db import connection, transaction

from counselling import seed as counselling_seed
from goals import actions as goals
from goals import seed as goals_seed
from goals.models import CouncilPaper, Goal, Measure
from goals.papers.search import reindex_papers
from herne_bildung.city import actions as city
from herne_bildung.city import seed as city_seed
from herne_bildung.city.models import (
    EntryVersion,
    Organisation,
    Place,
    School,
    SeedRecord,
)
from herne_bildung.city.seeding import Note, Seeding
from herne_bildung.city.versions import has_history, note_many
from herne_bildung.freshness.actions.figures import take_daily_figures
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.actions.sync import sync_all
from herne_bildung.lib import clock
from monitoring import seed as monitoring_seed
from monitoring.models import Indicator
from monitoring.search import reindex as reindex_indicators
from offerings import actions as offerings
from offerings import followed_changes
from offerings import seed as offerings_seed
from offerings.models import Offering


@transaction.atomic
def sow(*, may_update: bool = False, is_dry_run: bool = False) -> list[Note]:
    """Write what was never written; with `may_update`, also new facts.

    Returns what happened, entry by entry. A dry run changes nothing.
    """
    _wait_for_others()
    begin = clock.now()
    is_first = not SeedRecord.objects.exists()
    seeding = Seeding(may_update=may_update)
    city_seed.sow(seeding)
    offerings_seed.sow(seeding)
    counselling_seed.sow(seeding)
    goals_seed.sow(seeding)
    monitoring_seed.sow(seeding)
    if is_dry_run:
        transaction.set_rollback(True)
        return seeding.notes
    city.ensure_groups()
    if seeding.touched.get(Place):
        city.settle_places()
    city.index_schools(seeding.touched.get(School, ()))
    city.index_organisations(seeding.touched.get(Organisation, ()))
    offerings.reindex(seeding.touched.get(Offering, ()))
    goals.reindex(_touched_goals(seeding))
    reindex_papers(seeding.touched.get(CouncilPaper, ()))
    reindex_indicators(seeding.touched.get(Indicator, ()))
    for model, pks in seeding.touched.items():
        if has_history(model):
            entries = list(model._base_manager.filter(pk__in=pks).order_by("pk"))
            note_many(entries, by=None, how=EntryVersion.How.SEED)
    if may_update and seeding.touched:
        followed_changes.reindex_changed(begin)
    if is_first:
        _begin_care()
    return seeding.notes


def _touched_goals(seeding: Seeding) -> set[int]:
    """Goals that were written, or a measure of them."""
    measures = Measure.objects.filter(pk__in=seeding.touched.get(Measure, ()))
    found = set(measures.values_list("goal_id", flat=True))
    return found | set(seeding.touched.get(Goal, ()))


def _begin_care() -> None:
    """Nobody has to wait for the night: entries, call list and figures are there at
    once.
    """
    sync_all()
    take_steps()
    take_daily_figures(clock.today())


def _wait_for_others() -> None:
    """Two machines that start at once seed one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('herne_bildung.seed'))")

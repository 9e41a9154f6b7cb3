"""Everything searchable is indexed anew: after an upgrade or a restored backup."""

from django.core.management.base import BaseCommand

from counselling import actions as counselling
from goals import actions as goals
from goals.papers.search import reindex_papers
from herne_bildung.city import actions as city
from monitoring.search import reindex as reindex_indicators
from offerings import actions as offerings
from offerings.models import Offering

BATCH = 5000


class Command(BaseCommand):
    help = "Baut Suchwörter, Filterangaben und nächste Termine aller Einträge neu."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{city.index_schools()} Schulen")
        self.stdout.write(f"{city.index_organisations()} Einrichtungen")
        self.stdout.write(f"{counselling.reindex()} Beratungsstellen")
        self.stdout.write(f"{goals.reindex()} Handlungsziele")
        self.stdout.write(f"{reindex_papers()} Vorlagen")
        self.stdout.write(f"{reindex_indicators()} Kennzahlen")
        ids = list(Offering.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            offerings.reindex(ids[start : start + BATCH])
            done = min(start + BATCH, len(ids))
            self.stdout.write(f"{done} von {len(ids)} Angeboten")
            self.stdout.flush()

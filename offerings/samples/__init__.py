"""Invented offers for trying things out, at any number; every row says it is one.

They are the same for the same seed and month, and `remove` takes all of them away.
"""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import override

from herne_bildung.city.models import Organisation, Place, SearchDocument
from herne_bildung.lib import clock
from herne_bildung.lib.analyser import fold, sort_key
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.translation_state import mark_current
from offerings import actions
from offerings.models import CostOption, Offering, Schedule, Topic
from offerings.samples import bodies
from offerings.samples.compose import Sample, compose

BATCH = 1000


class MissingTopicsError(Exception):
    """There are no topics yet that samples could belong to."""


def generate(
    count: int, *, seed: int = 1, progress: Callable[[int], None] = lambda _: None
) -> int:
    """Add `count` samples; more of the same seed go on where the last ended.

    `progress` is told how many there are after each batch.
    """
    with override(DEFAULT_LANGUAGE):
        known = dict(Topic.objects.values_list("key", "pk"))
        if not known:
            raise MissingTopicsError
        with transaction.atomic():
            organisations, places = bodies.ensure()
        writer = _Writer(seed, clock.today(), known, organisations, places)
        first = Offering.objects.filter(seed_key__startswith=f"sample-{seed}-").count()
        for start in range(0, count, BATCH):
            size = min(BATCH, count - start)
            writer.write(range(first + start, first + start + size))
            progress(start + size)
    return count


def remove() -> int:
    """Remove all samples, their bodies and places. Returns how many offers it were."""
    with transaction.atomic():
        removed = actions.remove_samples()
        samples = Organisation.objects.filter(is_sample=True)
        SearchDocument.objects.filter(
            kind="organisation",
            object_id__in=list(samples.values_list("pk", flat=True)),
        ).delete()
        samples.update(parent=None)
        samples.filter(offerings=None).delete()
        Place.objects.filter(
            is_sample=True, offerings=None, organisations=None
        ).delete()
    return removed


class _Writer:
    """Writes batches of samples with a fixed number of queries each."""

    def __init__(
        self,
        seed: int,
        today: date,
        topics: dict[str, int],
        organisations: Sequence[Organisation],
        places: dict[int, list[Place]],
    ) -> None:
        self.seed, self.today, self.topics = seed, today, topics
        self.organisations, self.places = organisations, places
        self.places_of = {
            body: [
                (number, place.district.name if place.district else "")
                for number, place in enumerate(found)
            ]
            for body, found in places.items()
        }

    @transaction.atomic
    def write(self, numbers: range) -> None:
        """Write the samples of these numbers, with all that makes them found."""
        samples = [
            compose(self.seed, number, self.today, self.places_of) for number in numbers
        ]
        offerings = Offering.objects.bulk_create(
            self._offering(sample, number)
            for sample, number in zip(samples, numbers, strict=True)
        )
        pairs = list(zip(offerings, samples, strict=True))
        Offering.topics.through.objects.bulk_create(
            Offering.topics.through(
                offering_id=offering.pk, topic_id=self.topics[sample.topic]
            )
            for offering, sample in pairs
        )
        Offering.places.through.objects.bulk_create(
            Offering.places.through(
                offering_id=offering.pk,
                place_id=self.places[sample.provider][number].pk,
            )
            for offering, sample in pairs
            for number in sample.places
        )
        Schedule.objects.bulk_create(
            Schedule(offering=offering, **values)
            for offering, sample in pairs
            for values in sample.schedules
        )
        CostOption.objects.bulk_create(
            CostOption(offering=offering, **values)
            for offering, sample in pairs
            for values in sample.costs
        )
        actions.reindex(offering.pk for offering in offerings)

    def _offering(self, sample: Sample, number: int) -> Offering:
        title = sample.values["title_de"]
        words = "-".join(fold(title).split())
        offering = Offering(
            **sample.values,
            slug=f"beispiel-{words}"[:90].rstrip("-") + f"-{self.seed}-{number}",
            seed_key=f"sample-{self.seed}-{number}",
            sort_key=sort_key(title)[:200],
            provider=self.organisations[sample.provider],
            state=Offering.State.PUBLISHED,
            source_title=bodies.NOTE,
            is_sample=True,
        )
        for language in ("en", "tr"):
            for name in ("title", "summary", "next_step"):
                if sample.values.get(f"{name}_{language}"):
                    mark_current(offering, name, language, is_machine_made=True)
        return offering

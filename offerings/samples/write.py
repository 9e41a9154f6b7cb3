"""Many samples into the database at once: PostgreSQL's COPY, one for each table."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db import connection, models, transaction

from herne_bildung.city import search
from herne_bildung.city.models import Organisation, Place, SearchDocument
from herne_bildung.city.reference import districts
from herne_bildung.lib import clock, page_cache
from herne_bildung.lib.analyser import fold, sort_key
from herne_bildung.lib.schedule import next_start
from herne_bildung.lib.translation_state import mark_current
from offerings import actions
from offerings.dates.schedules import school_holidays
from offerings.facts import facts_of, rules_of
from offerings.models import CostOption, Offering, Schedule, Topic
from offerings.samples.bodies import NOTE
from offerings.samples.compose import Sample, compose
from offerings.samples.joining import has_ended
from offerings.words import search_document

TEXTS = ("title", "summary", "description", "next_step")

# The seed of the demo's samples; `generate_sample` takes higher ones.
DEMO = 0


def key_start(seed: int) -> str:
    """How the keys of all samples of a seed begin."""
    return f"sample-{seed}-"


class Rows(list):
    """Rows already at hand, where a model would ask the database for them."""

    def all(self) -> "Rows":
        return self


class Writer:
    """Writes batches of samples, with all that makes them found."""

    def __init__(
        self,
        seed: int,
        topics: Mapping[str, Topic],
        organisations: Sequence[Organisation],
        places: Mapping[int, Sequence[Place]],
    ) -> None:
        self.seed, self.topics = seed, topics
        self.organisations, self.places = organisations, places
        self.now, self.today = clock.now(), clock.today()
        self.districts = districts()
        self.holidays = school_holidays()
        self.blank = {name: _blank(model) for name, model in BLANKS.items()}
        self.places_of = {
            body: [
                (number, place.district.name if place.district else "")
                for number, place in enumerate(found)
            ]
            for body, found in places.items()
        }

    @transaction.atomic
    def write(self, numbers: Sequence[int]) -> None:
        """Write the samples of these numbers."""
        samples = [
            compose(self.seed, number, self.today, self.places_of) for number in numbers
        ]
        ids = _new_ids(Offering, len(samples))
        drafts = [
            self._draft(sample, number, pk)
            for sample, number, pk in zip(samples, numbers, ids, strict=True)
        ]
        _let_follow(dict(zip(numbers, drafts, strict=True)))
        copy(Offering, (vars(draft) for draft in drafts))
        copy(
            Offering.topics.through,
            (
                {"offering_id": draft.pk, "topic_id": topic.pk}
                for draft in drafts
                for topic in draft.topics
            ),
        )
        copy(
            Offering.places.through,
            (
                {"offering_id": draft.pk, "place_id": place.pk}
                for draft in drafts
                for place in draft.places
            ),
        )
        copy(Schedule, (vars(row) for draft in drafts for row in draft.schedules))
        copy(CostOption, (row for draft in drafts for row in draft.costs))
        documents = [_document(draft) for draft in drafts]
        search.write_words(document["fuzzy_text"] for document in documents)
        copy(SearchDocument, documents)
        self._index(drafts)
        transaction.on_commit(page_cache.outdate)

    def _draft(self, sample: Sample, number: int, pk: int) -> SimpleNamespace:
        """The columns of an offer, and its related rows as an offer would have them."""
        values = sample.values
        words = "-".join(fold(values["title_de"]).split())
        draft = SimpleNamespace(**self.blank["offering"], **self._common())
        draft.__dict__.update(values)
        draft.__dict__.update({name: values.get(f"{name}_de", "") for name in TEXTS})
        draft.pk = draft.id = pk
        draft.slug = f"beispiel-{words}"[:90].rstrip("-") + f"-{self.seed}-{number}"
        draft.seed_key = f"{key_start(self.seed)}{number}"
        draft.sort_key = sort_key(values["title_de"])[:200]
        draft.provider = self.organisations[sample.provider]
        draft.provider_id = draft.provider.pk
        draft.state = Offering.State.PUBLISHED
        draft.source_title, draft.is_sample = NOTE, True
        draft.translation_state = {}
        _mark_translations(draft)
        draft.predecessors = Rows()
        draft.topics = Rows([self.topics[sample.topic]])
        draft.places = Rows(self.places[sample.provider][n] for n in sample.places)
        draft.schedules = Rows(
            SimpleNamespace(
                **{**self.blank["schedule"], **self._common(), **row}, offering_id=pk
            )
            for row in sample.schedules
        )
        draft.costs = [
            {**self.blank["cost"], **self._common(), **row, "offering_id": pk}
            for row in sample.costs
        ]
        draft.occurrences = Rows()
        draft.rules = rules_of(draft, self.holidays)
        draft.next_start = next_start(draft.rules, self.now)
        return draft

    def _common(self) -> dict[str, datetime]:
        return {"created_at": self.now, "updated_at": self.now}

    def _index(self, drafts: Sequence[SimpleNamespace]) -> None:
        """The rows by which filters find the offers, as `actions.reindex` has them."""
        facts = [
            json.dumps(facts_of(draft, self.districts, draft.rules, self.today))
            for draft in drafts
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                actions.INDEX_SQL,
                [[draft.pk for draft in drafts], [True] * len(drafts), facts],
            )


def _let_follow(drafts: Mapping[int, SimpleNamespace]) -> None:
    """Samples that ended are followed by the one before them, where it is new too."""
    for number, draft in drafts.items():
        follower = drafts.get(number - 1)
        if has_ended(number) and follower:
            draft.successor_id = follower.pk
            follower.predecessors.append(draft)


BLANKS = {"offering": Offering, "schedule": Schedule, "cost": CostOption}
GIVEN = {"id", "offering_id", "created_at", "updated_at"}


def _columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _blank(model: type[models.Model]) -> dict[str, Any]:
    """What each column holds where nothing is said."""
    empty = model()
    names = (field.attname for field in _columns(model))
    return {name: getattr(empty, name) for name in names if name not in GIVEN}


def _new_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids the database will not give to anyone else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Append rows, given by attribute name; a table without rows is left alone.

    Where rows have no `id`, the database gives one.
    """
    rows = list(rows)
    if not rows:
        return
    fields = [field for field in _columns(model) if field.attname in rows[0]]
    is_json = [isinstance(field, models.JSONField) for field in fields]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"COPY {table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for row in rows:
            target.write_row(
                [
                    json.dumps(row[field.attname]) if as_json else row[field.attname]
                    for field, as_json in zip(fields, is_json, strict=True)
                ]
            )


def _document(draft: SimpleNamespace) -> dict[str, Any]:
    found = vars(search_document(draft))
    return {name: value for name, value in found.items() if name != "id"}


def _mark_translations(draft: SimpleNamespace) -> None:
    for language in ("en", "tr"):
        for name in TEXTS:
            if getattr(draft, f"{name}_{language}"):
                mark_current(draft, name, language, is_machine_made=True)


def analyse() -> None:
    """Tell PostgreSQL how many rows there are now, so that it plans well at once."""
    tables = (Offering, Schedule, SearchDocument, Offering.topics.through)
    with connection.cursor() as cursor:
        for model in tables:
            name = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"ANALYZE {name}")

"""The bodies of the first start are those that Herne's documents name."""

import json

import pytest

from goals.choices import Publication
from goals.models import Body, BodyDate, BodyDocument, BodyMember
from goals.network import seed
from goals.tests.facts import COLLECTION, is_collection_there
from herne_bildung.city import seed as city_seed
from herne_bildung.city.seeding import Seeding
from herne_bildung.lib.languages import CODES

pytestmark = pytest.mark.django_db
with_facts = pytest.mark.skipif(
    not is_collection_there(), reason="the collection of facts is not beside us"
)


def test_every_text_is_in_every_language():
    rows = seed.read()
    members = [one for row in rows for one in row["members"]]
    texts = [row["task"] for row in rows]
    texts += [one["role"] for one in members if one["role"]]
    texts += [one["name"] for one in (*rows, *members) if one["name"]]

    assert {tuple(sorted(text)) for text in texts} == {tuple(sorted(CODES))}
    assert all(all(text.values()) for text in texts)


def test_the_first_start_writes_bodies_without_dates_and_a_second_changes_nothing():
    seeding = Seeding()
    city_seed.sow(seeding)
    seed.sow(seeding)
    notes = len(seeding.notes)

    again = Seeding(may_update=True)
    seed.sow(again)

    assert notes
    assert again.notes == []
    rows = seed.read()
    assert list(Body.objects.order_by("pk").values_list("slug", "kind", "state")) == [
        (row["key"], row["kind"], Publication.PUBLISHED) for row in rows
    ]
    assert BodyMember.objects.count() == sum(len(row["members"]) for row in rows)
    assert (BodyDate.objects.count(), BodyDocument.objects.count()) == (0, 0)
    assert not BodyMember.objects.filter(source_quote="").exists()
    unnamed = {str(body) for body in Body.objects.filter(organisation=None)}
    assert unnamed == {"Steuergremium Übergang Schule – Beruf", "Runde Tische"}


def texts_of(value) -> list[str]:
    """All texts of a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return [value] if isinstance(value, str) else []


@with_facts
def test_every_body_of_the_documents_is_there():
    facts = json.loads(COLLECTION.read_text(encoding="utf-8"))
    seeding = Seeding()
    city_seed.sow(seeding)
    seed.sow(seeding)
    names = [str(body) for body in Body.objects.all()]

    missing = [
        row["name"]
        for row in facts["einrichtungen_gremien"]
        if row["art"] in {"Gremium", "Netzwerk"}
        and not any(name.startswith(row["name"]) for name in names)
    ]

    assert missing == []


@with_facts
def test_every_quotation_stands_in_the_documents():
    known = "\n".join(texts_of(json.loads(COLLECTION.read_text(encoding="utf-8"))))
    sources = [one["source"] for row in seed.read() for one in (row, *row["members"])]

    assert [
        line
        for source in sources
        for line in source["quote"].splitlines()
        if line not in known
    ] == []

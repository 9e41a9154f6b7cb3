"""An update brings new facts and leaves alone what people changed."""

import pytest

from herne_bildung.city import reference
from herne_bildung.city.models import SeedRecord
from herne_bildung.city.seeding import Entry, Seeding
from offerings.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    reference.forget()


def sow(key: str, may_update: bool = True, **values) -> list[str]:
    """Seed one topic with these facts; what the report says."""
    seeding = Seeding(may_update=may_update)
    entry = Entry(key, values, initial={"key": key})
    seeding.sow(Topic, [entry], natural=["key"])
    return [str(note) for note in seeding.notes]


def test_update_creates_new_and_changes_untouched_facts():
    sow("musik", name_de="Musik", order=1)

    report = sow("musik", name_de="Musik machen", order=1)

    topic = Topic.objects.get()
    assert (topic.name_de, topic.order) == ("Musik machen", 1)
    assert report == ["geändert: Thema musik (name_de)"]
    assert sow("tanz", name_de="Tanz") == ["neu: Thema tanz"]


def test_update_keeps_edited_fields_and_says_so():
    sow("musik", name_de="Musik", order=1)
    Topic.objects.update(name_de="Klang")

    report = sow("musik", name_de="Musik machen", order=7)

    topic = Topic.objects.get()
    assert (topic.name_de, topic.order) == ("Klang", 7)
    assert report == [
        "geändert: Thema musik (order)",
        "behalten: Thema musik (hier bearbeitet: name_de)",
    ]
    assert SeedRecord.objects.get().values == {"name_de": "Musik", "order": 7}


def test_update_never_restores_what_was_deleted():
    sow("musik", name_de="Musik")
    Topic.objects.all().delete()

    report = sow("musik", name_de="Musik")

    assert report == ["behalten: Thema musik (hier gelöscht)"]
    assert Topic.objects.count() == 0


def test_update_leaves_what_others_made():
    Topic.objects.create(key="musik", name_de="Klang")

    report = sow("musik", name_de="Musik")

    assert report == ["behalten: Thema musik (von Hand angelegt)"]
    assert (Topic.objects.get().name_de, SeedRecord.objects.count()) == ("Klang", 0)


def test_without_update_a_known_kind_is_left_alone():
    sow("musik", name_de="Musik")

    assert sow("tanz", may_update=False, name_de="Tanz") == []
    assert Topic.objects.count() == 1


def test_new_field_of_a_data_file_fills_an_empty_column():
    sow("musik", name_de="Musik")

    report = sow("musik", name_de="Musik", name_tr="Müzik")

    topic = Topic.objects.get()
    assert report == ["geändert: Thema musik (name_tr)"]
    assert topic.name_tr == "Müzik"
    assert topic.translation_state["tr"]["name"]["machine"] is True


def test_new_german_text_leaves_an_edited_translation_outdated():
    sow("musik", name_de="Musik", name_tr="Müzik", name_en="Music")
    topic = Topic.objects.get()
    before = topic.translation_state
    topic.name_tr = "Musiki"
    topic.save()

    sow("musik", name_de="Musik machen", name_tr="Müzik yapmak", name_en="Making music")

    topic.refresh_from_db()
    assert (topic.name_tr, topic.name_en) == ("Musiki", "Making music")
    assert topic.translation_state["tr"] == before["tr"]
    assert topic.translation_state["en"] != before["en"]

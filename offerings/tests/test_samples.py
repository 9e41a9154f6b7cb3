"""Samples: always the same, plausible, found like real offers, and removable."""

import re
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.forms.models import model_to_dict

from herne_bildung.city import reference
from herne_bildung.city.models import Organisation, Place, SearchDocument
from herne_bildung.city.tests.factories import make_city, make_district
from herne_bildung.lib.geo import Point, is_inside
from offerings import actions, samples
from offerings.models import Offering, OfferingIndex, Topic
from offerings.samples.compose import compose, recipes
from offerings.samples.words import AUDIENCES
from offerings.seed import read

pytestmark = pytest.mark.django_db
PLACES = {0: [(0, "Sodingen"), (1, "Wanne")], 1: [(0, "Eickel")]}
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    reference.forget()


def stored() -> list[dict]:
    """Everything about the samples but ids and moments."""
    return [
        model_to_dict(offering, exclude=["id", "topics", "places", "provider"])
        | {
            "topics": sorted(topic.key for topic in offering.topics.all()),
            "places": sorted(place.seed_key for place in offering.places.all()),
            "provider": offering.provider.slug,
            "schedules": [
                model_to_dict(row, exclude=["id", "offering"])
                for row in offering.schedules.all()
            ],
            "costs": [
                model_to_dict(row, exclude=["id", "offering"])
                for row in offering.cost_options.all()
            ],
        }
        for offering in Offering.objects.filter(is_sample=True).order_by("seed_key")
    ]


def indexed() -> tuple[list, list]:
    """What makes the offers found."""
    return (
        list(OfferingIndex.objects.order_by("pk").values("pk", "is_listed", "facts")),
        list(
            SearchDocument.objects.filter(kind="offering")
            .order_by("object_id")
            .values(
                "object_id",
                "is_public",
                "is_sample",
                "terms_a",
                "terms_b",
                "terms_c",
                "terms_d",
                "fuzzy_text",
            )
        ),
    )


# --- composition, without a database --------------------------------------------


def test_same_seed_composes_the_same():
    one = [compose(3, number, TODAY, PLACES) for number in range(50)]

    assert [compose(3, number, TODAY, PLACES) for number in range(50)] == one
    assert [compose(4, number, TODAY, PLACES) for number in range(50)] != one


def test_samples_are_varied_and_a_fifth_has_gaps():
    found = [compose(1, number, TODAY, PLACES) for number in range(3000)]

    titles = Counter(sample.values["title_de"] for sample in found)
    gaps = sum(
        sample.values["is_free"] is None or sample.values["registration"] == ""
        for sample in found
    )
    assert len(titles) > 2000
    assert {sample.topic for sample in found} == {r["topic"] for r in recipes()}
    assert 0.10 < gaps / len(found) < 0.20
    assert 0.80 < sum(bool(sample.schedules) for sample in found) / 3000 < 0.92
    assert 0.2 < sum("title_en" in sample.values for sample in found) / 3000 < 0.3
    for sample in found:
        assert "erfundenes Beispiel" in sample.values["description_de"]
        assert bool(sample.costs) == (sample.values["is_free"] is False)


def test_a_title_names_no_district_of_an_offer_for_the_whole_city():
    found = [compose(1, number, TODAY, PLACES) for number in range(1000)]

    for_all = [one.values for one in found if one.values["is_citywide"] and one.places]
    named = [one.values["title_de"] for one in found if "in Wanne" in str(one.values)]
    assert for_all
    assert named
    assert not [one for one in for_all if re.search("in (Sod|Wan|Eic)", str(one))]


def test_recipes_name_known_topics_and_audiences():
    known = {row["key"] for row in read("topics.json")}

    for recipe in recipes():
        own = [activity[3] for activity in recipe["activities"] if len(activity) > 3]
        named = {*recipe["audiences"], *(name for names in own for name in names)}
        assert recipe["topic"] in known
        assert named <= set(AUDIENCES), recipe["topic"]


# --- in the database --------------------------------------------------------------


def test_samples_are_marked_and_belong_to_marked_bodies_and_places(topics):
    shape = {
        "type": "Polygon",
        "coordinates": [[[7.1, 51.5], [7.2, 51.5], [7.2, 51.6], [7.1, 51.6]]],
    }
    quarter = make_district(
        "Sodingen",
        level="ortsteil",
        parent=make_district(),
        shape=shape,
        latitude=51.55,
        longitude=7.15,
    )

    samples.generate(30)

    assert Offering.objects.filter(is_sample=True).count() == 30
    assert not Organisation.objects.filter(is_sample=False).exists()
    assert not Place.objects.filter(is_sample=False).exists()
    assert not SearchDocument.objects.filter(is_sample=False).exists()
    names = Organisation.objects.values_list("name_de", flat=True)
    assert all(name.startswith("Beispiel") for name in names)
    for place in Place.objects.all():
        assert (place.district, place.is_district_guessed) == (quarter, False)
        assert is_inside(Point(place.latitude, place.longitude), shape)


def test_generating_twice_gives_the_same_rows(topics):
    samples.generate(25, seed=5)
    first = stored()
    samples.remove()
    samples.generate(10, seed=5)
    Offering.objects.get(seed_key="sample-5-3").delete()
    added = samples.generate(25, seed=5)

    assert (len(first), added) == (25, 16)
    assert stored() == first
    assert samples.generate(25, seed=5) == 0
    assert stored() == first


def test_filters_and_search_know_samples_as_reindex_makes_them(topics):
    make_city()
    samples.generate(40, seed=2)
    written = indexed()
    dates = list(Offering.objects.order_by("pk").values_list("next_start", flat=True))

    actions.reindex()

    assert indexed() == written
    assert len(written[0]) == len(written[1]) == 40
    assert (
        list(Offering.objects.order_by("pk").values_list("next_start", flat=True))
        == dates
    )
    assert any(dates)


def test_columns_are_filled_as_saving_would_fill_them(topics):
    samples.generate(40, seed=2)

    for offering in Offering.objects.all():
        before = Offering.objects.filter(pk=offering.pk).values().get()
        offering.full_clean()
        offering.save()
        after = Offering.objects.filter(pk=offering.pk).values().get()
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {"updated_at"}


def test_number_of_queries_grows_with_batches_only(topics, django_assert_num_queries):
    samples.generate(5)

    with django_assert_num_queries(73):
        samples.generate(15)
    with django_assert_num_queries(73):
        samples.generate(315)


# --- commands ---------------------------------------------------------------------


def test_command_needs_topics():
    with pytest.raises(CommandError) as failure:
        call_command("generate_sample", offerings=1)

    assert str(failure.value) == "Es gibt noch keine Themen; zuerst: manage.py seed"


def test_generating_leaves_the_seed_of_the_demo_alone(topics):
    with pytest.raises(CommandError) as failure:
        call_command("generate_sample", offerings=1, seed=samples.DEMO)

    assert str(failure.value) == "--seed braucht eine Zahl ab 1."
    assert Offering.objects.count() == 0


def test_a_second_run_says_that_the_samples_exist(topics):
    outputs = []
    for number in (2, 2, 3):
        out = StringIO()
        call_command("generate_sample", offerings=number, seed=7, stdout=out)
        outputs.append(re.sub(r"\d+ s", "… s", out.getvalue()).strip().split("\n"))

    assert Offering.objects.count() == 3
    hint = " Andere Beispiele: andere Zahl bei --seed; alle entfernen: remove_sample."
    assert outputs == [
        ["2 neu (… s)", "2 Beispielangebote erzeugt."],
        [
            "0 Beispielangebote erzeugt.",
            f"2 von 2 mit --seed 7 gab es schon.{hint}",
        ],
        [
            "1 neu (… s)",
            "1 Beispielangebote erzeugt.",
            f"2 von 3 mit --seed 7 gab es schon.{hint}",
        ],
    ]


def test_reindex_command_makes_everything_found_again(topics):
    samples.generate(3)
    OfferingIndex.objects.all().delete()
    SearchDocument.objects.all().delete()
    out = StringIO()

    call_command("reindex", stdout=out)

    bodies = Organisation.objects.count()
    assert out.getvalue().strip().split("\n") == [
        "0 Schulen",
        f"{bodies} Einrichtungen",
        "0 Beratungsstellen",
        "0 Handlungsziele",
        "0 Vorlagen",
        "0 Kennzahlen",
        "3 von 3 Angeboten",
    ]
    assert (OfferingIndex.objects.count(), SearchDocument.objects.count()) == (
        3,
        3 + bodies,
    )
    assert Topic.objects.count() == len(recipes())

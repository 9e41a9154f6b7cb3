import contextlib
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from herne_bildung.city import search
from herne_bildung.city.actions import (
    assign_district,
    confirm_districts,
    forget_unused_words,
    index_organisations,
    index_schools,
    settle_places,
)
from herne_bildung.city.models import (
    Place,
    ReferenceVersion,
    SearchDocument,
    SearchWord,
)
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
    make_school,
    square,
)

pytestmark = pytest.mark.django_db
INSIDE = {"latitude": 51.505, "longitude": 7.105}


@pytest.fixture
def wanne():
    return make_district("Wanne", shape=square(7.1, 51.5))


def state(place: Place) -> tuple:
    place.refresh_from_db()
    return place.district, place.is_district_guessed, place.is_district_chosen


def test_placeholder_shape_guesses(wanne):
    place = make_place(**INSIDE)

    assert assign_district(place)
    assert state(place) == (wanne, True, False)
    assert not assign_district(place), "a second time changes nothing"


def test_official_shape_is_sure(wanne):
    wanne.shape_quality = "official"
    wanne.save()
    place = make_place(**INSIDE)

    assign_district(place)

    assert state(place) == (wanne, False, False)


def test_place_without_or_outside_of_shapes_stays_empty(wanne):
    for place in (make_place(), make_place(latitude=51.6, longitude=7.105)):
        assert not assign_district(place)
        assert state(place) == (None, False, False)


def test_guess_does_not_replace_what_is_sure(wanne):
    eickel = make_district("Eickel")
    place = make_place(district=eickel, **INSIDE)

    assert not assign_district(place)
    assert state(place) == (eickel, False, False)


def test_choice_of_a_person_stays_against_an_official_shape(wanne):
    wanne.shape_quality = "official"
    wanne.save()
    eickel = make_district("Eickel")
    place = make_place(district=eickel, is_district_chosen=True, **INSIDE)

    assert not assign_district(place)
    assert settle_places() == 0
    assert state(place) == (eickel, False, True)


def test_smallest_district_is_taken(wanne):
    quarter = make_district(
        "Crange", level="ortsteil", parent=wanne, shape=square(7.1, 51.5)
    )
    place = make_place(**INSIDE)

    assign_district(place)

    assert state(place) == (quarter, True, False)


def test_border_of_the_city_settles_nothing():
    make_district(
        "Herne", level="stadt", shape=square(7, 51, 1), shape_quality="official"
    )
    place = make_place(**INSIDE)

    assert not assign_district(place)


def test_guess_that_contradicts_an_official_shape_is_not_taken(wanne):
    wanne.shape_quality = "official"
    wanne.save()
    make_district(
        "Röhlinghausen",
        level="ortsteil",
        parent=make_district("Eickel"),
        shape=square(7.1, 51.5),
    )
    place = make_place(**INSIDE)

    assign_district(place)

    assert state(place) == (wanne, False, False)


def test_hole_in_a_shape_is_outside():
    outer, hole = square(7.1, 51.5), square(7.104, 51.504, 0.002)
    shape = {
        "type": "Polygon",
        "coordinates": [outer["coordinates"][0], hole["coordinates"][0]],
    }
    make_district("Wanne", shape=shape)

    assert not assign_district(make_place(**INSIDE))


def test_settling_tells_processes_and_offers(wanne):
    place = make_place(**INSIDE)
    version = ReferenceVersion.objects.get(kind="place").version
    changed = place.updated_at

    assert settle_places() == 1

    place.refresh_from_db()
    assert place.updated_at > changed
    assert ReferenceVersion.objects.get(kind="place").version > version


def test_confirming_makes_a_guess_a_choice(wanne):
    guessed = make_place(district=wanne, is_district_guessed=True)
    sure = make_place(district=wanne)

    assert confirm_districts(Place.objects.all()) == 1
    assert state(guessed) == (wanne, False, True)
    assert state(sure) == (wanne, False, False)


@pytest.mark.parametrize(
    "values", [{"is_district_guessed": True}, {"district": None}], ids=["guess", "none"]
)
def test_chosen_district_is_sure(wanne, values):
    with pytest.raises(IntegrityError, match="place_chosen_district_is_sure"):
        make_place(**({"district": wanne, "is_district_chosen": True} | values))


def test_schools_are_found_by_name_place_and_form(wanne):
    school = make_school(
        "Josefschule",
        place=make_place(street="Stöckstr. 113", district=wanne),
        is_startchancen=True,
    )
    make_school("Andere Schule", form="gymnasium")

    assert index_schools() == 2
    for words in ("josefschule", "stoeckstr", "wanne", "startchancen", "Grundschule"):
        assert list(search.find("school", words, "de").ids) == [school.pk], words
    assert search.find("school", "josefschle", "de").meant == "josefschule"


def test_indexing_twice_leaves_one_document():
    school = make_school("Josefschule")
    index_schools([school.pk])
    school.name = "Marienschule"
    school.save()

    index_schools([school.pk])

    assert SearchDocument.objects.count() == 1
    assert list(search.find("school", "marienschule", "de").ids) == [school.pk]


def test_organisations_are_found_in_their_languages_and_by_what_they_belong_to():
    parent = make_organisation("Stadt Herne")
    library = make_organisation(
        "Stadtbibliothek", name_tr="Şehir kütüphanesi", parent=parent
    )
    make_organisation("Alter Verein", status="historic")

    index_organisations()

    assert list(search.find("organisation", "kütüphane", "tr").ids) == [library.pk]
    assert set(search.find("organisation", "stadt herne", "de").ids) == {
        parent.pk,
        library.pk,
    }
    assert list(search.find("organisation", "verein", "de").ids) == []


def test_words_that_no_public_entry_has_are_forgotten():
    long = "x" * 70
    search.write(
        SearchDocument(kind="school", object_id=number, fuzzy_text=text)
        for number, text in enumerate(["musik turnen", f"turnen {long}", "malen"])
    )
    before = words()
    SearchDocument.objects.filter(object_id=0).delete()
    SearchDocument.objects.filter(object_id=2).update(is_public=False)

    gone = [forget_unused_words(), forget_unused_words()]

    assert before == ["malen", "musik", "turnen", long[:64]]
    assert (words(), gone) == (["turnen", long[:64]], [2, 0])


@pytest.mark.django_db(transaction=True)
def test_words_of_an_entry_that_is_being_written_stay():
    SearchWord.objects.create(word="musik")
    has_words, results = threading.Event(), []

    def forget() -> None:
        with contextlib.closing(connection):
            has_words.wait(10)
            results.append(forget_unused_words())

    other = threading.Thread(target=forget)
    other.start()
    with transaction.atomic():
        search.write_words(["musik"])
        has_words.set()
        other.join(timeout=0.5)
        SearchDocument.objects.create(kind="school", object_id=1, fuzzy_text="musik")
    other.join(timeout=10)

    assert (words(), results) == (["musik"], [0])


def words() -> list[str]:
    return list(SearchWord.objects.order_by("word").values_list("word", flat=True))

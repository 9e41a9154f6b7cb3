"""What an address asks for, as the shortest address and in words."""

import pytest
from django.http import QueryDict

from herne_bildung.city.tests.factories import make_district
from herne_bildung.lib import languages
from herne_bildung.lib.filtering import AgeField
from offerings.asked import asked_pairs, canonical, in_words
from offerings.filters import OfferingFilter
from offerings.tests.factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanne():
    make_topic("Nähen", key="naehen", name_tr="Dikiş")
    return make_district("Wanne", code="3")


def words(query: str, language: str, **options: bool) -> str:
    return in_words(
        OfferingFilter(QueryDict(query), language=language), language, **options
    )


@pytest.mark.parametrize(
    ("query", "shortest"),
    [
        ("", ""),
        ("sort=name&page=3&utm_source=x&strange=1", ""),
        ("topic=naehen&district=stadtbezirk-3", "district=stadtbezirk-3&topic=naehen"),
        ("weekday=4&weekday=0&weekday=4", "weekday=0&weekday=4"),
        ("age=3,0&cost=sometimes&q=++a%00b++c", "age=3&q=a+b+c"),
        ("age=1.5&topic=unknown&weekday=9", "age=1.5"),
        ("from=24.12.2999&to=1.1.2000", ""),
        ("from=24.12.2999", "from=2999-12-24"),
        ("q=N%C3%A4hen%26Kochen/Backen", "q=N%C3%A4hen%26Kochen%2FBacken"),
    ],
)
def test_one_question_has_one_address(wanne, query, shortest):
    assert canonical(QueryDict(query)) == shortest
    assert canonical(QueryDict(shortest)) == shortest


def test_every_age_is_written_so_that_it_is_read_again():
    field = AgeField()

    written = {months: field.written(months) for months in range(12 * 120 + 1)}

    assert [field.clean(text) for text in written.values()] == list(written)
    assert [written[months] for months in (0, 1, 6, 18, 36)] == [
        "0",
        "0.1",
        "0.5",
        "1.5",
        "3",
    ]


def test_words_are_those_of_the_chips(wanne):
    query = "age=3&topic=naehen&district=stadtbezirk-3&weekday=0&weekday=4&q=Spaß"

    assert words(query, "de") == (
        "„Spaß“; Stadtbezirk oder Ortsteil: Wanne; Thema: Nähen; Alter: 3 Jahre; "
        "Wochentag: Montag, Freitag"
    )
    assert "Dikiş" in words(query, "tr")
    assert words("", "de") == "Alle Angebote"


def test_every_language_says_a_whole_list(wanne):
    query = "age=3&district=stadtbezirk-3&cost=free&from=2999-12-24"

    said = {code: words(query, code) for code in languages.CODES}

    assert len(set(said.values())) == len(said)
    assert all("Wanne" in text for text in said.values())
    assert said["ar"].count("؛ ") == 3


def test_own_words_can_be_kept_to_oneself(wanne):
    query = "q=Geheimes&district=stadtbezirk-3"

    assert "Geheimes" not in words(query, "de", with_own_words=False)
    assert "Wanne" in words(query, "de", with_own_words=False)


def test_filters_can_be_left_out(wanne):
    filters = OfferingFilter(QueryDict("age=3&cost=free"), language="de")

    assert asked_pairs(filters, ("age",)) == [("cost", "free")]

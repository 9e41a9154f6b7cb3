"""The page of a list, tried with a small list of its own: offices by concern."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.http import QueryDict
from django.utils.translation import override
from pyroaring import BitMap

from herne_bildung.lib.addresses import pairs
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.filtering import (
    AgeFilter,
    CodesField,
    CodesFilter,
    IndexFilterSet,
    SearchText,
)
from herne_bildung.lib.paging import Paging
from herne_bildung.lib.result_page import (
    ResultPage,
    Selected,
    and_maybe,
    counted,
    selected,
)

CONCERNS = {"school": "School", "money": "Money"}


class ConcernField(CodesField):
    def __init__(self, **options: Any):
        options.pop("known", None)
        super().__init__(
            known=lambda: CONCERNS,
            resolve=lambda code: {"debts": "money"}.get(code, code),
            **options,
        )


class ConcernFilter(CodesFilter):
    field_class = ConcernField


class OfficeFilter(IndexFilterSet):
    q = SearchText(label="Words")
    concern = ConcernFilter("concern", label="Concern")
    age = AgeFilter("age", label="Age")


@dataclass(slots=True)
class Offices(ResultPage):
    names: ClassVar = ("q", "concern", "age", "page", "sort")
    groups: ClassVar = ("concern",)

    def choices(self, name):
        return [(code, label, 0) for code, label in CONCERNS.items()]


@dataclass(slots=True)
class OfficesInOneNumber(Offices):
    open_groups: ClassVar = ("concern",)
    counts_maybe: ClassVar = True

    def in_words(self, name, value):
        return f"<{value}>"


def offices(query="", kind=Offices):
    """The page for an address of a list of three offices, two on a page: 1 for
    school, 2 for school and money, 3 for nobody knows what.
    """
    index = BitmapIndex()
    index.put(1, {"values": {"concern": ["school"]}})
    index.put(2, {"values": {"concern": ["school", "money"]}})
    index.put(3, {"unknown": ["concern"]})
    data = QueryDict(query)
    with override("en"):
        filters = OfficeFilter(data, index=index, candidates=index.entries)
        return kind(
            filters=filters,
            path="/en/beratung/",
            parameters=pairs(data, names=("q", "concern", "age", "page")),
            language="en",
            selected=selected(filters.selection(), data.get("page"), 2, in_order),
            sure=[],
            maybe=[],
        )


def in_order(ids, offset, limit):
    return list(ids)[offset : offset + limit]


def choice(value, label, count, maybe, *, checked=False):
    return {
        "value": value,
        "label": label,
        "depth": 0,
        "count": count,
        "maybe": maybe,
        "checked": checked,
    }


def test_panel_counts_sure_and_maybe_of_each_choice():
    assert offices("concern=money").panel == [
        {
            "name": "concern",
            "label": "Concern",
            "kind": "checkbox",
            "open": False,
            "chosen": 1,
            "errors": (),
            "choices": [
                choice("school", "School", 2, 1),
                choice("money", "Money", 1, 1, checked=True),
            ],
        }
    ]


def test_panel_may_count_both_as_one_number():
    group = offices(kind=OfficesInOneNumber).panel[0]

    assert (group["open"], group["choices"]) == (
        True,
        [choice("school", "School", 3, 0), choice("money", "Money", 2, 0)],
    )


def test_panel_names_what_is_wrong_with_a_choice():
    page = offices("concern=moon")

    assert page.panel[0]["errors"] == ["We do not know this choice: moon"]
    assert page.errors == {"concern": ["We do not know this choice: moon"]}
    assert page.chips == []


def test_chips_take_one_value_away_and_lead_to_the_first_page():
    page = offices("q=Rat+und+Tat&concern=school&concern=money&age=3&page=2")

    base = "/en/beratung/?"
    assert page.chips == [
        {"label": "“Rat und Tat”", "url": f"{base}concern=school&concern=money&age=3"},
        {
            "label": "Concern: School",
            "url": f"{base}q=Rat+und+Tat&concern=money&age=3",
        },
        {
            "label": "Concern: Money",
            "url": f"{base}q=Rat+und+Tat&concern=school&age=3",
        },
        {
            "label": "Age: 36",
            "url": f"{base}q=Rat+und+Tat&concern=school&concern=money",
        },
    ]


def test_chip_of_a_former_key_takes_it_away():
    assert offices("concern=debts&concern=school").chips == [
        {"label": "Concern: Money", "url": "/en/beratung/?concern=school"},
        {"label": "Concern: School", "url": "/en/beratung/?concern=debts"},
    ]


def test_a_list_has_its_own_words_for_chips_but_not_for_words_searched():
    page = offices("q=Rat&concern=school", OfficesInOneNumber)

    assert [chip["label"] for chip in page.chips] == ["“Rat”", "<School>"]


@pytest.mark.parametrize(
    ("asked", "number", "is_known", "sure", "maybe"),
    [
        (None, 1, True, [1, 2], []),
        ("2", 2, True, [3], [7]),
        ("3", 3, True, [], [8, 9]),
        ("9", 3, False, [], [8, 9]),
    ],
)
def test_what_may_fit_follows_when_all_that_fits_is_shown(
    asked, number, is_known, sure, maybe
):
    left = BitMap([1, 2, 3]), BitMap([7, 8, 9])

    assert selected(left, asked, 2, in_order) == Selected(
        Paging(number, 2, 6), is_known, sure, maybe, 3, 3
    )


def test_nothing_is_ordered_where_nothing_is_left():
    def never(ids, offset, limit):
        raise AssertionError

    found = selected((BitMap(), BitMap()), None, 2, never)

    assert found == Selected(Paging(1, 2, 0), True, [], [], 0, 0)


def test_pages_keep_the_filters_and_the_first_has_no_number():
    first, second = offices("page=1"), offices("page=2")

    assert first.pager["next_url"] == "/en/beratung/?page=2"
    assert second.pager["previous_url"] == "/en/beratung/"
    assert (second.sure_count, second.maybe_count, second.total) == (3, 0, 3)
    assert (second.is_page_known, second.meant) == (True, "")


def test_ways_on_have_fewer_filters_and_fewer_words():
    with override("en"):
        assert offices("q=Rat+und+Tat+auf+Arabisch&concern=money").word_ways == [
            {
                "label": "Search for these words without filters",
                "url": "/en/beratung/?q=Rat+und+Tat+auf+Arabisch",
            },
            *(
                {
                    "label": f"Search only for “{word}”",
                    "url": f"/en/beratung/?q={word}",
                }
                for word in ("Rat", "und", "Tat", "auf")
            ),
        ]
        assert offices("q=Rat").word_ways == []
        assert offices("concern=money").word_ways == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "1.200 Stellen, 3 weitere passen vielleicht"),
        ("en", "1,200 Stellen, 3 more may fit"),
    ],
)
def test_counts_are_written_as_readers_do(language, sentence):
    with override(language):
        text = counted("%(number)s Stellen", 1200)

        assert (and_maybe(text, 0), and_maybe(text, 3)) == (text, sentence)


def test_counts_are_joined_with_the_comma_of_the_language():
    with override("ar"):
        assert and_maybe("3", 1).startswith("3، ")


def test_parameters_that_are_no_filters_are_named():
    page = offices("q=x&koncern=money&utm_source=mail&gclid=1&sort=name&age=<b>&x%00=1")

    with override("en"):
        assert page.address_errors == ["We do not know this choice: koncern, x\0"]
        assert offices("concern=money&fbclid=7&_ga=2").address_errors == []

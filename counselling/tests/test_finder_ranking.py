"""Each rule of the order in which offices are named."""

from datetime import UTC, datetime

import pytest

from counselling.finder.ranking import Facts, Wish, rank

EARLY, LATE = (datetime(2026, 11, day, 9, tzinfo=UTC) for day in (23, 24))
WISH = Wish(audience="men", language="tr", district="wanne")


def office(pk: int, **known) -> Facts:
    """Of an office little is known; its name comes later, the higher its number."""
    known = {
        name: frozenset(value) if isinstance(value, list) else value
        for name, value in known.items()
    }
    return Facts(pk=pk, sort_key=f"{pk:03}", **known)


def order(*offices: Facts, wish: Wish = WISH) -> list[int]:
    return [one.pk for one in rank(offices, wish)]


# Each rule: what is better about office 2, and what is then better about office 1,
# by the next rule, and does not help.
RULES = [
    ({"is_main": True}, {"is_main": False, "audiences": ["men"]}),
    ({"audiences": ["men"]}, {"audiences": ["everyone"], "languages": ["tr"]}),
    ({"audiences": ["everyone"]}, {"audiences": ["families"], "languages": ["tr"]}),
    ({}, {"audiences": ["families"], "languages": ["tr"]}),
    ({"languages": ["tr"]}, {"has_interpreting": True, "districts": ["wanne"]}),
    ({"has_interpreting": True}, {"languages": ["ar"], "districts": ["wanne"]}),
    ({"districts": ["wanne"]}, {"is_citywide": True, "is_open": True}),
    ({"is_citywide": True}, {"districts": ["sodingen"], "is_open": True}),
    ({}, {"districts": ["sodingen"], "is_open": True}),
    ({"is_open": True, "opens": LATE}, {"opens": EARLY}),
    ({"opens": EARLY}, {"opens": LATE}),
    ({"opens": LATE}, {}),
]


@pytest.mark.parametrize(("better", "worse"), RULES)
def test_each_rule_comes_before_the_next(better, worse):
    assert order(office(1, **worse), office(2, **better)) == [2, 1]


def test_names_decide_where_nothing_else_does():
    assert order(office(3), office(1), office(2)) == [1, 2, 3]


def test_what_is_not_asked_for_plays_no_part():
    turkish = office(2, languages=["tr"], audiences=["men"], districts=["wanne"])

    assert order(turkish, office(1), wish=Wish()) == [1, 2]


def test_an_office_for_women_alone_is_no_answer_for_men():
    women, both = office(1, audiences=["women"]), office(2, audiences=["women", "men"])

    assert order(women, both) == [2]
    assert order(women, both, wish=Wish(audience="women")) == [1, 2]
    assert order(office(3, audiences=["men"]), wish=Wish(audience="women")) == []

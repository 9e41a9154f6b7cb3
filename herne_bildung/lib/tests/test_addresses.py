from django.http import QueryDict

from herne_bildung.lib.addresses import address, pairs, replaced, without


def test_pairs_keep_known_names_in_order_and_drop_empty_ones():
    query = QueryDict("page=2&x=1&topic=b&topic=a&q=+")

    assert pairs(query, names=["q", "topic", "page"]) == [
        ("topic", "b"),
        ("topic", "a"),
        ("page", "2"),
    ]


def test_without_one_value_keeps_the_others():
    given = [("topic", "a"), ("topic", "b"), ("q", "x")]

    assert without(given, "topic", "a") == [("topic", "b"), ("q", "x")]
    assert without(given, "topic") == [("q", "x")]


def test_replaced_sets_one_value_and_an_empty_one_removes_it():
    given = [("page", "3"), ("q", "x")]

    assert replaced(given, "page", "4") == [("q", "x"), ("page", "4")]
    assert replaced(given, "page", "") == [("q", "x")]


def test_address_quotes_its_parameters():
    assert address("/de/", [("q", "a&b ä")]) == "/de/?q=a%26b+%C3%A4"
    assert address("/de/", []) == "/de/"

import pytest

from herne_bildung.lib.paging import Paging, page_number, pager


def test_numbers_show_gaps_only_where_pages_are_left_out():
    assert Paging(1, 20, 60).numbers == [1, 2, 3]
    assert Paging(10, 20, 1000).numbers == [1, None, 8, 9, 10, 11, 12, None, 50]
    assert Paging(5, 20, 180).numbers == [1, None, 3, 4, 5, 6, 7, None, 9]


def test_neighbours_are_pages_that_can_be_opened():
    neighbours = [
        (paging.previous, paging.next)
        for paging in (Paging(number, 20, 60) for number in (1, 2, 3))
    ]

    assert neighbours == [(None, 2), (1, 3), (2, None)]


def test_pages_end_at_fifty_and_say_so():
    paging = Paging(50, 20, 5000)

    assert (paging.pages, paging.is_cut_off, paging.next) == (50, True, None)
    assert [Paging(1, 20, total).is_cut_off for total in (1000, 1001)] == [False, True]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (None, (1, True)),
        ("", (1, True)),
        ("2", (2, True)),
        ("3", (3, True)),
        ("4", (3, False)),
        ("0", (1, False)),
        ("-7", (1, False)),
        ("x", (1, False)),
        ("9" * 500, (3, False)),
        ("9" * 5000, (3, False)),
    ],
)
def test_page_number_gives_the_nearest_page_there_is(asked, answer):
    assert page_number(asked, total=60, per_page=20) == answer


def test_pager_links_neighbours_and_leaves_out_what_is_not_there():
    shown = pager(Paging(1, 20, 40), lambda number: f"?page={number}")

    assert shown == {
        "number": 1,
        "pages": [
            {"number": 1, "url": "?page=1", "is_current": True, "is_far": False},
            {"number": 2, "url": "?page=2", "is_current": False, "is_far": False},
        ],
        "previous_url": "",
        "next_url": "?page=2",
        "is_cut": False,
    }


def test_pages_that_are_not_next_to_the_reader_are_far():
    shown = pager(Paging(5, 20, 180), str)

    assert [page.get("is_far") for page in shown["pages"]] == [
        *(True, None, True, False, False, False, True, None, True)
    ]

import pytest

from herne_bildung.lib.languages import best_match, direction, with_second


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "de"),
        ("tr", "tr"),
        ("tr-TR,tr;q=0.9,en;q=0.8", "tr"),
        ("fr,en;q=0.5,ar;q=0.9", "ar"),
        ("ja,ko", "de"),
        ("de-AT", "de"),
        ("*;q=x,,;;q=,en;q=abc", "de"),
        ("en;q=0,pl;q=0.1", "pl"),
    ],
)
def test_best_match_follows_the_weights(header, language):
    assert best_match(header) == language


def test_direction_is_right_to_left_for_arabic_only():
    assert (direction("ar"), direction("tr"), direction("xx")) == ("rtl", "ltr", "ltr")


def test_a_second_language_is_another_one_that_there_is():
    assert with_second("de", "tr") == ["de", "tr"]
    assert [with_second("de", asked) for asked in ("", "de", "xx")] == [["de"]] * 3

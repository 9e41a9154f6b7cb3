import pytest

from herne_bildung.lib.row_keys import row_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("7", 7),
        ("0", 0),
        ("9" * 18, 999_999_999_999_999_999),
        ("9" * 19, None),
        ("-1", None),
        ("٣", None),
        ("²", None),
        ("1.5", None),
        ("", None),
        (None, None),
    ],
)
def test_row_key_is_a_short_number_of_digits(text, key):
    assert row_key(text) == key

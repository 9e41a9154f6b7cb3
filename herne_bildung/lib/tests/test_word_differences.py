"""Two texts side by side, word by word."""

import pytest

from herne_bildung.lib.word_differences import differences


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("", "neu", [("added", "neu")]),
        ("alt", "", [("removed", "alt")]),
        (
            "am Dienstag um 9",
            "am Mittwoch um 9",
            [
                ("same", "am "),
                ("removed", "Dienstag"),
                ("added", "Mittwoch"),
                ("same", " um 9"),
            ],
        ),
        ("gleich", "gleich", [("same", "gleich")]),
    ],
)
def test_differences_word_by_word(old, new, parts):
    assert differences(old, new) == parts

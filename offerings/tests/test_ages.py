"""Ages as people say them, in months."""

import pytest

from offerings.ages import age_in_words, months_from_words


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("3", 36),
        ("3 Jahre", 36),
        ("3 J.", 36),
        ("ab 3", 36),
        ("3 Jahre alt", 36),
        ("3 years", 36),
        ("1 Jahr", 12),
        ("18 Monate", 18),
        ("18 months", 18),
        ("6 Mon.", 6),
        ("0", 0),
        ("½", 6),
        ("1/2 Jahr", 6),
        ("1½ Jahre", 18),
        ("1,5", 18),
        ("2 1/2", 30),
        ("2 Jahre 6 Monate", 30),
        ("2 Jahre und 6 Monate", 30),
        ("bis 99", 1188),
        ("  120  ", 1440),
    ],
)
def test_ages_are_understood(words, months):
    assert months_from_words(words) == months


@pytest.mark.parametrize(
    "words",
    [
        "",
        "drei",
        "3 Wochen",
        "-3",
        "3-5",
        "121",
        "3 Jahre 3",
        "6 Monate 2 Jahre",
        "1e3",
        "3 Jahre,",
        "3..",
        "9" * 500,
        "12 Jahrex",
    ],
)
def test_what_is_no_age_is_refused(words):
    with pytest.raises(ValueError, match="no age"):
        months_from_words(words)


@pytest.mark.parametrize("months", [0, 1, 7, 12, 18, 36, 42, 1188])
def test_ages_in_words_are_read_back(months):
    assert months_from_words(age_in_words(months)) == months

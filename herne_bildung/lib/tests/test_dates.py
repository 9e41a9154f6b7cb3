from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from herne_bildung.lib.dates import (
    day_in_words,
    euros,
    known_day_in_words,
    moment_in_words,
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "27. November 2026"),
        ("de-simple", "27. November 2026"),
        ("uk", "27 листопада 2026\u202fр."),
        ("pl", "27 listopada 2026"),
        ("ar", "27 نوفمبر 2026"),
    ],
)
def test_day_has_the_form_of_its_language(language, text):
    assert day_in_words(date(2026, 11, 27), language) == text


@pytest.mark.parametrize(
    ("known", "language", "text"),
    [
        ("", "de", ""),
        ("2013", "de", "2013"),
        ("2013-10", "de", "Oktober 2013"),
        ("2013-10", "en", "October 2013"),
        ("2013-10", "ar", "أكتوبر 2013"),
        ("2013-10-24", "de-simple", "24. Oktober 2013"),
        ("2013-13", "de", "2013-13"),
        ("2013-02-30", "de", "2013-02-30"),
    ],
)
def test_only_what_is_known_of_a_day_is_said(known, language, text):
    assert known_day_in_words(known, language) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Fr., 27. Nov., 14:30"),
        ("tr", "27 Kas Cum, 14:30"),
        ("ar", "الجمعة، 27 نوفمبر، 14:30"),
    ],
)
def test_moment_is_told_by_the_clocks_of_herne(language, text):
    assert moment_in_words(datetime(2026, 11, 27, 13, 30, tzinfo=UTC), language) == text


def test_amounts_have_the_comma_of_the_language_and_cents_only_if_needed():
    assert euros(Decimal("3.50"), "de") == "3,50\u00a0€"
    assert euros(Decimal("12.00"), "de") == "12 €"
    assert euros(Decimal("3.50"), "en") == "€3.50"
    assert euros(Decimal("12"), "en") == "€12"

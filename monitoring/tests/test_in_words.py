from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation

from monitoring.choices import Unit, ValueState
from monitoring.in_words import ShownValue, absent, legend, number, shown
from monitoring.models import Indicator

STATES = ValueState


def said(value, language="de", state=STATES.VALUE, **options) -> ShownValue:
    values = {"unit": Unit.PERCENT, "decimals": 1, **options}
    value = None if value is None else Decimal(str(value))
    entry = SimpleNamespace(state=state, value=value)
    with translation.override(language):
        return shown(entry, language, indicator=Indicator(**values))


def test_four_states_differ_in_text_and_sound():
    found = [said(None, "en", state) for state in list(STATES)[1:]]

    assert said(0, "en") == ShownValue("0%", "", "value", "")
    assert found == [
        ShownValue("·", "·", "suppressed", "kept secret to protect people"),
        ShownValue("…", "…", "missing", "not available"),
        ShownValue("x", "x", "none", "makes no sense here"),
    ]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("0", 1, "0"),
        ("0.04", 1, "0,0"),
        ("0.05", 1, "0,1"),
        ("1234567.86", 1, "1.234.567,9"),
        ("1999.5", 0, "2.000"),
        ("-5.25", 1, "−5,3"),
        ("-0.01", 1, "0,0"),
    ],
)
def test_numbers_are_rounded_and_a_zero_is_a_true_zero(value, decimals, text):
    with translation.override("de"):
        assert number(Decimal(value), decimals) == text


def test_numbers_follow_language_and_unit():
    found = [
        said(1234.5, language, unit=unit).text
        for language, unit in (
            ("de", Unit.PERCENT),
            ("en", Unit.EURO),
            ("pl", Unit.YEARS),
            ("ar", Unit.NUMBER),
        )
    ]

    assert found == [
        "1.234,5\xa0%",
        "€1,234.5",
        "1\xa0234,5",
        "\u20681234,5\u2069",
    ]


def test_without_unit_and_without_a_row():
    entry = SimpleNamespace(state=STATES.VALUE, value=Decimal(5))
    indicator = Indicator(unit=Unit.PERCENT, decimals=2)

    with translation.override("de"):
        found = shown(entry, "de", indicator=indicator, has_unit=False)

    assert found.text == "5,00"
    assert absent().state == STATES.NOT_AVAILABLE


def test_legend_names_zero_and_the_states_used():
    with translation.override("en"):
        assert legend([STATES.SUPPRESSED]) == [
            {"mark": "0", "state": "zero", "text": "zero: counted, and none there"},
            {
                "mark": "·",
                "state": "suppressed",
                "text": "kept secret to protect people",
            },
        ]

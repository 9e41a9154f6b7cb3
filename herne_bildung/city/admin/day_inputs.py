"""The browser's own inputs, which phones and screen readers know."""

from datetime import date
from typing import Any

from django import forms
from django.db import models

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


class DayInput(forms.DateInput):
    """The browser's own choice of a day, within sensible years."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        limits = {"min": EARLIEST.isoformat(), "max": LATEST.isoformat()}
        super().__init__({**limits, **(attrs or {})}, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """The browser's own choice of a time."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


NATIVE_INPUTS = {
    models.DateField: {"widget": DayInput},
    models.TimeField: {"widget": ClockInput},
}


def is_sensible(day: date) -> bool:
    """Whether a day is none of a mistyped year."""
    return EARLIEST <= day <= LATEST

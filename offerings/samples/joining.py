"""Who can join an invented offer, and when: so that each filter finds some."""

from datetime import date, timedelta
from random import Random
from typing import Any

from offerings.samples.words import AUDIENCES, Audience

# Whose offers are for them only, where that is said.
ONLY_FOR = ("girls", "boys", "fathers", "mothers", "women", "men")
FOR_HOLIDAYS = ("kita", "school", "girls", "boys", "youth")
# Every so many samples one has ended and is followed by the one before it.
ENDED_EVERY = 40


def joining(
    seed: int, number: int, today: date, audience: Audience, facts: dict[str, Any]
) -> dict[str, Any]:
    """Columns of an offer whose other facts are known. Drawn apart from them."""
    random = Random(f"{seed}-{number}-joining")  # noqa: S311  samples, not secrets
    name = next((key for key, one in AUDIENCES.items() if one is audience), "")
    month = today.replace(day=1)
    values: dict[str, Any] = {}
    if has_ended(number):
        return {"ends_on": month - timedelta(days=random.randrange(1, 60))}
    if facts["registration"] == "needed" and random.random() < 0.6:
        states = ("free", "waiting_list", "full")
        values["places_left"] = random.choices(states, (65, 15, 20))[0]
        values["places_left_on"] = today - timedelta(days=random.randrange(40))
    if name in ONLY_FOR and random.random() < 0.6:
        values["only_for"] = name
    if name in FOR_HOLIDAYS and random.random() < 0.5:
        values["is_holiday_programme"] = random.random() < 0.4
    kind = random.random()
    if kind < 0.04:
        values["paused_from"] = month - timedelta(days=random.randrange(30))
        if random.random() < 0.7:
            after = timedelta(days=random.randrange(50, 120))
            values["paused_until"] = values["paused_from"] + after
    elif kind < 0.12:
        values["starts_on"] = month + timedelta(days=random.randrange(10, 90))
    return values


def has_ended(number: int) -> bool:
    """Whether the sample of this number has ended."""
    return number % ENDED_EVERY == ENDED_EVERY - 1

"""One invented offer after another, always the same for the same seed and day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from offerings.samples import words
from offerings.samples.joining import joining
from offerings.samples.words import AUDIENCES, DAYTIMES, WEEKDAYS

RECIPES = Path(__file__).parent / "data" / "recipes.json"
OTHER_LANGUAGES = ("tr", "ar", "uk", "ru", "pl", "ro", "bg", "en", "fa", "ku")
# Shares of samples: with gaps in what is known, and with translated texts.
SPARSE, IN_ENGLISH, IN_TURKISH = 0.2, 0.25, 0.15


@dataclass(slots=True)
class Sample:
    """An invented offer: columns of its rows, and numbers of what they point at.

    `provider` and `places` count within the sample bodies and places; `topic` is a
    key. Schedules and prices are columns of further rows.
    """

    values: dict[str, Any]
    topic: str
    provider: int
    places: tuple[int, ...]
    schedules: list[dict[str, Any]] = field(default_factory=list)
    costs: list[dict[str, Any]] = field(default_factory=list)


@cache
def recipes() -> list[dict[str, Any]]:
    """What samples are about, as the data file has it."""
    return json.loads(RECIPES.read_text(encoding="utf-8"))


def compose(
    seed: int, number: int, today: date, places_of: Mapping[int, list[tuple[int, str]]]
) -> Sample:
    """The sample of this number. `places_of` gives for each provider its places,
    each with the name of its district.
    """
    random = Random(f"{seed}-{number}")  # noqa: S311  samples, not secrets
    recipe = random.choice(recipes())
    is_sparse = random.random() < SPARSE
    activity = random.choice(recipe["activities"])
    audiences = activity[3] if len(activity) > 3 else recipe["audiences"]
    audience = AUDIENCES[random.choice(audiences)]
    daytime = random.choice(recipe["daytimes"])
    provider = random.choice(list(places_of))
    format_ = random.choices(("on_site", "online", "at_home"), (88, 9, 3))[0]
    places = _places(random, places_of[provider]) if format_ == "on_site" else []
    schedules = [] if format_ == "at_home" else _schedules(random, daytime, today)
    facts = _facts(random, audience, format_)
    if is_sparse:
        _forget_some(random, facts, schedules, places)
    says_for_whom = len(audiences) == 1 or " für " in activity[0]
    for_whom = "" if says_for_whom else audience.german
    named = [] if facts["is_citywide"] else places
    title = _title(random, recipe, activity[0], for_whom, daytime, schedules, named)
    joins = joining(seed, number, today, audience, facts)
    if joins.get("is_holiday_programme"):
        for schedule in schedules:
            schedule["in_school_holidays"] = "yes"
    values = {
        **facts,
        **joins,
        "title_de": title,
        "summary_de": _summary(random, recipe, activity[0], audience),
        "description_de": _description(random, facts, schedules),
        "next_step_de": words.NEXT_STEPS[facts["registration"]],
        **_translations(random, activity, audience),
    }
    costs = _costs(random) if facts["is_free"] is False else []
    where = tuple(number for number, _ in places)
    return Sample(values, recipe["topic"], provider, where, schedules, costs)


def _places(random: Random, places: list[tuple[int, str]]) -> list[tuple[int, str]]:
    count = 2 if len(places) > 1 and random.random() < 0.06 else 1
    return sorted(random.sample(places, count))


def _facts(random: Random, audience: words.Audience, format_: str) -> dict[str, Any]:
    youngest, oldest = random.choice(audience.ages)
    languages = ["de"]
    if random.random() < 0.3:
        languages.append(random.choice(OTHER_LANGUAGES))
    elif random.random() < 0.06:
        languages = [random.choice(("de-simple", "gsg", *OTHER_LANGUAGES))]
    return {
        "age_min_months": youngest,
        "age_max_months": oldest,
        "target_groups": list(audience.target_groups),
        "languages": languages,
        "format": format_,
        "is_citywide": format_ != "on_site" or random.random() < 0.08,
        "is_accessible": None if format_ != "on_site" else random.random() < 0.7,
        "has_childcare": random.random() < 0.2,
        "is_free": random.random() < 0.6,
        "registration": random.choices(("none", "needed"), (45, 55))[0],
    }


def _forget_some(
    random: Random, facts: dict[str, Any], schedules: list, places: list
) -> None:
    """Make some facts unknown, as in real life."""
    unknown = {"target_groups": [], "languages": [], "format": "", "registration": ""}
    for name in facts:
        if name not in {"age_min_months", "age_max_months"} and random.random() < 0.5:
            facts[name] = unknown.get(name)
    if random.random() < 0.5:
        facts["age_min_months"] = facts["age_max_months"] = None
    for known in (schedules, places):
        if random.random() < 0.5:
            known.clear()


def _schedules(random: Random, daytime: str, today: date) -> list[dict[str, Any]]:
    begin = time.fromisoformat(random.choice(DAYTIMES[daytime][1]))
    first = today.replace(day=1) - timedelta(days=random.choice((0, 14, 31, 90)))
    end = datetime.combine(first, begin) + timedelta(
        minutes=random.choice(words.LENGTHS)
    )
    weekdays = random.choices(range(7), (20, 20, 20, 20, 14, 8, 3), k=1)
    common = {
        "start_time": begin,
        "end_time": end.time(),
        "starts_on": first,
        "in_school_holidays": random.choices(("no", "yes", ""), (45, 35, 20))[0],
    }
    kind = random.random()
    if kind < 0.08:
        return []
    if kind < 0.2:
        day = today.replace(day=1) + timedelta(days=random.randrange(20, 200))
        return [{**common, "frequency": "once", "starts_on": day}]
    if kind < 0.3:
        week = random.choice((1, 2, 3, -1))
        common |= {"frequency": "monthly", "week_of_month": week}
        return [{**common, "weekdays": weekdays}]
    if kind < 0.4:
        common["until"] = first + timedelta(weeks=random.randrange(20, 40))
    if random.random() < 0.12:
        weekdays = sorted({*weekdays, random.randrange(5)})
    interval = 2 if random.random() < 0.1 else 1
    return [
        {**common, "frequency": "weekly", "interval": interval, "weekdays": weekdays}
    ]


def _costs(random: Random) -> list[dict[str, Any]]:
    amount = random.choice((2, 3, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40, 60, 80))
    per = "session" if amount <= 8 else random.choice(("course", "month", "once"))
    found = [{"kind": "regular", "amount": amount, "per": per}]
    if random.random() < 0.5:
        found.append({"kind": "reduced", "amount": amount // 2, "per": per})
    return found


def _title(
    random: Random,
    recipe: dict[str, Any],
    activity: str,
    for_whom: str,
    daytime: str,
    schedules: list,
    places: list,
) -> str:
    """A title; without `for_whom` where the activity itself says it, and without the
    name of a district where there are no places.
    """
    content = random.choice(recipe["contents"])
    name = f"„{random.choice(words.NAMES)}“"
    endings = [
        [for_whom or name],
        [for_whom, DAYTIMES[daytime][0]],
        [name],
        [name, for_whom],
        [": " + content],
        [random.choice(words.LEVELS)],
    ]
    if places and places[0][1]:
        where = f"in {places[0][1]}"
        endings += [[where], [for_whom, where], [where, ": " + content]]
    if schedules and len(schedules[0].get("weekdays", ())) == 1:
        endings.append([f"am {WEEKDAYS[schedules[0]['weekdays'][0]]}"])
    parts = [activity, *random.choice(endings)]
    return " ".join(part for part in parts if part).replace(" : ", ": ")


def _summary(
    random: Random, recipe: dict[str, Any], activity: str, audience: words.Audience
) -> str:
    content = random.choice(recipe["contents"])
    return random.choice(
        (
            f"{activity} {audience.german}: {content}.",
            f"Ein Angebot {audience.german}. Es geht um: {content}.",
            f"{content[0].upper()}{content[1:]}: darum geht es hier.",
            f"Gemeinsam statt allein, {audience.german}. Thema: {content}.",
        )
    )


def _description(random: Random, facts: dict[str, Any], schedules: list) -> str:
    sentences = random.sample(words.WELCOME, random.randrange(2, 5))
    if schedules and schedules[0]["in_school_holidays"] == "no":
        sentences.append("In den Schulferien ist Pause.")
    if facts["is_free"]:
        sentences.append("Die Teilnahme kostet nichts.")
    if facts["has_childcare"]:
        sentences.append("Während des Angebots werden Kinder betreut.")
    if facts["registration"] == "none":
        sentences.append("Eine Anmeldung ist nicht nötig.")
    return " ".join([*sentences, words.INVENTED])


def _translations(
    random: Random, activity: list[str], audience: words.Audience
) -> dict[str, str]:
    found = {}
    if random.random() < IN_ENGLISH:
        title = f"{activity[1]} {audience.english}"
        found |= {
            "title_en": title,
            "summary_en": f"An invented sample: {title}.",
            "next_step_en": words.NEXT_STEP_ENGLISH,
        }
    if random.random() < IN_TURKISH:
        begin = audience.turkish[0].replace("i", "İ").upper()
        title = f"{begin}{audience.turkish[1:]}: {activity[2]}"
        found |= {
            "title_tr": title,
            "summary_tr": f"Uydurma bir örnek: {title}.",
            "next_step_tr": words.NEXT_STEP_TURKISH,
        }
    return found

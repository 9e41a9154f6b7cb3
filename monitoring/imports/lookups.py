"""Areas, categories and indicators as people name them in files."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from herne_bildung.lib.analyser import fold
from monitoring.choices import Level
from monitoring.imports.problems import BadValue
from monitoring.imports.state_words import is_total
from monitoring.models import Area, Category, Indicator, IndicatorDimension

LEVEL_WORDS = {
    "schule": Level.SCHOOL, "einzelschule": Level.SCHOOL,
    "statistischer bezirk": Level.STATISTICAL, "quartier": Level.STATISTICAL,
    "bezirk": Level.BOROUGH, "kommune": Level.MUNICIPALITY,
    "kreisfreie stadt": Level.COUNTY, "landkreis": Level.COUNTY,
    "stadt insgesamt": Level.CITY,
}  # fmt: skip
# Looking for what is nearly the same takes time: only for the first unknown names.
MOST_PROPOSALS = 50
SHOWN = 6


def as_text(cell: Any) -> str:
    """A cell as a key or name: 5916.0 of a spreadsheet is "5916"."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


class Areas:
    """All areas, by key, official key and name; answers are remembered."""

    def __init__(self) -> None:
        self.levels: dict[int, str] = {}
        self.shown: dict[int, str] = {}
        self._by_key: dict[str, int] = {}
        self._by_official: dict[str, set[int]] = defaultdict(set)
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._answers: dict[tuple, int | str] = {}
        self._proposals = 0
        rows = Area.objects.values_list("pk", "key", "level", "name", "official_key")
        for pk, key, level, name, official in rows.order_by("pk"):
            self.levels[pk], self.shown[pk] = level, f"{key} ({name})"
            self._by_key[key.lower()] = pk
            if official:
                self._by_official[official].add(pk)
            label = Level(level).label
            for spelled in (name, f"{name} {level}", f"{level} {name}"):
                self._by_name[fold(spelled)].add(pk)
            for spelled in (f"{name} {label}", f"{label} {name}"):
                self._by_name[fold(spelled)].add(pk)

    def find(self, cell: Any, level_cell: Any, levels: tuple[str, ...]) -> int:
        """The id of the area; `levels` are those the indicator has, empty for all.

        Raises BadValue.
        """
        question = (as_text(cell), as_text(level_cell), levels)
        answer = self._answers.get(question)
        if answer is None:
            try:
                answer = self._find(*question)
            except BadValue as error:
                answer = str(error)
            self._answers[question] = answer
        if isinstance(answer, str):
            raise BadValue(answer)
        return answer

    def _find(self, text: str, level_text: str, levels: tuple[str, ...]) -> int:
        if not text:
            raise BadValue(_("The area is missing."))
        found = self._named(text)
        if level_text:
            level = _level(level_text)
            found = {pk for pk in found if self.levels[pk] == level}
        if not found:
            raise BadValue(self._unknown(text))
        fitting = {pk for pk in found if not levels or self.levels[pk] in levels}
        if len(fitting) == 1:
            return fitting.pop()
        if not fitting:
            raise BadValue(
                _(
                    "“%(area)s” is of a level this indicator does not have. It has: "
                    "%(levels)s."
                )
                % {"area": text[:60], "levels": _labels(levels)}
            )
        keys = sorted(self.shown[pk] for pk in fitting)
        raise BadValue(
            _("“%(area)s” may mean several areas. Write one of these keys: %(keys)s.")
            % {"area": text[:60], "keys": ", ".join(keys[:SHOWN])}
        )

    def _named(self, text: str) -> set[int]:
        if (pk := self._by_key.get(text.lower())) is not None:
            return {pk}
        if text.isascii() and text.isdigit():
            for official in _official_keys(text):
                if official in self._by_official:
                    return set(self._by_official[official])
        return set(self._by_name.get(fold(text), ()))

    def _unknown(self, text: str) -> str:
        self._proposals += 1
        near = []
        if self._proposals <= MOST_PROPOSALS:
            near = get_close_matches(fold(text), list(self._by_name), n=2, cutoff=0.75)
        proposed = {self.shown[pk] for name in near for pk in self._by_name[name]}
        return _unknown(_("No area is called “%(name)s”."), text, proposed)


class Breakdowns:
    """Which breakdowns indicators have, and the categories of each."""

    def __init__(self) -> None:
        self.positions: dict[int, dict[str, int]] = defaultdict(dict)
        uses = IndicatorDimension.objects.values_list(
            "indicator_id", "dimension__key", "position"
        )
        for indicator_id, key, position in uses:
            self.positions[indicator_id][key] = position
        self.shown: dict[int, str] = {}
        self._by_key: dict[tuple[str, str], int] = {}
        self._by_name: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._keys: dict[str, list[str]] = defaultdict(list)
        rows = Category.objects.values_list("pk", "dimension__key", "key", "name_de")
        for pk, dimension, key, name in rows.order_by("pk"):
            self.shown[pk] = name or key
            self._by_key[dimension, fold(key)] = pk
            self._by_name[dimension, fold(name or "")].add(pk)
            self._keys[dimension].append(key)

    def find(self, dimension: str, cell: Any) -> int | None:
        """The id of the category; None for the total. Raises BadValue."""
        text = as_text(cell)
        word = fold(text)
        if (pk := self._by_key.get((dimension, word))) is not None:
            return pk
        named = self._by_name.get((dimension, word), ()) if word else ()
        if len(named) == 1:
            return next(iter(named))
        if is_total(text):
            return None
        known = self._keys[dimension]
        raise BadValue(
            _(
                "“%(name)s” is no part of this breakdown. Write one of: %(keys)s; or "
                "nothing for all together."
            )
            % {"name": text[:60], "keys": ", ".join(known[:20])}
        )


class Indicators:
    """All indicators, by address and name."""

    def __init__(self) -> None:
        self.by_id: dict[int, Indicator] = {}
        self._by_name: dict[str, set[int]] = defaultdict(set)
        fields = ("slug", "name_de", "protection", "levels", "measured", "unit")
        for one in Indicator.objects.only(*fields):
            self.by_id[one.pk] = one
            self._by_name[fold(one.slug)].add(one.pk)
            self._by_name[fold(one.name_de or "")].add(one.pk)

    def find(self, cell: Any) -> Indicator:
        """Raises BadValue."""
        text = as_text(cell)
        found = self._by_name.get(fold(text), set()) if text else set()
        if len(found) == 1:
            return self.by_id[next(iter(found))]
        if not found:
            near = get_close_matches(fold(text), list(self._by_name), n=2, cutoff=0.75)
            ids = {pk for name in near for pk in self._by_name[name]}
            slugs = {self.by_id[pk].slug for pk in ids}
            raise BadValue(
                _unknown(_("No indicator is called “%(name)s”."), text, slugs)
            )
        slugs = sorted(self.by_id[pk].slug for pk in found)
        raise BadValue(
            _("“%(name)s” may mean several indicators. Write one of: %(keys)s.")
            % {"name": text[:60], "keys": ", ".join(slugs)}
        )


def _unknown(sentence: str, text: str, proposed: Iterable[str]) -> str:
    said = sentence % {"name": text[:60]}
    names = ", ".join(sorted(proposed)[:SHOWN])
    question = _("Did you mean: %(names)s?") % {"names": names}
    return f"{said} {question}" if names else said


def _official_keys(digits: str) -> list[str]:
    """A spreadsheet drops the first 0; a city may be county and municipality."""
    spelled = [digits, digits.zfill(5), digits.zfill(8)]
    if len(spelled[-1]) == 8 and spelled[-1].endswith("000"):
        spelled.append(spelled[-1][:5])
    return spelled


def _level(text: str) -> str:
    word = fold(text)
    for level in Level:
        if word in {fold(level.value), fold(str(level.label))}:
            return level.value
    if word in LEVEL_WORDS:
        return LEVEL_WORDS[word].value
    raise BadValue(
        _("“%(name)s” is no level. Write one of: %(levels)s.")
        % {"name": text[:60], "levels": _labels(Level.values)}
    )


def _labels(levels: Iterable[str]) -> str:
    return ", ".join(str(Level(one).label) for one in levels)

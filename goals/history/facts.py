"""What differs between two public versions, in words for everyone. Only facts named
here are shown: never notes of staff, never who changed something.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import override

from goals.models import Goal, Measure, OrganisationRole
from herne_bildung.city.versions import Versioned
from herne_bildung.city.versions.differences import Words
from herne_bildung.city.versions.snapshots import is_same
from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE
from herne_bildung.lib.word_differences import Part
from herne_bildung.lib.word_differences import differences as word_differences

TEXTS = {
    Goal: ("title", "short", "success_criterion"),
    Measure: ("title", "summary"),
}
FACTS = {
    Goal: (
        "title",
        "short",
        "success_criterion",
        "wording",
        "wording_note",
        "organisation",
        "role",
        "work_areas",
    ),
    Measure: (
        "title",
        "summary",
        "wording",
        "status_changes",
        "milestones",
        "progress",
        "planned_start",
        "planned_end",
        "actual_start",
        "actual_end",
        "organisation",
        "role",
        "work_area",
        "districts",
    ),
}
DAYS = ("planned_start", "planned_end", "actual_start", "actual_end")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it said and what it says since. Lists for facts of several parts;
    `lang` and `dir` where the words are not in the reader's language.
    """

    label: str
    old: list[str]
    new: list[str]
    is_list: bool
    lang: str = ""
    dir: str = ""

    @property
    def parts(self) -> list[tuple[Part, str]]:
        """Both texts word by word."""
        return word_differences(" ".join(self.old), " ".join(self.new))

    @property
    def removed(self) -> list[str]:
        return [text for text in self.old if text not in self.new]

    @property
    def added(self) -> list[str]:
        return [text for text in self.new if text not in self.old]


def public_facts(
    declared: Versioned, snapshot: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """Of a snapshot only what is shown here: German, and the reader's language."""
    texts, found = TEXTS[declared.model], {}
    for name in FACTS[declared.model]:
        columns = [name]
        if name in texts:
            columns = [f"{name}_{DEFAULT_LANGUAGE}", f"{name}_{_column(language)}"]
        found |= {one: snapshot[one] for one in columns if one in snapshot}
    return found


def words_of(declared: Versioned, *snapshots: Mapping[str, Any]) -> Words:
    """The names in these snapshots; roles with their organisations in one query."""
    words = Words(declared, *snapshots)
    if roles := words.names.get(OrganisationRole):
        named = OrganisationRole.objects.select_related("organisation")
        words.names[OrganisationRole] = named.in_bulk(list(roles))
    return words


def differences(
    words: Words, old: Mapping[str, Any], new: Mapping[str, Any], language: str
) -> list[Fact]:
    """Facts that differ, in the order of the page."""
    declared = words.declared
    found = []
    for name, value in new.items():
        if is_same(old.get(name), value):
            continue
        spoken = _language_of(declared, name, language)
        with override(spoken):
            before, after = words.of(name, old.get(name)), words.of(name, value)
        marks = {}
        if spoken != language:
            spoken = BY_CODE[spoken]
            marks = {"lang": spoken.spoken_code, "dir": spoken.direction}
        if before != after:
            is_list = name in declared.relations or name in declared.many
            found.append(Fact(_label(declared, name), before, after, is_list, **marks))
    return found


def _language_of(declared: Versioned, name: str, language: str) -> str:
    """In which language a fact is said: days in the reader's, names of other entries
    in German, texts in theirs.
    """
    if name in DAYS:
        return language
    field = declared.columns.get(name)
    return getattr(field, "language", None) or DEFAULT_LANGUAGE


def _label(declared: Versioned, name: str) -> str:
    if name in declared.relations:
        return capfirst(str(declared.relations[name].label))
    field = declared.columns.get(name) or declared.many[name]
    field = getattr(field, "translated_field", None) or field
    return capfirst(str(field.verbose_name))


def _column(language: str) -> str:
    return BY_CODE[language].column

"""Finding entries by words: one table for all kinds, used by every app."""

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from django.db import connection
from pyroaring import BitMap

from herne_bildung.city.models import SearchDocument, SearchWord
from herne_bildung.lib import analyser
from herne_bildung.lib.languages import LANGUAGES
from herne_bildung.lib.packed_ids import ids_of

# So many of the entries found are ranked (`search_ids`), in the order of the table.
RANKED = 1000
KEPT_HITS = 64
HITS_CALL = "search_ids(%s, %s, %s)"
# The words most like each of those typed.
SIMILAR_SQL = """
SELECT typed, array_agg(word)
FROM unnest(%s::text[]) AS typed, LATERAL (
  SELECT word FROM city_searchword WHERE word %% typed
  ORDER BY similarity(word, typed) DESC, word LIMIT 20
) AS alike
GROUP BY typed
"""
# How alike two spellings of one word are (difflib, 1.0 is the same).
LEAST_LIKENESS = 0.8
MOST_WORDS = 10


@dataclass(frozen=True)
class Hits:
    """Ids found, best first; `meant` are the words searched for instead of mistyped
    ones, empty where the words typed were found.

    `find` gives them as an array: a common word is in every third offer, and a
    process remembers many searches.
    """

    ids: Sequence[int]
    meant: str = ""

    @property
    def is_fuzzy(self) -> bool:
        """True when only words of similar spelling were found."""
        return bool(self.meant)

    @cached_property
    def id_set(self) -> BitMap:
        """The ids without their order, for the filters; not to be changed."""
        return BitMap(self.ids)


def texts_by_language(values: Mapping[str, str], *fields: str) -> dict[str, str]:
    """The texts of these translated fields, by language, from columns."""
    return {
        language.code: " ".join(
            filter(None, (values.get(f"{name}_{language.column}") for name in fields))
        )
        for language in LANGUAGES
    }


def terms(texts: Mapping[str, str], *, with_parts: bool = True) -> str:
    """Index terms of texts in several languages, for a `terms_…` column; long texts
    without the parts of compounds.
    """
    found: dict[str, None] = {}
    for language, text in texts.items():
        if text:
            found |= dict.fromkeys(
                analyser.index_terms(text, language, with_parts=with_parts)
            )
    return " ".join(found)


def write(documents: Iterable[SearchDocument]) -> None:
    """Add or replace search documents, each known by kind and object."""
    rows = list(documents)
    write_words(row.fuzzy_text for row in rows if row.is_public)
    SearchDocument.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=[
            "is_public",
            "is_sample",
            "terms_a",
            "terms_b",
            "terms_c",
            "terms_d",
            "fuzzy_text",
        ],
    )


def write_words(texts: Iterable[str]) -> None:
    """Add the words of texts made by `analyser.fuzzy_text` to those known."""
    words = {word for text in texts for word in text.split() if len(word) > 3}
    SearchWord.objects.bulk_create(
        [SearchWord(word=word[:64]) for word in sorted(words)], ignore_conflicts=True
    )


def find(kind: str, text: str, language: str) -> Hits:
    """Ids of public entries of a kind for what a person typed.

    Words are looked up with their forms and synonyms; only when nothing is found,
    mistyped words are corrected. A text without any word finds nothing.
    """
    return find_both(kind, text, "", language)[0]


def find_both(kind: str, text: str, rest: str, language: str) -> tuple[Hits, Hits]:
    """As `find`, for a text and for what is left of it without the name of a
    district, which may be empty; in as many queries. Of both `rest` is corrected.
    """
    asked = [part for part in (text, rest) if part]
    groups = [analyser.query_groups(part, language) for part in asked]
    if not any(groups):
        return Hits(()), Hits(())
    with connection.cursor() as cursor:
        found = [Hits(ids) for ids in _hits(cursor, kind, groups)]
        if not any(hits.ids for hits in found):
            found[-1] = _corrected_hits(cursor, kind, asked[-1], language)
    return found[0], found[1] if rest else Hits(())


def found_alone(kind: str, words: Sequence[str], language: str) -> list[str]:
    """Those of several words that find something by themselves, or may be meant for
    a word that does; in two queries at most.
    """
    groups = [analyser.query_groups(word, language) for word in words]
    with connection.cursor() as cursor:
        found = dict(zip(words, _hits(cursor, kind, groups), strict=True))
        unknown = [word for word in words if not found[word]]
        corrected = _corrected(cursor, " ".join(unknown), language) if unknown else ""
    spelt = corrected.split()
    return [
        word
        for word in words
        if found[word] or (spelt and analyser.fold(word) not in spelt)
    ]


def _hits(cursor, kind: str, asked: Sequence) -> list[Sequence[int]]:
    """For each of the groups asked for, entries with every word or a synonym of it,
    best first.
    """
    values: list[str] = []
    for groups in asked:
        typed = analyser.tsquery([(f"{group[0]}*",) for group in groups])
        values += [kind, analyser.tsquery(groups), typed]
    calls = ", ".join([HITS_CALL] * len(asked))
    cursor.execute(f"SELECT {calls}", values)
    return [_in_order(ids_of(numbers)) for numbers in cursor.fetchone()]


def _in_order(found: array) -> array:
    """Those that are ranked stand first; the others come by their numbers."""
    return found[:RANKED] + array("I", BitMap(found[RANKED:]))


def _corrected_hits(cursor, kind: str, text: str, language: str) -> Hits:
    """Entries with the words that were meant; none where nothing is mistyped."""
    corrected = _corrected(cursor, text, language)
    if not corrected:
        return Hits(())
    [ids] = _hits(cursor, kind, [analyser.query_groups(corrected, language)])
    shown = " ".join(
        analyser.with_umlauts(word, language) for word in corrected.split()
    )
    return Hits(ids, shown)


def _corrected(cursor, text: str, language: str) -> str:
    """The words typed, mistyped ones as entries spell them; empty where nothing is
    to be corrected.

    A word of the dictionary is not taken for another one ("Schulden" is no "Schule").
    """
    typed = analyser.fold(text).split()[:MOST_WORDS]
    mistyped = [word for word in typed if analyser.may_be_mistyped(word, language)]
    cursor.execute(SIMILAR_SQL, [mistyped])
    meant = {
        word: close[0]
        for word, similar in cursor.fetchall()
        if (close := get_close_matches(word, similar, 1, LEAST_LIKENESS))
    }
    corrected = [meant.get(word, word) for word in typed]
    return " ".join(corrected) if corrected != typed else ""


class HitsMemory:
    """The last searches of one process, for one state of the index only."""

    def __init__(self) -> None:
        self._generation: object = None
        self._hits: OrderedDict[tuple[str, str, str], tuple[Hits, Hits]] = OrderedDict()

    def find_both(
        self, generation: object, kind: str, text: str, rest: str, language: str
    ) -> tuple[Hits, Hits]:
        """As `find_both`, remembered while `generation` stays the same."""
        if generation != self._generation:
            self._generation = generation
            self._hits.clear()
        key = (language, text, rest)
        if key not in self._hits:
            self._hits[key] = find_both(kind, text, rest, language)
            if len(self._hits) > KEPT_HITS:
                self._hits.popitem(last=False)
        return self._hits[key]

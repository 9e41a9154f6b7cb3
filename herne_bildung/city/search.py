"""Finding entries by words: one table for all kinds, used by every app."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from django.db import connection
from pyroaring import BitMap

from herne_bildung.city.models import SearchDocument
from herne_bildung.lib import analyser
from herne_bildung.lib.languages import LANGUAGES

RANKED = 1000
KEPT_HITS = 64
HITS_SQL = "SELECT search_hits(%s, %s, %s)"
# The text of the best entry only: it tells how the words are really spelled.
SIMILAR_SQL = f"""
SELECT object_id, similarity,
       CASE WHEN row_number() OVER (ORDER BY similarity DESC, object_id) = 1
       THEN fuzzy_text END
FROM (
  SELECT object_id, fuzzy_text, word_similarity(%s, fuzzy_text) AS similarity
  FROM city_searchdocument WHERE is_public AND kind = %s AND {{conditions}}
) found
ORDER BY similarity DESC, object_id LIMIT {RANKED}
"""  # noqa: S608 (constants of this module)


@dataclass(frozen=True)
class Hits:
    """Ids found, best first; `is_fuzzy` when only similar words were found."""

    ids: tuple[int, ...]
    is_fuzzy: bool = False

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


def terms(texts: Mapping[str, str]) -> str:
    """Index terms of texts in several languages, for a `terms_…` column."""
    found: dict[str, None] = {}
    for language, text in texts.items():
        if text:
            found |= dict.fromkeys(analyser.index_terms(text, language))
    return " ".join(found)


def write(documents: Iterable[SearchDocument]) -> None:
    """Add or replace search documents, each known by kind and object."""
    SearchDocument.objects.bulk_create(
        list(documents),
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


def find(kind: str, text: str, language: str) -> Hits:
    """Ids of public entries of a kind for what a person typed.

    Words are looked up with their forms and synonyms; only when nothing is found,
    words of similar spelling are taken. A text without any word finds nothing.
    """
    groups = analyser.query_groups(text, language)
    if not groups:
        return Hits(())
    with connection.cursor() as cursor:
        if ids := _hits(cursor, kind, groups):
            return Hits(ids)
        similar, words = _similar(cursor, kind, groups, language)
        if words:
            corrected = analyser.query_groups(words, language)
            meant = _hits(cursor, kind, corrected)
            similar = tuple(dict.fromkeys((*meant, *similar)))
        return Hits(similar, is_fuzzy=True)


def _hits(cursor, kind: str, groups) -> tuple[int, ...]:
    """Entries with every word or a synonym of it, best first."""
    typed = analyser.tsquery([group[:1] for group in groups])
    cursor.execute(HITS_SQL, [kind, analyser.tsquery(groups), typed])
    return tuple(cursor.fetchone()[0] or ())


def _similar(cursor, kind: str, groups, language: str) -> tuple[tuple[int, ...], str]:
    """Entries where every word is found, or one of similar spelling, those much less
    similar than the best left out; and the words as the best entry spells them.

    A word of the dictionary is not taken for another one ("Schulden" is no
    "Schule"). The similarity that counts is set per connection (settings.DATABASES).
    """
    conditions, parameters = [], [kind]
    for group in groups:
        condition = "search @@ to_tsquery('simple', %s)"
        parameters.append(analyser.tsquery([group]))
        if analyser.may_be_mistyped(group[0], language):
            condition += " OR %s <%% fuzzy_text"
            parameters.append(group[0])
        conditions.append(f"({condition})")
    typed = [group[0] for group in groups]
    cursor.execute(
        SIMILAR_SQL.format(conditions=" AND ".join(conditions)),
        [" ".join(typed), *parameters],
    )
    rows = cursor.fetchall()
    if not rows:
        return (), ""
    least = rows[0][1] * analyser.close_words_share
    known = rows[0][2].split()
    words = (get_close_matches(word, known, 1) or [word] for word in typed)
    return (
        tuple(pk for pk, similarity, _ in rows if similarity >= least),
        " ".join(word for (word,) in words),
    )


class HitsMemory:
    """The last searches of one process, for one state of the index only."""

    def __init__(self) -> None:
        self._generation: object = None
        self._hits: OrderedDict[tuple[str, str], Hits] = OrderedDict()

    def find(self, generation: object, kind: str, text: str, language: str) -> Hits:
        """As `find`, remembered while `generation` stays the same."""
        if generation != self._generation:
            self._generation = generation
            self._hits.clear()
        key = (language, text)
        if key not in self._hits:
            self._hits[key] = find(kind, text, language)
            if len(self._hits) > KEPT_HITS:
                self._hits.popitem(last=False)
        return self._hits[key]

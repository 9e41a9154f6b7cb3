"""Search terms for texts and queries in our ten languages.

Texts become terms (`index_terms`) for a tsvector of the configuration `simple`;
queries become groups of alternatives (`query_groups`) and a `tsquery`. All is done
in Python, so every PostgreSQL finds the same. `prepare` builds the dictionaries.
"""

from .dictionaries import prepare
from .fold import fold, sort_key
from .highlight import highlight
from .index import fuzzy_text, index_terms
from .query import (
    has_meaning,
    may_be_mistyped,
    query_groups,
    tsquery,
    with_umlauts,
)
from .synonyms import Synonyms, load_synonyms

__all__ = [
    "Synonyms",
    "fold",
    "fuzzy_text",
    "has_meaning",
    "highlight",
    "index_terms",
    "load_synonyms",
    "may_be_mistyped",
    "prepare",
    "query_groups",
    "sort_key",
    "tsquery",
    "with_umlauts",
]

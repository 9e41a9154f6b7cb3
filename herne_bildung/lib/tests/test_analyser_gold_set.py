"""How well search finds what people mean, on a labelled set of invented titles.

The numbers are floors: whoever changes the analyser sees what it costs.
"""

import json
from pathlib import Path

import pytest

from herne_bildung.lib.analyser import Synonyms, index_terms, query_groups

GOLD_SET = json.loads((Path(__file__).parent / "gold_set.json").read_text("utf-8"))
SYNONYMS = Synonyms(GOLD_SET["synonyms"])


def found(query: dict, indexed: list[set[str]]) -> set[int]:
    groups = query_groups(query["query"], query["page"], SYNONYMS)
    return {
        number
        for number, terms in enumerate(indexed, start=1)
        if groups
        and all(any(occurs(term, terms) for term in group) for group in groups)
    }


def occurs(alternative: str, terms: set[str]) -> bool:
    if alternative.endswith("*"):
        return any(term.startswith(alternative[:-1]) for term in terms)
    return terms.issuperset(alternative.split("&"))


@pytest.mark.parametrize("kind", ["word", "foreign"])
def test_precision_and_recall(kind):
    indexed = [set(index_terms(title, "de")) for title in GOLD_SET["titles"]]
    right = wrong = missed = 0

    for query in (query for query in GOLD_SET["queries"] if query["kind"] == kind):
        got, wanted = found(query, indexed), set(query["finds"])
        right += len(got & wanted)
        wrong += len(got - wanted)
        missed += len(wanted - got)

    assert right >= 30
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.95


def test_nonsense_finds_nothing():
    indexed = [set(index_terms(title, "de")) for title in GOLD_SET["titles"]]
    nonsense = [q for q in GOLD_SET["queries"] if q["kind"] == "nonsense"]

    assert len(nonsense) == 5
    assert [found(query, indexed) for query in nonsense] == [set()] * 5

"""The words by which an offer is found."""

from functools import lru_cache

from django.utils.translation import override

from herne_bildung.city import search
from herne_bildung.city.models import SearchDocument
from herne_bildung.lib.analyser import fuzzy_text
from herne_bildung.lib.languages import LANGUAGES
from offerings.catalogue import KIND
from offerings.choices import Format, TargetGroup
from offerings.filters import COSTS
from offerings.models import Offering


def search_document(offering: Offering) -> SearchDocument:
    """The words by which an offer is found."""
    values = vars(offering)
    topics = list(offering.topics.all())
    parents = [topic.parent for topic in topics if topic.parent]
    facts: dict[str, str] = {}
    for topic in (*topics, *parents):
        for language, text in search.texts_by_language(vars(topic), "name").items():
            words = " ".join([text, *topic.synonyms.get(language, [])])
            facts[language] = f"{facts.get(language, '')} {words}"
    if offering.provider:
        facts["de"] = f"{facts.get('de', '')} {offering.provider.name_de}"
    titles = search.texts_by_language(values, "title")
    return SearchDocument(
        kind=KIND,
        object_id=offering.pk,
        is_public=offering.state == Offering.State.PUBLISHED,
        is_sample=offering.is_sample,
        terms_a=search.terms(titles),
        terms_b=_kept_terms(tuple(facts.items())) + " " + _fact_terms(offering),
        terms_c=search.terms(search.texts_by_language(values, "summary")),
        terms_d=search.terms(
            search.texts_by_language(values, "description"), with_parts=False
        ),
        fuzzy_text=fuzzy_text(
            " ".join([titles["de"], *(topic.name_de for topic in topics)])
        ),
    )


def _fact_terms(offering: Offering) -> str:
    """Terms of facts that people type as words: for whom, "kostenlos", "online"."""
    codes = list(offering.target_groups)
    if offering.is_free:
        codes.append("free")
    if offering.format == Format.ONLINE:
        codes.append(offering.format)
    return _terms_of_codes(tuple(codes))


@lru_cache(maxsize=512)
def _kept_terms(texts: tuple[tuple[str, str], ...]) -> str:
    """Terms of texts by language that many offers share."""
    return search.terms(dict(texts))


@lru_cache(maxsize=512)
def _terms_of_codes(codes: tuple[str, ...]) -> str:
    """Terms of what these facts are called, in every language."""
    labels = dict(TargetGroup.choices) | dict(Format.choices) | COSTS
    texts = {}
    for language in LANGUAGES:
        with override(language.code):
            texts[language.code] = " ".join(str(labels[code]) for code in codes)
    return search.terms(texts)

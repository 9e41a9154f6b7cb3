"""The words by which an indicator is found, and its card in results."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from herne_bildung.city import search
from herne_bildung.city.models import SearchDocument
from herne_bildung.lib import analyser
from herne_bildung.lib.analyser import fuzzy_text
from herne_bildung.lib.card_titles import card_title
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import localized_entry
from monitoring.in_words import indicator_url
from monitoring.models import Indicator

KIND = "indicator"
BATCH = 200
Card = dict[str, Any]


@transaction.atomic
def reindex(ids: Iterable[int] | None = None) -> int:
    """Make the search words of these indicators anew (all when none are named)."""
    indicators = Indicator.objects.order_by("pk").select_related("theme")
    if ids is not None:
        indicators = indicators.filter(pk__in=list(ids))
    number = 0
    batch: list[SearchDocument] = []
    for indicator in indicators.iterator(BATCH):
        batch.append(document(indicator))
        number += 1
        if len(batch) == BATCH:
            search.write(batch)
            batch = []
    search.write(batch)
    return number


def document(indicator: Indicator) -> SearchDocument:
    """The words of an indicator: its name; what it asks and its theme; definition;
    source. Internal notes are no words of it.
    """
    values = vars(indicator)
    names = search.texts_by_language(values, "name")
    questions = search.texts_by_language(values, "question")
    themes = search.texts_by_language(vars(indicator.theme), "name")
    definitions = search.texts_by_language(values, "definition")
    return SearchDocument(
        kind=KIND,
        object_id=indicator.pk,
        is_public=indicator.is_published,
        is_sample=indicator.is_sample,
        terms_a=search.terms(names),
        terms_b=search.terms(
            {code: f"{text} {themes[code]}" for code, text in questions.items()}
        ),
        terms_c=search.terms(definitions),
        terms_d=search.terms(
            {DEFAULT_LANGUAGE: indicator.source_title}, with_parts=False
        ),
        fuzzy_text=fuzzy_text(names[DEFAULT_LANGUAGE]),
    )


def cards(ids: Sequence[int], words: str, language: str) -> list[Card]:
    """Cards of these indicators in their order; one query."""
    shown = Indicator.objects.published().select_related("theme")
    found = shown.in_bulk(list(ids))
    groups = analyser.query_groups(words, language)
    return [
        {
            "url": indicator_url(one),
            "title": card_title(
                localized_entry(one, "name", language), groups, language
            ),
            "topics": _("Education monitoring"),
            "summary": localized_entry(one, "question", language),
            "is_sample": one.is_sample,
        }
        for one in (found[pk] for pk in ids if pk in found)
    ]

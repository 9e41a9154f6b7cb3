"""The words by which an offer is found."""

from collections.abc import Iterator
from functools import cache, lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from herne_bildung.city import search
from herne_bildung.city.models import SearchDocument
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib import clock
from herne_bildung.lib.analyser import fuzzy_text, has_meaning
from herne_bildung.lib.languages import LANGUAGES
from offerings.catalogue import KIND
from offerings.choices import Format, TargetGroup
from offerings.facets import fixed_choices
from offerings.filters import COSTS
from offerings.models import Offering, Schedule

WHEELCHAIR = _("accessible by wheelchair")
# In German only: a Turkish word for it would be found by "Engel".
ACCESSIBLE = {"de": _("Accessible")}
# Who types "Deutsch" or "Sprache" seeks courses, not all that is held in German.
USUAL_LANGUAGES = (SpokenLanguage.GERMAN, SpokenLanguage.EASY_GERMAN)


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
        terms_d=" ".join(
            [
                search.terms(
                    search.texts_by_language(values, "description"), with_parts=False
                ),
                *_minor_terms(offering),
                *_former_titles(offering),
            ]
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


def _minor_terms(offering: Offering) -> Iterator[str]:
    """Terms of facts that people type but that never stand before a title: days of
    the week, accessibility, languages.
    """
    today = clock.today()
    weekdays = {
        day
        for schedule in offering.schedules.all()
        if schedule.frequency == Schedule.Frequency.WEEKLY
        and (schedule.until is None or schedule.until >= today)
        for day in schedule.weekdays
    }
    for day in sorted(weekdays):
        yield _terms_of_choice("weekday", str(day))
    if _is_accessible(offering):
        yield _terms_of_choice("accessible", "yes")
    for code in offering.languages:
        if code not in USUAL_LANGUAGES:
            yield _terms_of_choice("language", code)


def _former_titles(offering: Offering) -> Iterator[str]:
    """Terms of the titles of offers that this one follows: who knows the old one
    finds the new one. Drafts tell nothing.
    """
    for before in offering.predecessors.all():
        if before.state != Offering.State.DRAFT:
            yield search.terms(search.texts_by_language(vars(before), "title"))


def _is_accessible(offering: Offering) -> bool:
    """What is said of the offer; else whether one of its places is accessible."""
    if offering.is_accessible is None:
        return any(place.is_accessible for place in offering.places.all())
    return offering.is_accessible


@cache
def _terms_of_choice(name: str, value: str) -> str:
    """Terms of what filters call a choice, in every language, without fillers and
    without the parts of compounds: "Samstag" is no "Tag".
    """
    texts, german = {}, {}
    for language in LANGUAGES:
        # Leichte Sprache only hyphenates: "Barriere-frei" would be found by "frei".
        code = language.spoken_code
        with override(code):
            if name == "accessible":
                texts[code] = f"{WHEELCHAIR} {ACCESSIBLE.get(code, '')}"
                continue
            choices = fixed_choices(name, code)
        labels = {key: label for key, label, _depth in choices}
        texts[code] = labels[value]
        german[code] = labels.get(SpokenLanguage.GERMAN, "")
    # "German Sign Language" is not found by "German" alone.
    left_out = tuple(search.terms(german).split())
    found = search.terms(texts, with_parts=False).split()
    return " ".join(
        term for term in found if has_meaning(term) and not term.startswith(left_out)
    )

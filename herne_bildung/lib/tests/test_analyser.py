"""Spelling, words and index terms of the search analyser."""

import time

import pytest

from herne_bildung.lib.analyser import (
    fold,
    fuzzy_text,
    highlight,
    index_terms,
    load_synonyms,
    query_groups,
    sort_key,
    tsquery,
)

HOSTILE = [
    "\x00",
    "\ud800 kurs",
    "\u202e\u200f\u2067",
    "😀👨‍👩‍👧‍👦",
    "a\u0301" * 500_000,
    "\u0301\u0323" * 500_000,
    "x" * 1_000_000,
    "kind" * 250_000,
    "kurs-" * 200_000,
    "ﷺ" * 1000,
    "'\\\"&|!():*<->",
    "a*in" * 10_000,
]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Käse, Öl & Müsli: Straße", "kaese oel muesli strasse"),
        ("a\u0308rztin", "aerztin"),
        ("Elterncafé", "elterncafe"),
        ("İstanbul KIZ ılık", "istanbul kiz ilik"),
        ("Łódź, Știri", "lodz stiri"),
        ("Ёлка и чай, їжак", "елка и чай їжак"),
        ("сім'я", "сімя"),
        ("إلى مدرسةٌ ـ آخر", "الي مدرسه اخر"),
        ("Kinder·garten Kinder\u00adgarten", "kindergarten kindergarten"),
        ("٣ Kurse", "3 kurse"),
        ("", ""),
    ],
)
def test_fold(written, folded):
    assert fold(written) == folded
    assert fold(fold(written)) == folded


def test_fuzzy_text_has_each_word_once_and_folded():
    assert fuzzy_text("Frühstück, Frühstück!") == "fruehstueck"


def test_fuzzy_text_has_the_parts_of_compounds():
    text = "Familienhebamme in der Eltern-Schule"

    expected = "familienhebamme familien hebamme in der eltern schule"
    assert fuzzy_text(text) == expected


def test_sort_key_follows_din_5007():
    names = ["Zoo", "Ärzte", "Arbeit", "„Apfel“", "Öl", "Ofen", "Straße", "Strasse 2"]

    assert sorted(names, key=sort_key) == [
        "„Apfel“",
        "Arbeit",
        "Ärzte",
        "Ofen",
        "Öl",
        "Straße",
        "Strasse 2",
        "Zoo",
    ]


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("Kurse", "de", ["kurse", "kurs"]),
        ("Kurse", "de-simple", ["kurse", "kurs"]),
        ("Schwimmkurse", "de", "schwimmkurse schwimmkurs schwimmen schwimm kurs kurse"),
        ("Sprachkurs", "de", "sprachkurs sprache sprechen sprach kurs"),
        ("Kindergarten", "de", "kindergarten kind"),
        ("Fußball", "de", "fussball"),
        ("Weiterbildung", "de", "weiterbildung"),
        ("Handlung", "de", "handlung"),
        ("Lehrer*innen", "de", "lehrerinnen lehrerin lehrer"),
        ("Lehrer/-innen", "de", "lehrerinnen lehrerin lehrer"),
        ("Schüler(innen)", "de", "schuelerinnen schuelerin schueler"),
        ("SchülerInnen", "de", "schuelerinnen schuelerin schueler"),
        ("Termine", "de", "termine termin"),
        ("children", "en", "children child"),
        ("çocuklar", "tr", "cocuklar cocuk"),
        ("курсы", "ru", "курсы курс"),
        ("жінок", "uk", "жінок жінка"),
        ("للأطفال", "ar", "للاطفال طفل اطفال"),
        ("Kurse", "xx", "kurse"),
        ("und", "de", "und"),
        ("", "de", ""),
    ],
)
def test_index_terms(text, language, terms):
    expected = terms.split() if isinstance(terms, str) else terms

    assert index_terms(text, language) == expected


def test_compounds_of_three_parts_are_found_by_each_part_and_tail():
    terms = set(index_terms("Kindertageseinrichtung", "de"))

    wanted = {"kindertageseinrichtung", "kind", "tag", "einrichtung"}
    assert wanted | {"tageseinrichtung", "kindertag"} <= terms
    assert "ring" not in terms


@pytest.mark.parametrize(
    ("compound", "part"),
    [
        ("Hilfsangebot", "hilfe"),
        ("Lernerfahrung", "erfahrung"),
        ("Krabbelgruppe", "krabbeln"),
        ("Schulkind", "schule"),
        ("Nähcafé", "naehen"),
        ("Beratungsstelle", "beratung"),
        ("Großelterntag", "grosseltern"),
    ],
)
def test_compounds_are_found_by_the_word_in_them(compound, part):
    assert part in index_terms(compound, "de")


def test_hyphens_give_parts_and_the_joined_word():
    terms = index_terms("Eltern-Kind-Gruppen", "de")

    assert {"eltern", "kind", "gruppe", "elternkindgruppe"} <= set(terms)
    assert "elternkindgruppe" in index_terms("Elternkindgruppen", "de")


def test_shortened_words_are_completed():
    assert "malkurs" in index_terms("Mal- und Bastelkurs", "de")
    assert "kindertreff" in index_terms("Kinder- und Jugendtreff", "de")


def test_filling_words_stay_in_titles_only():
    long_text = "Der Kurs findet mit Kindern statt und " * 4

    assert "mit" in index_terms("Mit Kindern", "de")
    assert "mit" not in index_terms(long_text, "de")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_safe_and_quick(text):
    load_synonyms([{"words": {"de": ["Kurs"], "tr": ["kurs"]}}])
    started = time.monotonic()

    groups = query_groups(text, "de")
    query = tsquery(groups)
    terms = index_terms(text, "de")
    pieces = highlight(text, groups, "de")
    folded = fold(text)

    assert time.monotonic() - started < 5
    assert len(groups) <= 10
    assert all(len(group) <= 32 for group in groups)
    assert all(len(term) <= 64 for term in terms)
    assert "\x00" not in query + folded + "".join(terms)
    (query + folded + "".join(terms)).encode()
    assert "".join(piece for piece, _ in pieces) == text

"""Queries, synonyms and marked words of the search analyser."""

import pytest

from herne_bildung.lib.analyser import (
    Synonyms,
    highlight,
    index_terms,
    load_synonyms,
    may_be_mistyped,
    query_groups,
    tsquery,
)

NONE = Synonyms()
SYNONYMS = Synonyms(
    [
        {
            "words": {
                "de": ["Krabbelgruppe", "Eltern-Kind-Gruppe"],
                "en": ["toddler group"],
            }
        },
        {"words": {"de": ["Schwimmkurs"], "tr": ["yüzme kursu"]}},
        {"words": {"de": ["Bad"], "de-simple": ["Schwimm-Bad"]}},
        {"words": {"de": ["schlimm"], "en": ["bad"]}},
    ]
)


@pytest.mark.parametrize(
    ("text", "language", "groups"),
    [
        ("Kurse", "de", [("kurse", "kurs", "kurse*")]),
        ("Kurs für Frauen", "de", [("kurs",), ("frauen", "frau", "frauen*")]),
        ("für mit", "de", [("fuer",), ("mit",)]),
        ("Kaese", "de", [("kaese", "kaesen", "kaese*")]),
        ("Maedchen", "de", [("maedchen", "maedchen*")]),
        ("madchen", "de", [("madchen", "maedchen", "madchen*")]),
        ("Lehrerin", "de", [("lehrerin", "lehrer", "lehrerin*")]),
        (
            "Bürger*innen",
            "de",
            [("buergerinnen", "buergerin", "buerger", "buergerinnen*")],
        ),
        ("schwimmk", "de", [("schwimmk", "schwimmk*")]),
        ("schwimmk Frauen", "de", [("schwimmk",), ("frauen", "frau", "frauen*")]),
        ("children", "en", [("children", "child", "children*")]),
        ("السباحة", "ar", [("السباحه", "سبح", "سباحه", "السباحه*")]),
        ("Kurs kurs KURS", "de", [("kurs",)]),
        ("Free time", "en", [("freetime", "freetime*")]),
        ("", "de", []),
        ("?!", "de", []),
    ],
)
def test_query_groups(text, language, groups):
    assert query_groups(text, language, NONE) == groups


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Krabbelgruppe", "de"),
        ("krabbelgruppen", "de"),
        ("Eltern-Kind-Gruppe", "de"),
        ("eltern kind gruppe", "de"),
        ("Elternkindgruppe", "de"),
        ("toddler groups", "en"),
        ("toddler groups", "de"),
        ("toddler group", "pl"),
    ],
)
def test_synonyms_are_found_in_every_form_and_language(text, language):
    [group] = query_groups(text, language, SYNONYMS)

    wanted = {"krabbelgruppe", "eltern&kind&gruppe", "elternkindgruppe"}
    assert wanted | {"toddler&group"} <= set(group)


def test_synonyms_do_not_need_foreign_letters():
    [group] = query_groups("yuzme kursu", "de", SYNONYMS)

    assert "schwimmkurs" in group


def test_words_around_a_phrase_stay():
    groups = query_groups("Eltern Kind Gruppe Wanne", "de", SYNONYMS)

    assert len(groups) == 2
    assert groups[1] == ("wanne", "wanne*")


def test_the_readers_language_decides_between_two_meanings():
    [german] = query_groups("Bad", "de", SYNONYMS)
    [english] = query_groups("bad", "en", SYNONYMS)

    assert "schlimm" not in german
    assert "schlimm" in english


def test_loaded_synonyms_are_the_default():
    load_synonyms([{"words": {"de": ["Kita", "Kindergarten"]}}])
    try:
        assert query_groups("Kita", "de") == [("kita", "kindergarten")]
    finally:
        load_synonyms([])

    assert query_groups("Kita", "de") == [("kita",)]


def test_queries_are_bounded():
    many = Synonyms([{"words": {"de": [f"kurs{number}" for number in range(99)]}}])

    groups = query_groups("kurs7 " + " ".join(map(str, range(99))), "de", many)

    assert [len(group) for group in groups] == [32] + [1] * 9


@pytest.mark.parametrize(
    ("groups", "query"),
    [
        ([], ""),
        ([()], ""),
        ([("kurs", "kurse")], "('kurs' | 'kurse')"),
        ([("kurs",), ("frau",)], "('kurs') & ('frau')"),
        ([("a&b", "c")], "(('a' & 'b') | 'c')"),
        ([("schwimmk*",)], "('schwimmk':*)"),
        ([("o'b\\c",)], "('o''b\\\\c')"),
    ],
)
def test_tsquery(groups, query):
    assert tsquery(groups) == query


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Ein Schwimmkurs, auch für Frauen.", "kurs frau", ["Schwimmkurs", "Frauen"]),
        ("Mal- und Bastelkurs", "basteln", ["Bastelkurs"]),
        ("Für Schüler*innen der 4b", "Schülerin", ["Schüler*innen"]),
        ("Eltern-Kind-Gruppe", "Krabbelgruppe", ["Eltern-Kind-Gruppe"]),
        ("Kind ohne Eltern", "Krabbelgruppe", []),
        ("Kinder·garten", "Kindergarten", ["Kinder·garten"]),
        ("Schwimmkurs", "schwimmk", ["Schwimmkurs"]),
        ("Ganz anderes", "kurs", []),
        ("", "kurs", []),
    ],
)
def test_highlight(text, query, marked):
    pieces = highlight(text, query_groups(query, "de", SYNONYMS), "de")

    assert [piece for piece, is_match in pieces if is_match] == marked
    assert "".join(piece for piece, _ in pieces) == text


def test_highlight_of_nothing_is_the_text():
    assert highlight("Ein Kurs", [], "de") == [("Ein Kurs", False)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("krabelgruppe", True), ("Schulden", False), ("xy", False), ("asdf", True)],
)
def test_may_be_mistyped(word, expected):
    assert may_be_mistyped(word, "de") is expected


def test_inflected_words_meet_in_every_language():
    pairs = {
        "en": ("swimming courses", "course"),
        "tr": ("yüzme kursları", "kurs"),
        "ar": ("دورات السباحة", "دورة"),
        "uk": ("курси плавання", "курс"),
        "ru": ("курсы плавания", "курс"),
        "pl": ("kursy pływania", "kurs"),
        "ro": ("cursurile de înot", "inot"),
        "bg": ("курсове по плуване", "курс"),
    }

    for language, (text, query) in pairs.items():
        [group] = query_groups(query, language, NONE)
        assert set(group) & set(index_terms(text, language)), language

import pytest

from herne_bildung.lib.localized import Text, columns, isolated, localized


def test_text_in_the_readers_language_needs_no_lang():
    assert localized({"title_tr": "Kurs", "title_de": "Kurs D"}, "title", "tr") == Text(
        "Kurs"
    )


def test_missing_text_is_german_and_says_so():
    found = localized({"title_ar": "", "title_de": "Deutschkurs"}, "title", "ar")

    assert found == Text("Deutschkurs", "de", "ltr")
    assert found.is_fallback is True


def test_leichte_sprache_falls_back_with_a_mark():
    row = {"title_de_simple": None, "title_de": "Deutschkurs"}

    assert localized(row, "title", "de-simple") == Text("Deutschkurs", "de", "ltr")
    assert localized(row, "title", "de") == Text("Deutschkurs")


def test_columns_always_hold_the_german_ones():
    assert columns("title", "summary", language="de-simple") == [
        "title_de",
        "summary_de",
        "title_de_simple",
        "summary_de_simple",
    ]
    assert columns("title", language="de") == ["title_de"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Deutsch+ (دورة)", "Deutsch+\u200e (دورة)"),
        ("بعد Deutsch+", "بعد Deutsch+\u200e"),
        ("A+B", "A+B"),
        ("+49 2323", "+49 2323"),
    ],
)
def test_a_sign_after_latin_letters_is_kept_there_in_arabic(text, shown):
    row = {"title_ar": text, "title_tr": text}

    assert localized(row, "title", "ar").text == shown
    assert localized(row, "title", "tr").text == text


def test_a_text_that_is_empty_in_german_too_is_no_fallback():
    assert localized({"title_tr": "", "title_de": ""}, "title", "tr") == Text("")


def test_german_names_keep_their_order_among_arabic_words():
    assert isolated("Wanne-Süd", "ar") == "\u2068Wanne-Süd\u2069"
    assert isolated("Wanne-Süd", "tr") == "Wanne-Süd"
    assert isolated("", "ar") == ""

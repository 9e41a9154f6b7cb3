from herne_bildung.lib.localized import Text, columns, localized


def test_text_in_the_readers_language_needs_no_lang():
    assert localized({"title_tr": "Kurs", "title_de": "Kurs D"}, "title", "tr") == Text(
        "Kurs"
    )


def test_missing_text_is_german_and_says_so():
    found = localized({"title_ar": "", "title_de": "Deutschkurs"}, "title", "ar")

    assert found == Text("Deutschkurs", "de", "ltr")
    assert found.is_fallback is True


def test_leichte_sprache_falls_back_without_a_mark():
    row = {"title_de_simple": None, "title_de": "Deutschkurs"}

    assert localized(row, "title", "de-simple") == Text("Deutschkurs")


def test_columns_always_hold_the_german_ones():
    assert columns("title", "summary", language="de-simple") == [
        "title_de",
        "summary_de",
        "title_de_simple",
        "summary_de_simple",
    ]
    assert columns("title", language="de") == ["title_de"]

import pytest

from herne_bildung.lib import counts, searches_without_result


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Töpfern  für KINDER", {"toepfern fuer kinder": 1}),
        ("تعلم الرسم", {"تعلم الرسم": 1}),
        ("Kurs 2026", {"kurs 2026": 1}),
        ("a" * 300, {"a" * 100: 1}),
        ("", {}),
        ("?!", {}),
        ("anna@example.org", {}),
        ("Kurs 02323 123456", {}),
        ("0 23 23 / 16", {}),
    ],
)
def test_words_are_counted_but_not_what_names_a_person(text, counted):
    counts.take(searches_without_result.NAME)

    searches_without_result.note(text)

    assert counts.take(searches_without_result.NAME) == counted


def test_repeated_words_add_up_whatever_their_spelling():
    counts.take(searches_without_result.NAME)

    for text in ("Töpfern", "toepfern", "TÖPFERN "):
        searches_without_result.note(text)

    assert counts.take(searches_without_result.NAME) == {"toepfern": 3}

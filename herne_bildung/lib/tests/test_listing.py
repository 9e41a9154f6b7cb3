import pytest
from django.utils.translation import override

from herne_bildung.lib.listing import listed, listed_apart


@pytest.mark.parametrize(
    ("language", "line"), [("de", "a, b"), ("tr", "a, b"), ("ar", "a، b")]
)
def test_listed_uses_the_comma_of_the_language(language, line):
    with override(language):
        assert listed(["a", "b"]) == line


@pytest.mark.parametrize(("language", "line"), [("de", "a, b; c"), ("ar", "a, b؛ c")])
def test_listed_apart_uses_the_semicolon_of_the_language(language, line):
    with override(language):
        assert listed_apart(["a, b", "c"]) == line


def test_listed_of_one_or_nothing_has_no_comma():
    assert (listed(["a"]), listed([])) == ("a", "")

"""Every interface string is translated in every language, and nothing else is."""

import re

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils.translation import to_locale

from herne_bildung.lib import catalogues, languages
from herne_bildung.lib.catalogues import Key, is_complete, key_of, messages
from herne_bildung.tests.sources import ROOT

PATHS = catalogues.paths(ROOT)
# `%(name)s`, `%s`, `{name}` and HTML tags must be the same in every language.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}|</?\w+[^>]*>")
# With these forms a language may leave the number out: "one", "two", "none".
FORMS_WITHOUT_NUMBER = {"ar": {0, 1, 2}}


@pytest.fixture(scope="module")
def collected() -> dict[Key, Message]:
    return messages(catalogues.collect(ROOT))


@pytest.fixture(params=PATHS, scope="module")
def folder(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def catalogue(folder) -> Catalog:
    return catalogues.read(PATHS[folder])


def test_every_language_has_a_catalogue():
    assert {to_locale(code) for code in languages.CODES} == PATHS.keys()


def test_catalogue_holds_the_strings_of_the_code(catalogue, collected):
    """If not: `python3 manage.py collect_texts --clean`, then translate."""
    found = messages(catalogue).keys()

    assert (found - collected.keys(), collected.keys() - found) == (set(), set())


def test_catalogue_is_complete(catalogue):
    missing = [
        key for key, message in messages(catalogue).items() if not is_complete(message)
    ]

    assert missing == []


def test_catalogue_has_nothing_fuzzy_and_nothing_obsolete(catalogue):
    fuzzy = [key_of(message) for message in catalogue if message.id and message.fuzzy]

    assert (fuzzy, list(catalogue.obsolete)) == ([], [])


def test_translations_keep_placeholders(catalogue, folder):
    wrong = {}
    for key, message in messages(catalogue).items():
        strings = message.string if message.pluralizable else (message.string,)
        for number, string in enumerate(strings):
            found = set(PLACEHOLDER.findall(string))
            wanted = [set(PLACEHOLDER.findall(text)) for text in key.texts]
            if number in FORMS_WITHOUT_NUMBER.get(folder, {0}) and len(wanted) > 1:
                wanted.append(wanted[-1] - {"%(number)s", "%(total)s", "%(count)s"})
            if string and found not in wanted:
                wrong[key.texts[0]] = string

    assert wrong == {}


def test_translations_keep_the_spaces_at_both_ends(catalogue):
    wrong = [
        (key.texts[0], string)
        for key, message in messages(catalogue).items()
        for string in (message.string if message.pluralizable else (message.string,))
        if string and ends(string) != ends(key.texts[0])
    ]

    assert wrong == []


def ends(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()

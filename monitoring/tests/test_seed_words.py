"""The texts of the data files."""

from herne_bildung.lib.languages import CODES
from monitoring.seed.reading import read, words


def test_every_text_is_there_in_every_language():
    german = _places(words()["de"])

    for code in CODES:
        assert _places(words()[code]) == german, code


def test_every_indicator_has_its_texts():
    slugs = {row["slug"] for row in read("indicators.json")}

    for field in ("name", "question", "definition"):
        texts = words()["de"]["indicators"]
        assert {key for key in texts if texts[key].get(field)} == slugs


def _places(kinds: dict[str, dict[str, dict[str, str]]]) -> set[tuple[str, str, str]]:
    """Kind, key and field of every text."""
    return {
        (kind, key, field)
        for kind, entries in kinds.items()
        for key, texts in entries.items()
        for field, text in texts.items()
        if text
    }

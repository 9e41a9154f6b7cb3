"""Spelling made comparable: one form for all ways a word is typed."""

import unicodedata

# Words longer than this are cut before Unicode normalisation, whose cost grows
# with the square of a run of combining marks.
LONGEST_RAW_WORD = 256

_SPELLED_OUT = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "oe",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ё": "е",  # Russian writes е for ё in most texts
    "ґ": "г",
    "ٱ": "ا",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ى": "ي",
    "ی": "ي",  # Persian yeh
    "ک": "ك",  # Persian kaf
    "ة": "ه",
    "ؤ": "ؤ",
    "ئ": "ئ",
    # Dots inside a word: Leichte Sprache writes "Kinder·garten".
    "·": "",
    "‧": "",
    "'": "",
    "’": "",
    "ʼ": "",
    "‘": "",
    "`": "",
    "´": "",
    "ـ": "",  # tatweel, lengthens an Arabic word for looks
}
# Letters of their own although Unicode takes them apart: й is no и.
_WHOLE_LETTERS = frozenset("йїў")
# DIN 5007 part 1 sorts ä as a and ß as ss.
_SORTED_AS = {"ä": "a", "ö": "o", "ü": "u", "æ": "ae", "œ": "oe", "ø": "o"}


class _CharacterTable(dict[int, str]):
    """A `str.translate` table that works out each character when first met."""

    # Enough for every script we serve; hostile text cannot grow it further.
    LARGEST = 8192

    def __init__(self, special: dict[str, str]) -> None:
        super().__init__()
        self.special = special

    def __missing__(self, code: int) -> str:
        folded = self._folded(chr(code))
        if len(self) < self.LARGEST:
            self[code] = folded
        return folded

    def _folded(self, character: str) -> str:
        lower = "i" if character == "İ" else character.lower()
        if lower in self.special:
            return self.special[lower]
        if lower in _WHOLE_LETTERS:
            return lower
        category = unicodedata.category(character)
        if category == "Cf" or category[0] == "M":
            return ""
        if category == "Nd":
            return str(unicodedata.decimal(character))
        if category[0] not in "LN":
            return " "
        return "".join(
            self.special.get(part, part)
            for part in unicodedata.normalize("NFKD", lower)
            if part.isalnum()
        )


_FOLDED = _CharacterTable(_SPELLED_OUT)
_SORTED = _CharacterTable({**_SPELLED_OUT, **_SORTED_AS})


def normalised(text: str) -> str:
    """Text in Unicode's composed form, spaces single, words cut when absurd."""
    return " ".join(
        unicodedata.normalize("NFKC", word[:LONGEST_RAW_WORD]) for word in text.split()
    )


def fold(text: str) -> str:
    """Text in the spelling that is indexed and searched.

    Lower case; ä, ö, ü, ß as ae, oe, ue, ss; other accents dropped (also Turkish
    dots and Arabic vowel signs); forms of alef, yeh and teh marbuta unified; ё as
    е, while й and ї stay letters of their own. Everything else is a space.
    """
    return " ".join(normalised(text).translate(_FOLDED).split())


def sort_key(text: str) -> str:
    """Key to order names by: DIN 5007 part 1 (ä as a), punctuation ignored.

    Store it in a column with the collation "C", so every server sorts alike.
    """
    return " ".join(normalised(text).translate(_SORTED).split())

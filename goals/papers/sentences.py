"""A resolution sentence by sentence, and which sentences order something.

Pure functions for German official texts. They suggest; people decide.
"""

import re

# The mark of an item of a list: "1.", "2.1", "a)", "-", "•".
MARK = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-z]\)|[-–•*])\s+")
# A sentence may end here: before a space and something that begins one.
END = re.compile(r"[.!?](?:[\"”“«']?)\s+(?=[\"„“»']?[A-ZÄÖÜ0-9])")
ABBREVIATIONS = {
    "abs",
    "art",
    "bspw",
    "bzw",
    "ca",
    "dr",
    "einschl",
    "evtl",
    "gem",
    "ggf",
    "inkl",
    "lfd",
    "mind",
    "nr",
    "prof",
    "sog",
    "st",
    "str",
    "vgl",
    "ziff",
}
LAST_WORD = re.compile(r"(\w+)[.!?][\"”“«']?\s*$")
# "wird beauftragt", "werden gebeten", "bittet die Verwaltung", "fordert … auf".
ASKS = re.compile(
    r"\b(?:beauftragt?|beauftragen|gebeten|bittet|bitten|aufgefordert|ersucht"
    r"|angewiesen|verpflichtet|ermächtigt)\b|\bfordert\b.*\bauf\b",
    re.IGNORECASE | re.DOTALL,
)
SHALL = re.compile(r"\b(?:soll|sollen|muss|müssen)\b", re.IGNORECASE)
# "ist zu berichten", "sind vorzulegen", "hat zu prüfen".
IS_TO = re.compile(
    r"\b(?:ist|sind|hat|haben)\b.*\b(?:zu\s+\w{3,}e?n\b|\w+zu\w{3,}e?n\b)",
    re.IGNORECASE | re.DOTALL,
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, word for word, without the marks of lists."""
    found: list[str] = []
    for piece in _pieces(text):
        found += _split(piece)
    return found


def orders(sentence: str) -> bool:
    """Whether a sentence seems to order something."""
    return any(pattern.search(sentence) for pattern in (ASKS, SHALL, IS_TO))


def _pieces(text: str) -> list[str]:
    """Paragraphs and items of lists, each on one line."""
    pieces: list[list[str]] = [[]]
    for line in text.splitlines():
        if not line.strip() or MARK.match(line):
            pieces.append([])
        words = MARK.sub("", line).split()
        if words:
            pieces[-1].append(" ".join(words))
    return [" ".join(lines) for lines in pieces if lines]


def _split(piece: str) -> list[str]:
    found, start = [], 0
    for end in END.finditer(piece):
        before = piece[start : end.end()]
        if not _goes_on(before):
            found.append(before.strip())
            start = end.end()
    return [*found, rest] if (rest := piece[start:].strip()) else found


def _goes_on(before: str) -> bool:
    """Whether a point belongs to an abbreviation, or to a number like "23."."""
    last = LAST_WORD.search(before)
    if last is None or not before.rstrip(" \"”“«'").endswith("."):
        return False
    word = last[1].lower()
    is_ordinal = word.isdigit() and len(word) < len("2027")
    return len(word) == 1 or is_ordinal or word in ABBREVIATIONS

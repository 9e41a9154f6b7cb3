"""How wide words are, about: drawings are made without a browser."""

import unicodedata
from functools import lru_cache

SLIM, BROAD = "iljtfrI.,:;'|!()[]·-", "mwMWЖШЩЮжшщюм@%…"
# Marks of direction, and signs above and below other letters.
WITHOUT_WIDTH = ("Cf", "Mn")
# Fira Sans, in parts of its size; rather too wide than too narrow.
SLIM_WIDTH, USUAL_WIDTH, CAPITAL_WIDTH, BROAD_WIDTH = 0.34, 0.56, 0.66, 0.87


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """In units of the drawing."""
    return size * sum(map(letter_width, text))


def letter_width(letter: str) -> float:
    if unicodedata.category(letter) in WITHOUT_WIDTH:
        return 0
    if letter in SLIM:
        return SLIM_WIDTH
    if letter in BROAD:
        return BROAD_WIDTH
    return CAPITAL_WIDTH if letter.isupper() else USUAL_WIDTH


def wrapped(text: str, size: float, room: float, most: int = 99) -> list[str]:
    """The text in lines that fit; what goes beyond `most` lines is cut with "…"."""
    lines, line = [], ""
    for word in text.replace("-", "-\u200b").replace("\u200b", " \u200b").split(" "):
        glued = word.removeprefix("\u200b")
        longer = line + glued if word != glued or not line else f"{line} {glued}"
        if line and width_of(longer, size) > room:
            lines.append(line)
            line = glued
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shortened(one, size, room) for one in lines]


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of it as fits."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"

"""What stands in place of a number, in words and in the signs of official tables."""

from functools import lru_cache

from django.utils.translation import gettext as _

from herne_bildung.lib.analyser import fold
from monitoring.choices import ValueState
from monitoring.imports.problems import BadValue

VALUE, MISSING = ValueState.VALUE, ValueState.NOT_AVAILABLE
NONE, SECRET = ValueState.NOT_APPLICABLE, ValueState.SUPPRESSED
WORDS = {
    VALUE: ("value", "wert", "zahl"),
    MISSING: (
        "missing", "not available", "nicht verfuegbar", "nicht vorhanden", "unbekannt",
        "not known", "nicht bekannt", "fehlt", "keine angabe", "k a", "ka", "n v", "nv",
        "na", "n a",
    ),
    NONE: (
        "none", "not applicable", "makes no sense here", "nicht anwendbar",
        "nicht sinnvoll", "entfaellt", "ergibt hier keinen sinn", "x",
    ),
    SECRET: (
        "suppressed", "secret", "geheim", "geheim gehalten", "gesperrt", "unterdrueckt",
        "kept secret to protect people",
    ),
}  # fmt: skip
# "…" comes later, "/" is not certain enough: as official statistics write it.
SIGNS = {"…": MISSING, "...": MISSING, "/": MISSING, "·": SECRET, "*": SECRET}
TOTALS = {
    "", "insgesamt", "gesamt", "zusammen", "alle", "total", "all", "summe",
}  # fmt: skip
_BY_WORD = {word: state for state, words in WORDS.items() for word in words}


@lru_cache(maxsize=1024)
def state_of(text: str) -> ValueState | None:
    """The state a word or sign says; None for something else, such as a number.

    Raises BadValue for what says two things, and for what is secret.
    """
    if text in {"-", "–", "—", "."}:
        raise BadValue(
            _(
                "The sign “%(sign)s” has several meanings. Write 0 where there are "
                "none, “not available” where it is not known."
            )
            % {"sign": text}
        )
    state = SIGNS.get(text) or _BY_WORD.get(fold(text)) or _by_label(fold(text))
    if state == SECRET:
        raise BadValue(
            _(
                "What its source keeps secret has no raw value. Write “not available” "
                "and the reason into the note."
            )
        )
    return state


def is_total(text: str) -> bool:
    """Whether a cell of a breakdown means all together."""
    return fold(text) in TOTALS


def _by_label(word: str) -> ValueState | None:
    """States by the words of the pages."""
    labels = {fold(str(one.label)): one for one in ValueState}
    return labels.get(word) if word else None

"""Links that work without a login hold a secret; logs must not.

Whatever stands behind /pflege/ or /vorschau/ in a line of a log, or in an address by
which someone gets a login or manages what they follow, is replaced, also in tracebacks.
"""

import logging
import re

SECRET = re.compile(
    r"(/pflege/(?:einladung/)?|/abo/(?:bestaetigen|verwalten|abmelden)/|/vorschau/"
    r"|/konto/(?:einladung|adresse|kennwort/neu)/)"
    r"(?!einladung/)[^/\s\"'<>?&#,;)\]}]+"
)
REPLACED = r"\1…"


def without_tokens(text: str) -> str:
    """The text with the secrets of links taken out."""
    return SECRET.sub(REPLACED, text)


class HideTokens(logging.Filter):
    """Takes the secrets of links out of a record; for handlers."""

    _formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (cleaned := without_tokens(message)) != message:
            record.msg, record.args = cleaned, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_tokens(record.exc_text)
        return True

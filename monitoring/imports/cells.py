"""What single cells say that are no numbers."""

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from herne_bildung.lib.tables.cells import is_empty
from herne_bildung.lib.time_periods import UnknownPeriod
from monitoring.imports.period_words import period_of
from monitoring.imports.problems import BadValue
from monitoring.imports.state_words import state_of

LONGEST_NOTE = 300


def without_percent(cell: Any) -> Any:
    """ "17,4 %" as "17,4"."""
    return cell.removesuffix("%").rstrip() if isinstance(cell, str) else cell


@lru_cache(maxsize=4096)
def _known_period(text: str) -> str:
    return period_of(text)


def period(cell: Any) -> str:
    """The period in a cell. Raises BadValue, as all here."""
    if is_empty(cell):
        raise BadValue(_("The period is missing."))
    try:
        return _known_period(cell) if isinstance(cell, str) else period_of(cell)
    except UnknownPeriod as error:
        raise BadValue(str(error)) from error


def state(cell: Any) -> str:
    """The state a cell names."""
    text = str(cell).strip()
    found = state_of(text)
    if found is None:
        raise BadValue(
            _(
                "“%(text)s” is no state. Write “value”, “not available” or “makes no "
                "sense here”."
            )
            % {"text": text[:40]}
        )
    return found.value


def note(cell: Any) -> str:
    """A note, on one line."""
    text = " ".join(str(cell).split())
    if len(text) > LONGEST_NOTE:
        raise BadValue(
            _("The note is too long: %(most)s characters at most.")
            % {"most": LONGEST_NOTE}
        )
    return text

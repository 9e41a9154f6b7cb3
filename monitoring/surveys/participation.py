"""How many took part, as everyone may read it.

Few people could be recognised: below `SMALLEST` no number is told, and no share from
which it could be worked out.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from herne_bildung.lib.localized import isolated
from monitoring.choices import Unit
from monitoring.in_words import number, with_unit
from monitoring.models import Wave

SMALLEST = 5


def share_of(wave: Wave) -> Decimal | None:
    """Participation in percent: as entered, else of those asked."""
    if wave.participation is not None:
        return wave.participation
    if wave.answered is None or not wave.invited:
        return None
    return Decimal(100 * wave.answered) / wave.invited


def is_share_told(wave: Wave) -> bool:
    """Whether the share gives no small number away."""
    share = share_of(wave)
    if share is None or any(
        count is not None and count < SMALLEST
        for count in (wave.invited, wave.answered)
    ):
        return False
    return wave.invited is None or wave.invited * share >= 100 * SMALLEST


def count_in_words(count: int) -> str:
    """ "1.234", or "fewer than 5"."""
    if count < SMALLEST:
        return _("fewer than %(number)s") % {"number": SMALLEST}
    return number(Decimal(count), 0)


def response(wave: Wave, language: str) -> list[tuple[str, str]]:
    """Label and value of what is known of the response."""
    found = []
    if wave.invited is not None:
        found.append((_("People asked"), count_in_words(wave.invited)))
    if wave.answered is not None:
        found.append((_("People who answered"), count_in_words(wave.answered)))
    if is_share_told(wave):
        text = with_unit(number(share_of(wave), 1), Unit.PERCENT)
        found.append((_("Participation"), text))
    return [(label, isolated(value, language)) for label, value in found]

"""Who imports values, and who reads what a file says."""

from typing import Any

from herne_bildung.city.rights import reads_raw_values, sees_everything
from monitoring.choices import Protection
from monitoring.models import ImportRun, Indicator


def may_enter(user: Any) -> bool:
    """Whether a person imports values of anything."""
    return sees_everything(user) or reads_raw_values(user)


def may_import(user: Any, indicator: Indicator) -> bool:
    """What passes unchanged is imported by the Bildungsbüro, too."""
    if indicator.protection == Protection.PROTECTED:
        return reads_raw_values(user)
    return may_enter(user)


def may_take_in(user: Any, run: ImportRun) -> bool:
    """Whether all its indicators are theirs to import."""
    return may_enter(user) and all(may_import(user, one) for one in indicators_of(run))


def reads_values(user: Any, run: ImportRun) -> bool:
    """Whether a person sees what the file says: changed values, and errors, which
    quote it. Files that name their indicators may have rows of protected ones.
    """
    if reads_raw_values(user):
        return True
    found = indicators_of(run)
    if any(one.protection == Protection.PROTECTED for one in found):
        return False
    is_own = run.started_by_id is not None and run.started_by_id == user.pk
    return is_own or (run.indicator_id is not None and may_enter(user))


def indicators_of(run: ImportRun) -> list[Indicator]:
    """Those it was said to be for, or was found to have values of."""
    ids = {*run.indicator_ids, *([run.indicator_id] if run.indicator_id else [])}
    return list(Indicator.objects.filter(pk__in=ids))

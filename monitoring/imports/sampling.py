"""Some of what an import would change, for people to look at before they say yes."""

from decimal import Decimal

from monitoring.choices import ValueState
from monitoring.imports import staging
from monitoring.imports.checking import Checker
from monitoring.models import ImportRun


def sample(run: ImportRun, checker: Checker) -> list[dict]:
    """Changed values first, then new ones: row, what it is about, before and after."""
    found = []
    for (
        row,
        indicator,
        area,
        period,
        *categories,
        old,
        was,
        new,
        now,
    ) in staging.changes(run.indicator_ids):
        shown = checker.breakdowns.shown
        parts = [shown[one] for one in categories if one is not None]
        about = [checker.areas.shown[area], period, *parts]
        if run.indicator_id is None:
            about.insert(0, str(checker.indicators.by_id[indicator]))
        found.append(
            {
                "row": row,
                "about": ", ".join(about),
                "before": "" if old is None else _shown(old, was),
                "after": _shown(new, now),
            }
        )
    return found


def _shown(state: str, value: Decimal | None) -> str:
    """ "17,4" or the words of its state."""
    if state != ValueState.VALUE or value is None:
        return str(ValueState(state).label)
    return f"{value.normalize():f}".replace(".", ",")

from celery import shared_task

from goals import actions
from goals.oparl import actions as oparl
from goals.oparl import running


@shared_task
def forget_names() -> int:
    """Remove names of responsible persons whose consent has ended."""
    return actions.forget_names()


@shared_task
def import_council_papers() -> int:
    """Go on with imports of council papers; safe to run twice, at the same time, after
    a crash.
    """
    return running.work()


@shared_task
def fetch_council_papers() -> int:
    """Start an import of each active source."""
    return oparl.start_all()

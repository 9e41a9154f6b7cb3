from celery import shared_task

from counselling import actions
from counselling.finder import counting


@shared_task
def keep_concern_counts() -> int:
    """Move counts of concerns from Redis to the database."""
    return counting.keep()


@shared_task
def forget_names() -> int:
    """Remove names of contacts whose consent has ended."""
    return actions.forget_names()

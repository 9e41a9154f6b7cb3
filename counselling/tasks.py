from celery import shared_task

from counselling.finder import counting


@shared_task
def keep_concern_counts() -> int:
    """Move counts of concerns from Redis to the database."""
    return counting.keep()

from celery import shared_task

from herne_bildung.portal import actions


@shared_task
def keep_search_counts() -> int:
    """Move counts of searches without result from Redis to the database."""
    return actions.keep_search_counts()

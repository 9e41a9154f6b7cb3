from celery import shared_task

from herne_bildung.portal import actions


@shared_task
def keep_search_counts() -> int:
    """Move counts of searches without result from Redis to the database."""
    return actions.keep_search_counts()


@shared_task
def forget_failed_sign_ins() -> int:
    """Remove failed sign-ins after their retention time."""
    return actions.forget_failed_sign_ins()

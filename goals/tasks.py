from celery import shared_task

from goals import actions


@shared_task
def forget_names() -> int:
    """Remove names of responsible persons whose consent has ended."""
    return actions.forget_names()

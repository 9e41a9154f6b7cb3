from celery import shared_task

from offerings import actions, following


@shared_task
def compute_next_dates() -> int:
    """Offers whose next date passed get their next one."""
    return actions.compute_next_dates()


@shared_task
def forget_removed() -> int:
    """Remove index rows of offers that are gone for long."""
    return actions.forget_removed()


@shared_task
def follow_changes() -> int:
    """Offers follow changes of their provider, places and topics."""
    return following.follow_changes()

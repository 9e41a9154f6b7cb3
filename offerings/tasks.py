from celery import shared_task

from offerings import actions, followed_changes
from offerings.centres import certificate
from offerings.printing import removal, work


@shared_task
def compute_next_dates() -> int:
    """Offers whose next date passed get their next one."""
    return actions.compute_next_dates()


@shared_task
def look_ahead() -> int:
    """The days known ahead never run out."""
    return actions.look_ahead()


@shared_task
def forget_removed() -> int:
    """Remove index rows of offers that are gone for long."""
    return actions.forget_removed()


@shared_task
def follow_changes() -> int:
    """Offers follow changes of their provider, places and topics."""
    return followed_changes.follow_changes()


@shared_task
def remind_of_certificates() -> int:
    """Tell family centres and the office that a certificate ends; safe to run twice."""
    return certificate.remind_of_ends()


@shared_task
def work_on_prints() -> int:
    """Make what was ordered; safe to run twice, at the same time, after a crash."""
    return work.work()


@shared_task
def remove_old_prints() -> int:
    """Remove orders and files whose time is over."""
    return removal.remove_old()

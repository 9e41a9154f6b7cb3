from celery import shared_task

from herne_bildung.freshness import actions


@shared_task
def send_waiting_mails() -> int:
    """Send what is due; safe to run twice and at the same time."""
    return actions.send_waiting()


@shared_task
def remove_old_mails() -> int:
    """Remove sent mails after their retention time."""
    return actions.remove_old()

from celery import shared_task

from herne_bildung.city import actions, audit


@shared_task
def forget_unused_words() -> int:
    """Remove words that no public entry has any more."""
    return actions.forget_unused_words()


@shared_task
def forget_old_log() -> int:
    """Remove entries of the log that are past their date."""
    return audit.forget_old()

from celery import shared_task

from herne_bildung.city import actions


@shared_task
def forget_unused_words() -> int:
    """Remove words that no public entry has any more."""
    return actions.forget_unused_words()

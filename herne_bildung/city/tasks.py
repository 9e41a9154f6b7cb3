from celery import shared_task

from herne_bildung.city import actions, audit, typed_forms, uploads
from herne_bildung.city.versions import history


@shared_task
def forget_unused_words() -> int:
    """Remove words that no public entry has any more."""
    return actions.forget_unused_words()


@shared_task
def forget_typed_forms() -> int:
    """Remove what was typed and not saved for 30 days."""
    return typed_forms.forget()


@shared_task
def remove_unused_files() -> int:
    """Remove pictures and flyers that no entry used for 30 days."""
    return uploads.clean_up()


@shared_task
def forget_old_versions() -> int:
    """Remove former versions of entries that are past their date."""
    return history.forget_old()


@shared_task
def forget_old_log() -> int:
    """Remove entries of the log that are past their date."""
    return audit.forget_old()

from celery import shared_task

from herne_bildung.portal import actions
from herne_bildung.portal.accounts import dormant, invitations, logins
from herne_bildung.portal.exchange import actions as exchange
from herne_bildung.portal.exchange import work
from herne_bildung.portal.gaps.searches import forget_searches as forget_old_searches


@shared_task
def keep_search_counts() -> int:
    """Move counts of searches without result from Redis to the database."""
    return actions.keep_search_counts()


@shared_task
def forget_searches() -> int:
    """Remove old searches without result, and rare ones."""
    return forget_old_searches()


@shared_task
def forget_failed_sign_ins() -> int:
    """Remove failed sign-ins after their retention time."""
    return actions.forget_failed_sign_ins()


@shared_task
def work_on_imports() -> int:
    """Check, take over or undo tables; safe to run twice, at the same time, after a
    crash.
    """
    return work.work()


@shared_task
def clean_up_imports() -> int:
    """Remove files and imports past their time."""
    return exchange.clean_up()


@shared_task
def care_for_dormant_logins() -> dict[str, int]:
    """Warn whose login nobody uses; close it when the warning was in vain."""
    return dormant.care_for_dormant()


@shared_task
def forget_old_sessions() -> int:
    """Remove sessions that are over, and old invitations."""
    return logins.forget_old_sessions() + invitations.forget_old()

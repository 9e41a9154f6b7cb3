from celery import shared_task

from herne_bildung.freshness.actions import (
    cleanup,
    figures,
    links,
    news,
    outbox,
    reports,
    steps,
    subscriptions,
    sync,
)
from herne_bildung.lib import clock

# How many links an hour are checked at most.
LINKS_AN_HOUR = 300


@shared_task
def send_waiting_mails() -> int:
    """Send what is due; safe to run twice and at the same time."""
    return outbox.send_waiting()


@shared_task
def remove_old_mails() -> int:
    """Remove sent mails after their retention time."""
    return outbox.remove_old()


@shared_task
def follow_changes() -> int:
    """Take over entries that changed; safe to run twice and at the same time."""
    return sync.sync_changed()


@shared_task
def take_over_all() -> int:
    """Take over all entries, whatever changed them; safe to run twice."""
    return sync.sync_all()


@shared_task
def take_steps() -> int:
    """Ask for what is due today; safe to run twice, at the same time, after a crash.
    Returns how many mails were written.
    """
    return steps.take_steps().mailed


@shared_task
def forget_reporters() -> int:
    """Remove addresses of readers who got their answer, and very old reports."""
    return reports.close_very_old() + reports.forget_addresses()


@shared_task
def collect_links() -> int:
    """Note all addresses that entries name; safe to run twice and at the same time."""
    return links.collect_links()


@shared_task
def check_links() -> int:
    """Check a portion of the links; several workers share them."""
    return links.check_links(LINKS_AN_HOUR)


@shared_task
def take_figures() -> int:
    """Write the figures of the day; safe to run twice and at the same time."""
    return figures.take_daily_figures(clock.today())


@shared_task
def clean_up() -> int:
    """Remove what is kept for a limited time only; safe to run twice."""
    return sum(cleanup.clean_up().values())


@shared_task
def send_news() -> int:
    """Mails to people who follow something; safe to run twice and at the same time."""
    return news.send_news()


@shared_task
def forget_subscriptions() -> int:
    """Remove what nobody confirmed and what has ended, with its address."""
    return subscriptions.forget()

from celery import shared_task

from monitoring.imports import actions as imports
from monitoring.imports import work
from monitoring.releases import actions as releases
from monitoring.releases import drafting
from monitoring.warnings import actions as warnings


@shared_task
def publish_due_releases() -> int:
    """Put releases on the site whose moment has come."""
    return releases.publish_due()


@shared_task
def run_warnings(indicators: list[int] | None = None) -> int:
    """Run the rules of early warnings, of all indicators or of these."""
    return warnings.run_warnings(indicators=indicators)


@shared_task
def import_values() -> int:
    """Check and take in files of values; safe to run twice, at the same time, after a
    crash.
    """
    return work.work()


@shared_task
def clean_up_imports() -> int:
    """Remove files of values a day after they were handed in."""
    return imports.clean_up()


@shared_task
def protect_waiting_tables() -> int:
    """Make drafts of tables that wait for their protection."""
    return drafting.work()

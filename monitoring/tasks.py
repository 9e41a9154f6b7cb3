from celery import shared_task

from monitoring.releases import actions as releases
from monitoring.warnings import actions as warnings


@shared_task
def publish_due_releases() -> int:
    """Put releases on the site whose moment has come."""
    return releases.publish_due()


@shared_task
def run_warnings(indicators: list[int] | None = None) -> int:
    """Run the rules of early warnings, of all indicators or of these."""
    return warnings.run_warnings(indicators=indicators)

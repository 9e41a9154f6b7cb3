from celery import shared_task

from monitoring.releases import actions as releases


@shared_task
def publish_due_releases() -> int:
    """Put releases on the site whose moment has come."""
    return releases.publish_due()

"""Waking a worker for work that waits in the database."""

import logging

from celery import Task
from django.db import transaction

logger = logging.getLogger(__name__)


def wake_after_commit(task: Task, *arguments: object) -> None:
    """Run a task once the transaction is committed. The call may be lost: only for
    work that beat finds, too.
    """

    def wake() -> None:
        try:
            task.apply_async(arguments, retry=False)
        except task.OperationalError as error:
            logger.warning(
                "no worker woken for %s, beat will run it: %s", task.name, error
            )

    transaction.on_commit(wake)

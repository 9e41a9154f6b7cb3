"""After a publication the rules of its indicators are run by a worker."""

import logging
from collections.abc import Iterable

from django.db import transaction

logger = logging.getLogger(__name__)


def wake_worker(indicators: Iterable[int]) -> None:
    """After the commit; should the call be lost, beat runs all rules."""
    # Here, because the tasks call what calls this.
    from monitoring.tasks import run_warnings

    ids = list(indicators)

    def wake() -> None:
        try:
            run_warnings.apply_async([ids], retry=False)
        except run_warnings.OperationalError as error:
            logger.warning("worker not woken, beat will run the rules: %s", error)

    transaction.on_commit(wake)

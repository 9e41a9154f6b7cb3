"""After a publication the rules of its indicators are run by a worker."""

from collections.abc import Iterable

from herne_bildung.lib.waking import wake_after_commit


def wake_worker(indicators: Iterable[int]) -> None:
    """After the commit; should the call be lost, beat runs all rules."""
    # Here, because the tasks call what calls this.
    from monitoring.tasks import run_warnings

    wake_after_commit(run_warnings, list(indicators))

"""One daily run at a time, and what ends one."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, InterfaceError, connection

# Any numbers that nothing else locks.
RUN_LOCK = 7_420_031
NEWS_LOCK = 7_420_032
# What PostgreSQL says when it or the connection is being ended.
GOING_DOWN = "57P"


def is_gone(error: Exception) -> bool:
    """Whether the database went away; a deadlock, say, is the trouble of one."""
    present = connection.connection
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return present is None or present.closed or state.startswith(GOING_DOWN)


@contextmanager
def only_run(*, needed: bool, lock: int = RUN_LOCK) -> Iterator[bool]:
    """Whether no other run is at it; ends with the connection at the latest."""
    if not needed:
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        is_alone = cursor.fetchone()[0]
    try:
        yield is_alone
    finally:
        if is_alone:
            # A connection that is gone took the lock with it.
            with suppress(DatabaseError, InterfaceError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])

"""Trouble that the database makes, where a test needs some."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

MAKE = """
CREATE FUNCTION make_trouble() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN {what}; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER make_trouble AFTER {event} FOR EACH ROW EXECUTE FUNCTION make_trouble()
"""
DEADLOCK = "RAISE EXCEPTION 'deadlock' USING ERRCODE = 'deadlock_detected'"
BREAK_OFF = "RAISE EXCEPTION 'gone' USING ERRCODE = 'admin_shutdown'"
KILL = "PERFORM pg_terminate_backend(pg_backend_pid())"
REFUSE = "RAISE EXCEPTION 'refused'"


@contextmanager
def trouble(event: str, condition: str, what: str) -> Iterator[None]:
    """Something that happens after an event ("INSERT ON table") under a condition.
    The connection may be gone after it.
    """
    with connection.cursor() as cursor:
        cursor.execute(MAKE.format(event=event, condition=condition, what=what))
    try:
        yield
    finally:
        if not connection.in_atomic_block:
            connection.close()
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION make_trouble CASCADE")

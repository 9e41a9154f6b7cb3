"""Requests that Django refuses for safety, as they stand in the log."""

import logging


class OneLine(logging.Filter):
    """Such a request is one line of the log: strangers send wrong host names and
    lookups at any time, and a traceback through Django tells nothing about them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
        return True

"""Sends whatever there is to the portal, and notes what failed or took long."""

import sys
import time

from django.core.signals import got_request_exception
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

# Seconds for one answer. A page takes some milliseconds, but machines are busy.
SLOW = 10.0


class EnvironFactory(RequestFactory):
    """Gives what a web server passes on, not a request made of it."""

    def request(self, **request) -> dict:
        return self._base_environ(**request)


class Prober:
    """Speaks WSGI with the portal, as its web server does, and remembers which
    requests failed or took long. (Django's test client would do most of the work.)
    """

    def __init__(self) -> None:
        self.factory = EnvironFactory()
        self.application = get_wsgi_application()
        self.count = 0
        self.wrong: dict[str, str] = {}
        self.failures: list[BaseException | None] = []

    def note_failure(self, **_) -> None:
        self.failures.append(sys.exc_info()[1])

    def send(self, method: str, path: str, query: str | None = None, **options) -> None:
        if query is not None:
            options["QUERY_STRING"] = query
        environ = self.factory.generic(method, path, **options)
        statuses: list[str] = []
        begin = time.monotonic()
        got_request_exception.connect(self.note_failure)
        try:
            answer = self.application(
                environ, lambda status, headers, _=None: statuses.append(status)
            )
            answer.close()
        finally:
            got_request_exception.disconnect(self.note_failure)
        seconds = time.monotonic() - begin
        self.count += 1
        asked = f"{method} {path[:200]}?{(query or '')[:200]} {str(options)[:200]}"
        if self.failures or statuses[0] >= "5":
            self.wrong[asked] = f"{statuses} {self.failures}"[:300]
            self.failures.clear()
        elif seconds > SLOW:
            self.wrong[asked] = f"{seconds:.1f} s"

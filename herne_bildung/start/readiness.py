"""Waiting until the web server says that the portal is ready."""

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from herne_bildung.start.addresses import WebAddress
from herne_bildung.start.failure import StartError
from herne_bildung.start.supervisor import Child, Stopped, Supervisor

# Seconds until the portal must be ready, and that one answer may take.
PATIENCE = 60
PATIENCE_ANSWER = 5


def wait_until_ready(
    supervisor: Supervisor, web: Child, address: WebAddress, patience: float = PATIENCE
) -> None:
    """Return when /readyz answers 200; StartError when it does not in time."""
    latest = time.monotonic() + patience
    while missing := what_is_missing(address):
        if web.is_over:
            raise StartError(supervisor.story(web, "Der Webserver startet nicht."))
        if time.monotonic() > latest:
            sentence = f"Das Portal ist nach {patience:.0f} s nicht bereit: {missing}."
            raise StartError(supervisor.story(web, sentence))
        supervisor.wait(0.05)
        if supervisor.stop_requests:
            raise Stopped


def what_is_missing(address: WebAddress) -> str:
    """Why the portal is not ready, for people; empty when it is."""
    request = urllib.request.Request(
        address.url + "/readyz", headers={"Host": own_name()}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(request, timeout=PATIENCE_ANSWER).close()
    except urllib.error.HTTPError as answer:
        with answer:
            return f"/readyz antwortet mit {answer.code}{_problems(answer)}"
    except (OSError, http.client.HTTPException):
        return "/readyz antwortet nicht"
    return ""


def own_name(environment: Mapping[str, str] = os.environ) -> str:
    """A host name the portal answers to: the first of ALLOWED_HOSTS."""
    first = environment.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    return "localhost" if first in {"", "*"} else first


def _problems(answer: urllib.error.HTTPError) -> str:
    try:
        problems = json.loads(answer.read(5000))["problems"]
        return " (" + ", ".join(f"{k}: {v}" for k, v in problems.items()) + ")"
    except (
        OSError,
        http.client.HTTPException,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ):
        return ""

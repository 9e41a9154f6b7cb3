"""Tokens of forms on public pages, which have no cookie to lean on.

A token is signed, tied to one form, and valid from a few seconds after the page was
made until some hours later; robots that post without reading have none. It is good
for one sending: what is sent is written under a unique key made of its `identity`, so
a second click or a replay writes nothing, whatever happened to Redis meanwhile.
"""

import secrets
from enum import StrEnum

from django.core import signing

from herne_bildung.lib import clock

# Nobody reads and fills in a form more quickly; robots do.
SHORTEST_AGE = 3
LONGEST_AGE = 6 * 60 * 60
LONGEST_TOKEN = 200


class Problem(StrEnum):
    """Why a token does not count."""

    INVALID = "invalid"
    TOO_QUICK = "too quick"
    TOO_OLD = "too old"


def make(form: str) -> str:
    """A new token for the form of this name."""
    made_at = int(clock.now().timestamp())
    return signing.dumps([secrets.token_urlsafe(12), made_at], salt=_salt(form))


def problem(form: str, token: str) -> Problem | None:
    """What is wrong with a token; None when it may be spent."""
    content = _content(form, token)
    if content is None:
        return Problem.INVALID
    age = clock.now().timestamp() - content[1]
    if age < SHORTEST_AGE:
        return Problem.TOO_QUICK
    return Problem.TOO_OLD if age > LONGEST_AGE else None


def identity(form: str, token: str) -> str:
    """The part of a valid token that no other token has; for keys."""
    content = _content(form, token)
    if content is None:
        raise ValueError("not a token of this form")
    return content[0]


def _content(form: str, token: str) -> tuple[str, int] | None:
    try:
        name, made_at = signing.loads(token[:LONGEST_TOKEN], salt=_salt(form))
    except signing.BadSignature:
        return None
    return name, made_at


def _salt(form: str) -> str:
    return f"herne_bildung.form.{form}"

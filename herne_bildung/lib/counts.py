"""Counts of what happens on public pages: kept in Redis, moved to the database by a
task. Nothing about the person who caused them is kept; losing them loses little.
"""

import logging

import redis

from herne_bildung.lib.page_cache import client

logger = logging.getLogger(__name__)

MOST_NAMES = 2000
KEPT_SECONDS = 7 * 24 * 60 * 60
LONGEST_NAME = 100


def count(what: str, name: str) -> None:
    """Add one; new names are dropped once there are very many."""
    key, name = f"counts:{what}", name[:LONGEST_NAME]
    try:
        connection = client()
        if connection.hlen(key) < MOST_NAMES or connection.hexists(key, name):
            connection.hincrby(key, name, 1)
            connection.expire(key, KEPT_SECONDS)
    except redis.RedisError as error:
        logger.warning("not counted: %s", error)


def take(what: str) -> dict[str, int]:
    """All counts so far, which then begin anew."""
    key, taken = f"counts:{what}", f"counts:{what}:taken"
    try:
        connection = client()
        if not connection.exists(taken):
            if not connection.exists(key):
                return {}
            connection.rename(key, taken)
        counts = connection.hgetall(taken)
        connection.delete(taken)
    except redis.RedisError as error:
        logger.warning("counts not taken: %s", error)
        return {}
    return {name.decode(errors="replace"): int(n) for name, n in counts.items()}

"""The portal's settings, with databases in Redis that no running portal uses."""

from herne_bildung.lib.environment import redis_database
from herne_bildung.settings import *  # noqa: F403  a variant has all of them
from herne_bildung.settings import REDIS_URL

CACHE_URL = redis_database(REDIS_URL, 2)
CELERY_BROKER_URL = redis_database(REDIS_URL, 3, broker=True)

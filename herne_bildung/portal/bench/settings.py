"""The portal's settings, with databases in Redis that no running portal uses."""

from herne_bildung.settings import *  # noqa: F403  a variant has all of them
from herne_bildung.settings import redis_database

CACHE_URL = redis_database(2)
CELERY_BROKER_URL = redis_database(3, broker=True)

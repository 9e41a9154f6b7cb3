"""The portal's settings for a simulated year: the clock comes from a file, and tasks
tell what they returned.
"""

from herne_bildung.lib import clock
from herne_bildung.lib.environment import redis_database
from herne_bildung.portal.bench.settings import *  # noqa: F403  a variant has all
from herne_bildung.portal.bench.settings import REDIS_URL, VAR_DIR

# The embedded server has four databases; this is the bench's own.
CELERY_RESULT_BACKEND = redis_database(REDIS_URL, 3, broker=True)
CELERY_TASK_IGNORE_RESULT = False
CLOCK_FILE = VAR_DIR / "bench" / "clock"
clock.follow(CLOCK_FILE)
ALLOWED_HOSTS = ["*"]

"""The portal's settings for the test of faults: beat is hasty, the clock a file."""

from celery.schedules import timedelta

from herne_bildung.lib import clock
from herne_bildung.settings import *  # noqa: F403  a variant has all of them
from herne_bildung.settings import VAR_DIR

CELERY_BEAT_SCHEDULE = {
    "send waiting mails": {
        "task": "herne_bildung.freshness.tasks.send_waiting_mails",
        "schedule": timedelta(seconds=1),
    },
}
CLOCK_FILE = VAR_DIR / "clock"
clock.follow(CLOCK_FILE)
# A connection that hangs is given up quickly.
EMAIL_TIMEOUT = 2

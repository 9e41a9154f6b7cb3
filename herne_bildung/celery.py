"""The Celery application: work in the background, mails, what comes with the clock.

The portal's AppConfig imports it, so that tasks sent from anywhere find their broker.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_bildung.settings")

app = Celery("herne_bildung")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()

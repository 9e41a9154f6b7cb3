"""The portal as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from herne_bildung import celery  # noqa: F401  tasks sent by pages find their broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_bildung.settings")

application = get_wsgi_application()

"""The portal as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from herne_bildung.lib import page_cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_bildung.settings")

application = get_wsgi_application()

# Another release may make other pages of the same content.
page_cache.outdate()

"""Addresses for machines; they have no language."""

from django.urls import path

from herne_bildung.portal.views import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]

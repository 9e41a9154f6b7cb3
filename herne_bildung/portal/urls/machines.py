"""Addresses for machines; they have no language."""

from django.urls import path

from herne_bildung.portal.views import health, machines

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("robots.txt", machines.robots, name="robots"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path(
        "sitemap/<slug:section>-<int:number>.xml",
        machines.sitemap_part,
        name="sitemap_part",
    ),
]

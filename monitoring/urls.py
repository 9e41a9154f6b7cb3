"""Addresses of the monitoring: /monitoring/. Fixed words come before indicators."""

from django.urls import include, path

from monitoring import views

urlpatterns = [
    path("monitoring/", views.monitoring, name="monitoring"),
    path("monitoring/erkenntnisse/", include("monitoring.findings.urls")),
    path("monitoring/befragungen/", include("monitoring.surveys.urls")),
    path("monitoring/raum/", include("monitoring.areas.urls")),
    path("monitoring/<slug:slug>/", views.indicator, name="indicator"),
    path(
        "monitoring/<slug:slug>/fassung/<int:number>/",
        include("monitoring.drawing.urls"),
    ),
    path(
        "monitoring/<slug:slug>/fassung/<int:number>/",
        views.indicator_release,
        name="indicator_release",
    ),
]

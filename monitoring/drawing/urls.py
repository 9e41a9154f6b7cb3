"""Charts of a release: files and frames; below /monitoring/<slug>/fassung/<number>/."""

from django.urls import path

from monitoring.drawing import views

urlpatterns = [
    path(
        "einbetten/<slug:chart>/",
        views.indicator_embed,
        name="indicator_embed",
    ),
    path("<slug:chart>.<slug:kind>", views.indicator_chart, name="indicator_chart"),
]

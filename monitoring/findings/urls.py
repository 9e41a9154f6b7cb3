"""Addresses of findings: /monitoring/erkenntnisse/."""

from django.urls import path

from monitoring.findings import views

urlpatterns = [
    path("", views.findings, name="findings"),
    path("<slug:slug>/", views.finding, name="finding"),
]

"""Addresses of the pictures of districts: /monitoring/raum/."""

from django.urls import path

from monitoring.areas import views

urlpatterns = [
    path("", views.areas, name="areas"),
    path("<slug:key>/", views.area, name="area"),
    path("<slug:key>/steckbrief.pdf", views.area_pdf, name="area_pdf"),
]

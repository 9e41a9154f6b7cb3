"""Addresses of open data: /daten/, without language."""

from django.urls import path

from monitoring.opendata import views

urlpatterns = [
    path("", views.open_data, name="open_data"),
    path("katalog.<slug:kind>", views.open_data_catalogue, name="open_data_catalogue"),
    path("<slug:slug>/", views.open_data_set, name="open_data_set"),
    path("<slug:slug>/werte.csv", views.csv, name="open_data_csv"),
    path("<slug:slug>/datapackage.json", views.package, name="open_data_package"),
    path("<slug:slug>/<int:number>/werte.csv", views.csv, name="open_data_release_csv"),
    path(
        "<slug:slug>/<int:number>/datapackage.json",
        views.package,
        name="open_data_release_package",
    ),
]

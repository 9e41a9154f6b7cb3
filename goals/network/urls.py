from django.urls import path

from goals.network import views

urlpatterns = [
    path("", views.network, name="network"),
    path("verzeichnis/", views.directory, name="directory"),
    path("termine.ics", views.network_calendar, name="network_calendar"),
    path("<slug:slug>/", views.body, name="body"),
    path("<slug:slug>/termine.ics", views.body_calendar, name="body_calendar"),
]

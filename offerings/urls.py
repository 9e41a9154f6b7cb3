from django.urls import include, path

from offerings import views

urlpatterns = [
    path("angebote/", views.offerings, name="offerings"),
    path("angebote/karte/", views.offerings_map, name="offerings_map"),
    path("angebote/<slug:slug>.ics", views.offering_calendar, name="offering_calendar"),
    path("angebote/<slug:slug>/", views.offering, name="offering"),
    path("vorschau/<str:token>/", views.offering_preview, name="offering_preview"),
    path("merkliste/", views.kept, name="kept"),
    path("anbieter/<slug:slug>/", views.provider, name="provider"),
    path("familie/", include("offerings.family.urls")),
]

from django.urls import path

from offerings import views

urlpatterns = [
    path("angebote/", views.offerings, name="offerings"),
    path("angebote/<slug:slug>/", views.offering, name="offering"),
    path("anbieter/<slug:slug>/", views.provider, name="provider"),
]

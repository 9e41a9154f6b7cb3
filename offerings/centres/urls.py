from django.urls import path

from offerings.centres import views

urlpatterns = [
    path("familienzentren/", views.family_centres, name="family_centres"),
    path("familienzentren/<slug:slug>/", views.family_centre, name="family_centre"),
    path(
        "einbetten/familienzentren/<slug:slug>/",
        views.family_centre_embed,
        name="family_centre_embed",
    ),
]

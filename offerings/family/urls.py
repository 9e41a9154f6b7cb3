from django.urls import path

from offerings.family import views

urlpatterns = [
    path("", views.family, name="family"),
    path("willkommensbesuch/", views.welcome_visit, name="welcome_visit"),
    path("neu-in-herne/", views.new_in_herne, name="new_in_herne"),
]

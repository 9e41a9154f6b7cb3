from django.urls import path

from herne_bildung.city import views

urlpatterns = [
    path("schulen/", views.schools, name="schools"),
    path("schulen/<slug:slug>/", views.school, name="school"),
]

from django.urls import path

from herne_bildung.portal import views

urlpatterns = [
    path("", views.home, name="home"),
]

from django.urls import path

from offerings.family import views

urlpatterns = [path("", views.family, name="family")]

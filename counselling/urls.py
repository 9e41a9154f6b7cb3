from django.urls import path

from counselling import views
from counselling.finder.views import finder

urlpatterns = [
    path("beratung/finden/", views.offices, name="finder"),
    path("beratung/", views.offices, name="offices"),
    path("beratung/finden/", finder, name="finder"),
    path("beratung/<slug:slug>/", views.office, name="office"),
]

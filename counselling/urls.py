from django.urls import path

from counselling import views

urlpatterns = [
    path("beratung/finden/", views.offices, name="finder"),
    path("beratung/", views.offices, name="offices"),
    path("beratung/<slug:slug>/", views.office, name="office"),
]

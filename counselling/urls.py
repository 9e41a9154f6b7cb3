from django.urls import path

from counselling import views
from counselling.finder.views import finder
from counselling.routes import views as routes

urlpatterns = [
    path("beratung/", views.offices, name="offices"),
    path("beratung/finden/", finder, name="finder"),
    path("beratung/<slug:slug>/", views.office, name="office"),
    path("beratung/<slug:slug>/zettel/", views.slip, name="slip"),
    path("wege/", routes.routes, name="routes"),
    path("wege/<slug:slug>/", routes.route, name="route"),
]

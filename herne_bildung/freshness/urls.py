from django.urls import path

from herne_bildung.freshness import views
from herne_bildung.freshness.views import reports

urlpatterns = [
    path(
        "fehler-melden/<slug:kind>/<int:entry>/",
        reports.report_error,
        name="report_error",
    ),
    path(
        "fehler-melden/<slug:kind>/<int:entry>/danke/",
        reports.error_reported,
        name="error_reported",
    ),
    path(
        "pflege/einladung/<str:token>/", views.care_invitation, name="care_invitation"
    ),
    path("pflege/<str:token>/", views.care, name="care"),
    path("pflege/<str:token>/abmelden/", views.care_opt_out, name="care_opt_out"),
    path("pflege/<str:token>/<int:item>/", views.care_correct, name="care_correct"),
    path("pflege/<str:token>/<int:item>/beendet/", views.care_ended, name="care_ended"),
    path(
        "pflege/<str:token>/<int:item>/abgeben/",
        views.care_not_mine,
        name="care_not_mine",
    ),
]

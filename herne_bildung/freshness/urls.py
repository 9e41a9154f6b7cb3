from django.urls import path

from herne_bildung.freshness import views
from herne_bildung.freshness.views import reports
from herne_bildung.freshness.views import subscriptions as following

urlpatterns = [
    path(
        "abo/bestaetigen/<str:token>/",
        following.subscription_confirm,
        name="subscription_confirm",
    ),
    path("abo/verwalten/<str:token>/", following.subscriptions, name="subscriptions"),
    path(
        "abo/abmelden/<str:token>/",
        following.subscriptions_end,
        name="subscriptions_end",
    ),
    path("abo/beendet/", following.subscriptions_ended, name="subscriptions_ended"),
    path("abo/<slug:word>/<str:key>/", following.subscribe, name="subscribe"),
    path(
        "abo/<slug:word>/<str:key>/danke/",
        following.subscription_asked,
        name="subscription_asked",
    ),
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

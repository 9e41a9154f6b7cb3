"""Pages of what waits, under /verwaltung/freigaben/."""

from django.urls import path

from herne_bildung.portal.approvals import views

urlpatterns = [
    path("", views.approvals, name="approvals"),
    path("veroeffentlicht/", views.published, name="approvals_published"),
    path("<int:pk>/", views.approval, name="approval"),
]

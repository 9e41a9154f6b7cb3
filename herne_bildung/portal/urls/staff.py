"""Pages for staff beside the administration; the session cookie reaches them."""

from django.urls import path

from herne_bildung.portal.views.components import components_for_staff

urlpatterns = [
    path("bausteine/<slug:language>/", components_for_staff, name="staff_components"),
]

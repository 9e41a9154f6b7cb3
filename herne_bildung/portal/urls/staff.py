"""Pages for staff beside the administration; the session cookie reaches them."""

from django.urls import include, path
from django.views.generic import RedirectView

from herne_bildung.portal.accounts import people_page
from herne_bildung.portal.accounts.own_login import to_sign_in
from herne_bildung.portal.gaps.views import gap_finder
from herne_bildung.portal.views.components import components_for_staff

urlpatterns = [
    path("freigaben/", include("herne_bildung.portal.approvals.urls")),
    path("konto/", include("herne_bildung.portal.accounts.urls")),
    path("luecken/", gap_finder, name="gaps"),
    path("personen/", people_page.people_page, name="people"),
    path("personen/einladen/", people_page.invite_page, name="people_invite"),
    path(
        "personen/<int:pk>/uebergabe/",
        people_page.handover_page,
        name="people_handover",
    ),
    path("personen/<int:pk>/entfernen/", people_page.remove_page, name="people_remove"),
    # Instead of Django's own pages of these addresses.
    path("login/", to_sign_in),
    path(
        "password_change/", RedirectView.as_view(pattern_name="account_change_password")
    ),
    path("bausteine/<slug:language>/", components_for_staff, name="staff_components"),
]

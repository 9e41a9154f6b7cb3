"""Pages of the portal itself, below the language."""

from django.urls import path

from herne_bildung.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("suche/", views.site_search, name="site_search"),
    path("nebeneinander/", views.side_by_side, name="side_by_side"),
    path("feed/", views.feed, name="feed"),
    path("ueber/", views.about, name="about"),
    path("impressum/", views.imprint, name="imprint"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("barrierefreiheit/", views.accessibility, name="accessibility"),
    path("barrierefreiheit/melden/", views.report_barrier, name="report_barrier"),
    path("barrierefreiheit/danke/", views.barrier_reported, name="barrier_reported"),
    path("_bausteine/", views.components, name="components"),
]

"""Addresses of the portal: language first, German path words.

`i18n_patterns` takes the language that PublicPageMiddleware read from the address.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from herne_bildung.portal import views

admin.site.site_header = admin.site.site_title = "Lernen! in Herne"
admin.site.index_title = _("Administration")

handler400 = "herne_bildung.portal.views.bad_request"
handler403 = "herne_bildung.portal.views.forbidden"
handler404 = "herne_bildung.portal.views.not_found"
handler500 = "herne_bildung.portal.views.server_error"

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("verwaltung/", include("herne_bildung.portal.urls.staff")),
    path("verwaltung/", include("herne_bildung.freshness.admin.urls")),
    path("verwaltung/", include("herne_bildung.portal.exchange.urls")),
    path("verwaltung/", admin.site.urls),
    path("", include("herne_bildung.portal.urls.machines")),
    path("", include("herne_bildung.city.file_views")),
    path("daten/", include("monitoring.opendata.urls")),
    *i18n_patterns(
        path("", include("herne_bildung.portal.urls.pages")),
        path("", include("herne_bildung.city.urls")),
        path("", include("herne_bildung.freshness.urls")),
        path("", include("offerings.urls")),
        path("", include("counselling.urls")),
        path("", include("goals.urls")),
        path("", include("monitoring.urls")),
    ),
]

"""Pages of tables under /verwaltung/; the session cookie reaches them."""

from django.urls import path

from herne_bildung.portal.exchange import views

urlpatterns = [
    path("tabellen/", views.exchange, name="exchange"),
    path("tabellen/<int:pk>/", views.one_import, name="exchange_import"),
    path("tabellen/<int:pk>/fehler.csv", views.problems_csv, name="exchange_problems"),
    path(
        "tabellen/vorlage/<slug:name>.<slug:form>",
        views.template,
        name="exchange_template",
    ),
]

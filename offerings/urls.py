from django.urls import include, path

from offerings import views
from offerings.printing import folder_views
from offerings.printing import order_views as orders
from offerings.printing import views as printing

urlpatterns = [
    path("angebote/", views.offerings, name="offerings"),
    path("angebote/karte/", views.offerings_map, name="offerings_map"),
    path("angebote/termine.ics", views.offerings_calendar, name="offerings_calendar"),
    path("angebote/heft/", orders.booklet, name="booklet"),
    path("druck/<str:token>/", orders.print_order, name="print_order"),
    path("druck/<str:token>/datei.pdf", orders.print_file, name="print_file"),
    path("angebote/<slug:slug>.ics", views.offering_calendar, name="offering_calendar"),
    path("angebote/<slug:slug>/", views.offering, name="offering"),
    path(
        "angebote/<slug:slug>/aushang.pdf",
        printing.offering_poster,
        name="offering_poster",
    ),
    path("vorschau/<str:token>/", views.offering_preview, name="offering_preview"),
    path("merkliste/", views.kept, name="kept"),
    path("merkliste/drucken/", views.kept_paper, name="kept_paper"),
    path("anbieter/<slug:slug>/", views.provider, name="provider"),
    path("familie/mappe/", folder_views.family_folder, name="family_folder"),
    path("familie/", include("offerings.family.urls")),
    path("", include("offerings.centres.urls")),
]

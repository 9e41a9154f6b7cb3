"""Pages of the administration beside Django's own; the session cookie reaches them."""

from django.urls import path

from herne_bildung.freshness.admin import calls, overview, own

urlpatterns = [
    path("pflege/", overview.overview, name="care_overview"),
    path("pflege/zahlen.csv", overview.overview_csv, name="care_figures"),
    path("meine-eintraege/", own.my_entries, name="my_entries"),
    path("anrufe/", calls.call_list, name="call_list"),
    path("anrufe/nehmen/", calls.take, name="call_take"),
    path("anrufe/ergebnis/", calls.result, name="call_result"),
    path("anrufe/<int:pk>/geaendert/", calls.changed, name="call_changed"),
    path("anrufe/<int:pk>/beendet/", calls.ended, name="call_ended"),
]

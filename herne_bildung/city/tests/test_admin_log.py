"""The log of the portal: read by leads, edited by nobody."""

import pytest
from django.urls import reverse

from herne_bildung.city import audit
from herne_bildung.city.models import AuditEntry
from herne_bildung.city.rights import LEADS, OFFICE
from herne_bildung.city.tests.administration import signed_in

pytestmark = pytest.mark.django_db
LOG = "/verwaltung/city/auditentry/"


def test_leads_read_the_log_and_nobody_edits_it(client):
    lead = signed_in(client, LEADS)
    entry = audit.record(audit.Action.EXPORTED, by=lead, about="Angebote", rows=12)

    page = client.get(LOG, {"q": "Angebote"})
    edit = client.post(
        reverse("admin:city_auditentry_change", args=[entry.pk]), {"about": "nichts"}
    )
    removal = client.post(
        LOG, {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"}
    )

    assert [str(one) for one in page.context["cl"].result_list] == [str(entry)]
    assert "rows: 12" in page.text
    assert (edit.status_code, removal.status_code) == (403, 200)
    # A list without any action is shown again.
    assert AuditEntry.objects.get(pk=entry.pk).about == "Angebote"


def test_the_log_is_for_leads_only(client):
    signed_in(client, OFFICE)

    assert client.get(LOG).status_code == 403

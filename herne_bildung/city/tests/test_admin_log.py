"""The log of the portal: read by leads, edited by nobody."""

import ast

import pytest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from herne_bildung.city import audit
from herne_bildung.city.admin.log_words import KEYS, UNSAID, VALUES, details_in_words
from herne_bildung.city.models import AuditEntry, Organisation, User
from herne_bildung.city.rights import LEADS, OFFICE
from herne_bildung.city.tests.administration import signed_in
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.tests.sources import modules

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
    assert f"{gettext('rows')}: 12" in page.text
    assert (edit.status_code, removal.status_code) == (403, 200)
    # A list without any action is shown again.
    assert AuditEntry.objects.get(pk=entry.pk).about == "Angebote"


def test_the_log_is_for_leads_only(client):
    signed_in(client, OFFICE)

    assert client.get(LOG).status_code == 403


def words(about="", **details) -> str:
    return details_in_words(audit.record("exported", about=about, **details))


def label(model, name: str) -> str:
    return capfirst(str(model._meta.get_field(name).verbose_name))


def test_details_are_said_in_words():
    said = {
        words(
            rows=12,
            form="csv",
            model="city.organisation",
            filters=["q", "status__exact", "gone"],
        ): f"{gettext('rows')}: 12, Datei: CSV, Filter: Suche, Status, gone",
        words(given=["group Leitung", "language tr", "manager Kita", "is_active"]): (
            f"{pgettext('rights', 'given')}: Gruppe Leitung, übersetzt in Türkisch, "
            f"Kita (Leitung), {label(User, 'is_active')}"
        ),
        words(what="login closed", why="unused since 2026-01-31"): (
            "Zugang geschlossen, Grund: "
            + gettext("unused since %(day)s") % {"day": "31.01.2026"}
        ),
        words(make_organisation(), is_trusted="", parent="AWO"): (
            f"{label(Organisation, 'is_trusted')}: Nein, "
            f"{label(Organisation, 'parent')}: AWO"
        ),
        words(former_name="as it was kept"): "former_name: as it was kept",
    }

    assert list(said) == list(said.values())


def test_every_detail_that_is_recorded_has_words():
    """Names of details, and what code says itself of `what`, `why` and `reason`."""
    unknown = []
    for module, _path, tree in modules(apart_from={"tests"}):
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not is_record(call):
                continue
            for one in call.keywords:
                if one.arg in {None, "by", "about"} | KEYS.keys() | UNSAID:
                    value = getattr(one.value, "value", None)
                    if one.arg not in {"what", "why", "reason"} or value in VALUES:
                        continue
                    if not isinstance(value, str):
                        continue
                unknown.append((module, one.arg))

    assert unknown == []


def is_record(call: ast.Call) -> bool:
    return getattr(call.func, "attr", "") == "record" and "audit" in ast.dump(call.func)

"""Family centres as entries that their people confirm."""

import pytest
from django.utils.translation import override

from herne_bildung.city.models import NetworkLink, Organisation, SearchDocument
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.entries import confirm
from herne_bildung.freshness.actions.sync import sync, sync_all
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.lib import clock, page_cache
from offerings.centres.care import FamilyCentreCorrection
from offerings.followed_changes import follow_centres
from offerings.models import FamilyCentre
from offerings.tests.centres import make_centre

pytestmark = pytest.mark.django_db
PAGE = "/de/familienzentren/eins/"


def entry_of(centre: FamilyCentre) -> MaintainedEntry:
    sync("family_centre", [centre.pk])
    return MaintainedEntry.objects.get(kind="family_centre", object_id=centre.pk)


def test_the_engine_looks_after_hours_and_kitas_of_real_centres():
    centre = make_centre("Eins")
    make_centre("Erfunden", organisation={"is_sample": True})
    make_centre("Verein", organisation={"kind": "other"})

    sync_all()

    rows = MaintainedEntry.objects.filter(kind="family_centre")
    assert [(row.object_id, sorted(row.groups)) for row in rows] == [
        (centre.pk, ["hours", "kitas"])
    ]
    assert rows.get().organisation_id == centre.organisation_id


def test_what_the_confirm_page_shows():
    kita = make_organisation("Kita Löwenzahn")
    centre = make_centre("Eins", kitas=[kita], hours=[(0, "09:00", "11:00")])
    kind = kinds()["family_centre"]

    with override("en"):
        facts = kind.facts(kind.get(centre.pk), "en")

    assert {
        name: [(fact.label, [line.text for line in fact.lines]) for fact in found]
        for name, found in facts.items()
    } == {
        "hours": [
            ("Consultation hours", ["Monday \u206609:00–11:00\u2069"]),
            ("Note", []),
        ],
        "kitas": [("Its Kitas", ["Kita Löwenzahn"]), ("Certificate", [])],
    }


def test_a_change_of_kitas_outdates_their_confirmation_alone():
    centre = make_centre("Eins", hours=[(0, "09:00", "11:00")])
    confirm(entry_of(centre), groups=["hours", "kitas"], how="phone")
    NetworkLink.objects.create(centre=centre.organisation, member=make_organisation())

    entry = entry_of(centre)

    changed = {name for name, group in entry.groups.items() if group.get("changed")}
    assert changed == {"kitas"}


def test_hiding_a_centre_hides_its_organisation_and_showing_brings_both_back(client):
    centre = make_centre("Eins")
    kind, seen = kinds()["family_centre"], []
    for act in (kind.hide, kind.show, kind.end):
        act(kind.get(centre.pk))
        page_cache.outdate()
        document = SearchDocument.objects.get(kind="family_centre")
        seen.append((client.get(PAGE).status_code, document.is_public))

    assert seen == [(404, False), (200, True), (410, False)]
    assert Organisation.objects.get().status == Organisation.Status.HISTORIC


def test_page_says_when_it_was_confirmed_and_where_errors_are_told(client):
    centre = make_centre("Eins", hours=[(0, "09:00", "11:00")])
    confirm(entry_of(centre), groups=["hours", "kitas"], how="phone")

    page = client.get(PAGE)

    shown = page.context["page_of"]
    assert (shown.freshness.is_confirmed, shown.report_url) == (
        True,
        f"/de/fehler-melden/family_centre/{centre.pk}/",
    )
    assert client.get(shown.report_url).status_code == 200


def test_its_people_correct_note_and_certificate():
    centre = make_centre("Eins")

    form = FamilyCentreCorrection(
        {"consultation_note_de": "Bitte klingeln", "certificate_until": "2031-07-31"},
        instance=centre,
    )

    assert form.is_valid(), form.errors
    assert list(form.fields) == ["consultation_note_de", "certificate_until"]


def test_search_follows_the_names_of_kitas():
    kita = make_organisation("Kita Alt")
    make_centre("Eins", kitas=[kita])
    began = clock.now()
    Organisation.objects.filter(pk=kita.pk).update(name_de="Kita Neu", updated_at=began)

    follow_centres(began)

    assert "neu" in SearchDocument.objects.get(kind="family_centre").fuzzy_text

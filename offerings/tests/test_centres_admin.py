"""Family centres in the administration: who changes what, history, coverage."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from herne_bildung.city.models import EntryVersion, Membership, WaitingVersion
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
)
from herne_bildung.lib import clock
from offerings.centres.coverage import coverage
from offerings.choices import QualityArea
from offerings.models import FamilyCentre
from offerings.tests.administration import listed, signed_in
from offerings.tests.centres import make_centre
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]
LIST = "/verwaltung/offerings/familycentre/"
COVERAGE = f"{LIST}abdeckung/"


def change_page(centre: FamilyCentre) -> str:
    return reverse("admin:offerings_familycentre_change", args=[centre.pk])


def fields(centre: FamilyCentre, **changed: object) -> dict[str, object]:
    sent = {
        "organisation": centre.organisation_id,
        "certificate_from": "",
        "certificate_until": "",
        "consultation_note_de": "",
        "consultation_hours-TOTAL_FORMS": 1,
        "consultation_hours-INITIAL_FORMS": 0,
        "consultation_hours-0-weekday": 1,
        "consultation_hours-0-opens": "09:00",
        "consultation_hours-0-closes": "11:00",
    }
    return sent | changed


def own_centre(client, *, is_trusted: bool) -> FamilyCentre:
    centre = make_centre("Eigenes", organisation={"is_trusted": is_trusted})
    person = signed_in(client, PROVIDERS)
    make_membership(person, centre.organisation, Membership.Role.MANAGER)
    return centre


def test_office_enters_a_centre_with_hours_and_certificate(client):
    person = signed_in(client, OFFICE)
    organisation = make_organisation("Neues", slug="neues", kind="family_centre")
    blank = FamilyCentre(organisation=organisation)

    response = client.post(f"{LIST}add/", fields(blank, certificate_until="2028-07-31"))

    assert response.status_code == 302
    centre = FamilyCentre.objects.get()
    assert (centre.certificate_until, centre.is_sample) == (date(2028, 7, 31), False)
    assert centre.consultation_hours.count() == 1
    version = EntryVersion.objects.get(model="offerings.familycentre")
    assert (version.by, version.snapshot["certificate_until"]) == (person, "2028-07-31")
    assert client.get("/de/familienzentren/neues/").status_code == 200
    history = reverse("admin:offerings_familycentre_history", args=[centre.pk])
    assert client.get(history).status_code == 200


def test_only_an_organisation_of_that_kind_becomes_a_centre(client):
    signed_in(client, OFFICE)
    organisation = make_organisation("Verein")

    response = client.post(
        f"{LIST}add/", fields(FamilyCentre(organisation=organisation))
    )

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["organisation"]
    assert not FamilyCentre.objects.exists()


def test_own_people_change_hours_but_not_the_certificate(client):
    centre = own_centre(client, is_trusted=True)
    make_centre("Fremdes")

    assert listed(client.get(LIST)) == ["Eigenes"]
    response = client.post(
        change_page(centre), fields(centre, certificate_until="2099-01-01")
    )

    assert response.status_code == 302
    centre.refresh_from_db()
    assert centre.certificate_until is None
    assert centre.consultation_hours.count() == 1


def test_what_people_without_trust_change_waits(client):
    centre = own_centre(client, is_trusted=False)

    client.post(change_page(centre), fields(centre))

    assert not centre.consultation_hours.exists()
    assert WaitingVersion.objects.get().model == "offerings.familycentre"


def test_lines_of_html_are_shown_and_not_run(client):
    signed_in(client, OFFICE)

    text = client.get(change_page(make_centre("Eins"))).text

    assert "<iframe" not in text
    for language in ("de", "ar"):
        assert f"/{language}/einbetten/familienzentren/eins/&quot; title=" in text


@pytest.mark.parametrize(("group", "may"), [(OFFICE, 200), (ADVISERS, 403)])
def test_office_reads_the_coverage(client, group, may):
    signed_in(client, group)

    assert client.get(COVERAGE).status_code == may


def test_providers_see_no_coverage_and_add_no_centre(client):
    own_centre(client, is_trusted=True)

    assert client.get(COVERAGE).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert COVERAGE not in client.get(LIST).text


def test_other_peoples_centre_cannot_be_reached(client):
    own_centre(client, is_trusted=True)
    other = make_centre("Fremdes")

    response = client.post(change_page(other), fields(other))

    assert response.status_code in {302, 403}
    assert not other.consultation_hours.exists()


def test_coverage_counts_offers_of_centre_and_kitas_and_names_gaps():
    kita = make_organisation("Kita")
    centre = make_centre("Eins", kitas=[kita])
    make_organisation("Ohne Profil", kind="family_centre")
    make_offering(provider=kita, quality_areas=[QualityArea.NEIGHBOURHOOD])
    make_offering(
        provider=centre.organisation,
        quality_areas=[QualityArea.NEIGHBOURHOOD, QualityArea.FAMILY_EDUCATION],
    )
    make_offering(provider=centre.organisation)
    make_offering(provider=kita, state="draft", quality_areas=["child_day_care"])

    with override("en"):
        found = coverage()
        [row] = found.rows
        gaps = row.gaps

    assert (row.counts, row.without_area, row.kitas) == ((1, 0, 0, 0, 2), 1, 1)
    assert gaps == ["Family counselling", "Child day care", "Family and work"]
    assert found.covered == [1, 0, 0, 0, 1]
    assert [str(one) for one in found.without_profile] == ["Ohne Profil"]


@pytest.mark.parametrize("number", [1, 3])
def test_coverage_asks_as_much_for_many(django_assert_num_queries, number):
    for one in range(number):
        make_centre(f"Zentrum {one}", kitas=[make_organisation()])

    with django_assert_num_queries(8):
        assert len(coverage().rows) == number


def test_coverage_as_a_table_has_no_samples(client):
    signed_in(client, OFFICE)
    make_centre("Echt")
    make_centre("Erfunden", organisation={"is_sample": True})

    response = client.get(COVERAGE, {"file": "csv"})

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response).decode("utf-8-sig")
    assert [line.split(";")[0].strip('"') for line in text.splitlines()[1:]] == ["Echt"]


def test_list_filters_by_the_end_of_the_certificate(client):
    signed_in(client, OFFICE)
    today = clock.today()
    for name, end in (
        ("Vorbei", today - timedelta(days=1)),
        ("Bald", today + timedelta(days=30)),
        ("Lange", today + timedelta(days=800)),
        ("Unbekannt", None),
    ):
        make_centre(name, certificate_until=end)

    found = {
        state: listed(client.get(LIST, {"certificate": state}))
        for state in ("ended", "ending", "valid", "unknown")
    }

    assert found == {
        "ended": ["Vorbei"],
        "ending": ["Bald"],
        "valid": ["Lange"],
        "unknown": ["Unbekannt"],
    }

"""Bodies in the administration."""

from datetime import date

import pytest
from django.urls import reverse

from goals.models import Body, BodyDate
from goals.tests.administration import form_of, sent, signed_in
from goals.tests.factories import make_body, make_body_date
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_organisation

pytestmark = pytest.mark.django_db
ADD = "/verwaltung/goals/body/add/"


def filled_in(client, **values) -> dict:
    """The form of a new body."""
    return sent(client.get(ADD), kind="working_group", state="published", **values)


def test_a_new_body_has_an_address_and_is_on_the_site(client):
    signed_in(client, LEADS)

    client.post(ADD, filled_in(client, name_de="Arbeitskreis Lesen", task_de="Liest."))

    body = Body.objects.get(name_de="Arbeitskreis Lesen")
    assert (body.slug, body.state) == ("arbeitskreis-lesen", "published")
    page = client.get("/de/ziele/netzwerk/arbeitskreis-lesen/")
    assert page.context["body"].task.text == "Liest."


def test_an_organisation_needs_no_second_name(client):
    signed_in(client, OFFICE)
    organisation = make_organisation("Verzeichnis")

    client.post(ADD, filled_in(client, organisation=organisation.pk))
    refused = client.post(ADD, filled_in(client))

    assert [(one.slug, str(one)) for one in Body.objects.all()] == [
        ("verzeichnis-2", "Verzeichnis")
    ]
    assert refused.context["errors"]


def test_dates_are_entered_with_their_body_and_kept_in_its_history(client):
    signed_in(client, OFFICE)
    body = make_body("Kreis", state="draft")
    old = make_body_date(body, date(2020, 1, 1))
    values = sent(client.get(form_of(body)))
    values |= {
        "dates-TOTAL_FORMS": "1",
        "dates-0-day": "2026-12-01",
        "dates-0-starts_at": "14:00",
        "dates-0-is_public": "on",
        "dates-0-title_de": "Treffen",
    }

    client.post(form_of(body), values)

    assert [(one.day, one.title_de) for one in BodyDate.objects.filter(body=body)] == [
        (old.day, ""),
        (date(2026, 12, 1), "Treffen"),
    ]
    version = EntryVersion.objects.filter(model="goals.body").latest("pk")
    assert len(version.snapshot["dates"]) == 2


def test_who_reads_what(client):
    draft, internal, public = (
        make_body(f"Kreis {state}", state=state)
        for state in ("draft", "internal", "published")
    )
    changelist = reverse("admin:goals_body_changelist")

    signed_in(client, ADVISERS)
    read = client.get(changelist)
    forms = [client.get(form_of(one)).status_code for one in (draft, internal, public)]
    refused = client.post(form_of(public), {"name_de": "Anders"}).status_code
    signed_in(client, PROVIDERS)
    foreign = client.get(form_of(public)).status_code

    assert set(read.context["cl"].queryset) == {internal, public}
    assert (forms[1:], refused) == ([200, 200], 403)
    assert forms[0] != 200
    assert foreign != 200

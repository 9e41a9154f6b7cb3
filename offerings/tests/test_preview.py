"""An offer before it is public: from its form, and behind a link."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from herne_bildung.city.models import EntryVersion, Organisation, WaitingVersion
from herne_bildung.city.rights import LEADS
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.lib.token_addresses import without_tokens
from offerings.models import CostOption, Offering, OfferingIndex
from offerings.preview import preview_path
from offerings.tests.administration import ADD, change_page, provider, signed_in
from offerings.tests.factories import make_offering
from offerings.tests.forms_in_pages import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]
PREVIEW = {"_preview": "1", "preview_language": "de"}
TABLES = (Offering, CostOption, OfferingIndex, EntryVersion, WaitingVersion)


def rows() -> list[list]:
    """Everything that a saved form would have changed."""
    tables = (*TABLES, LogEntry, OutgoingMail)
    return [list(one.objects.order_by("pk").values()) for one in tables]


def priced(fields: dict) -> dict:
    return fields | {
        "cost_options-TOTAL_FORMS": "1",
        "cost_options-0-kind": "regular",
        "cost_options-0-amount": "7.50",
        "cost_options-0-per": "once",
    }


def test_preview_shows_what_is_typed_and_saves_nothing(client):
    signed_in(client, LEADS)
    offer = make_offering("Kurs", summary_de="Kurz.", state=Offering.State.DRAFT)
    fields = priced(opened(client, change_page(offer)))
    before = rows()

    shown = client.post(
        change_page(offer), fields | PREVIEW | {"title_de": "Ganz <b>neu</b>"}
    )

    page = shown.context["page_html"]
    assert "<h1>Ganz &lt;b&gt;neu&lt;/b&gt;</h1>" in page
    assert "7,50" in page
    assert "<iframe srcdoc=" in shown.content.decode()
    assert shown.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in shown.headers["Cache-Control"]
    assert rows() == before


def test_preview_of_a_new_offer_in_another_language(client):
    signed_in(client, LEADS)
    fields = opened(client, ADD) | {
        "title_de": "Neu",
        "summary_de": "Kurz.",
        "title_ar": "جديد",
        **PREVIEW,
        "preview_language": "ar",
    }

    page = client.post(ADD, fields).context["page_html"]

    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>جديد</h1>" in page
    assert Offering.objects.count() == 0


def test_preview_by_who_may_not_publish_lets_nothing_wait(client):
    offer = make_offering("Kurs", summary_de="Kurz.", provider=provider(client))
    fields = opened(client, change_page(offer))
    before = rows()

    shown = client.post(change_page(offer), fields | PREVIEW | {"title_de": "Neu"})

    assert "<h1>Neu</h1>" in shown.context["page_html"]
    assert rows() == before


def test_faults_are_named_instead(client):
    signed_in(client, LEADS)
    offer = make_offering("Kurs", summary_de="Kurz.")
    fields = opened(client, change_page(offer))

    shown = client.post(change_page(offer), fields | PREVIEW | {"title_de": ""})

    assert len(shown.context["faults"]) == 1
    assert "srcdoc" not in shown.content.decode()


def test_a_stranger_gets_no_preview(client):
    offer = make_offering("Kurs", summary_de="Kurz.")
    provider(client)

    shown = client.post(change_page(offer), PREVIEW)

    assert (shown.status_code, shown.context) == (302, None)


# --- the link ----------------------------------------------------------------


@pytest.fixture
def draft() -> Offering:
    return make_offering("Entwurf", summary_de="Kurz.", state=Offering.State.DRAFT)


def test_link_shows_a_draft_without_a_login_and_without_traces(client, draft):
    shown = client.get(preview_path(draft))

    page = shown.content.decode()
    assert "<h1>Entwurf</h1>" in page
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert (shown.cookies.output(), client.get("/de/angebote/").status_code) == (
        "",
        200,
    )
    assert client.get(f"/de/angebote/{draft.slug}/").status_code == 404


def test_link_ends_with_the_next_saving(client, draft):
    path = preview_path(draft)
    draft.save()

    assert client.get(path).status_code == 410
    assert client.get(preview_path(draft)).status_code == 200


def test_link_ends_after_14_days(client, draft):
    path = preview_path(draft)

    with patch("django.core.signing.time.time", lambda: later(draft)):
        assert client.get(path).status_code == 410


def later(draft: Offering) -> float:
    return (draft.updated_at + timedelta(days=15)).timestamp()


def test_link_of_what_is_public_by_now_leads_there(client, draft):
    path = preview_path(draft)
    Offering.objects.filter(pk=draft.pk).update(state=Offering.State.PUBLISHED)

    assert client.get(path).status_code == 410


@pytest.mark.parametrize(
    "values",
    [
        {"state": Offering.State.PUBLISHED},
        {"state": Offering.State.ARCHIVED},
        {"state": Offering.State.DRAFT, "is_sample": True},
    ],
)
def test_only_drafts_that_are_no_samples_have_a_link(values):
    assert preview_path(make_offering("Kurs", **values)) == ""


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "W10:1:x", "9" * 2000])
def test_hostile_tokens_are_no_error(client, token):
    assert client.get(f"/de/vorschau/{token}/").status_code in {404, 410}


def test_the_form_names_the_link_and_logs_do_not(client, draft):
    signed_in(client, LEADS)

    link = client.get(change_page(draft)).context["preview_link"]

    path = link[link.index("/de/") :]
    assert client.get(path).status_code == 200
    assert without_tokens(f"GET {path} 200") == "GET /de/vorschau/…/ 200"


# --- the link of a change that waits -----------------------------------------


@pytest.fixture
def changed(client) -> Offering:
    """On the site; its provider has sent a change, and is signed in."""
    own = provider(client)
    offer = make_offering("Kurs", summary_de="Kurz.", price="3.50", provider=own)
    fields = opened(client, change_page(offer)) | {
        "title_de": "Neuer Kurs",
        "cost_options-0-amount": "5.50",
    }
    client.post(change_page(offer), fields)
    return offer


def link_of(client, offer) -> str:
    context = client.get(change_page(offer)).context
    assert context["preview_link_is_of_change"] is True
    return context["preview_link"].partition("/de/")[2]


def test_link_of_a_change_shows_it_and_writes_nothing(client, changed):
    path = f"/de/{link_of(client, changed)}"
    before = rows()

    page = Client().get(path)

    assert "<h1>Neuer Kurs</h1>" in page.text
    assert ["5,50" in page.text, "3,50" in page.text] == [True, False]
    assert page.headers["Cache-Control"] == "no-store"
    assert rows() == before
    assert "<h1>Kurs</h1>" in client.get(f"/de/angebote/{changed.slug}/").text


@pytest.mark.parametrize(
    "end",
    [
        lambda found: WaitingVersion.objects.update(state="accepted"),
        lambda found: WaitingVersion.objects.update(
            snapshot={**found.snapshot, "title_de": "Anders"}
        ),
        lambda found: Offering.objects.all().delete(),
        lambda found: Offering.objects.update(is_sample=True),
    ],
)
def test_link_of_a_change_ends_with_the_change(client, changed, end):
    path = f"/de/{link_of(client, changed)}"

    end(WaitingVersion.objects.get())

    assert Client().get(path).status_code == 410


def test_preview_button_shows_the_change_with_what_is_typed(client, changed):
    fields = opened(client, change_page(changed)) | {"summary_de": "Länger."}

    shown = client.post(change_page(changed), fields | PREVIEW)

    page = shown.context["page_html"]
    assert [one in page for one in ("Neuer Kurs", "5,50", "Länger.")] == [True] * 3


# --- who offers it -----------------------------------------------------------


def test_preview_of_an_organisation_shows_what_is_typed(client):
    own = provider(client)
    make_offering("Kurs", provider=own)
    page = f"/verwaltung/city/organisation/{own.pk}/change/"
    fields = opened(client, page) | {"name_de": "Neuer Name", "name_ar": "جديد"}
    before = [*rows(), list(Organisation.objects.values())]

    shown = client.post(page, fields | PREVIEW)
    arabic = client.post(page, fields | PREVIEW | {"preview_language": "ar"})

    assert "<h1>Neuer Name</h1>" in shown.context["page_html"]
    assert "Kurs" in shown.context["page_html"]
    assert "<h1>جديد</h1>" in arabic.context["page_html"]
    assert [*rows(), list(Organisation.objects.values())] == before


def test_preview_of_an_organisation_that_is_not_there_yet(client):
    signed_in(client, LEADS)
    page = "/verwaltung/city/organisation/add/"
    fields = opened(client, page) | {"name_de": "Neu", "slug": "neu", "kind": "other"}

    shown = client.post(page, fields | PREVIEW)

    assert "<h1>Neu</h1>" in shown.context["page_html"]
    assert not Organisation.objects.exists()

"""Sections by language in forms: how their texts stand, German beside them."""

import pytest

from herne_bildung.city.models import Organisation
from herne_bildung.city.rights import LEADS
from herne_bildung.city.tests.administration import fields_of, signed_in
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib.translation_state import mark_current, state_of

pytestmark = pytest.mark.django_db


def page_of(organisation: Organisation) -> str:
    return f"/verwaltung/city/organisation/{organisation.pk}/change/"


@pytest.fixture
def organisation() -> Organisation:
    found = make_organisation(
        "Verein",
        description_de="Wir lernen.",
        name_tr="Dernek",
        description_tr="Öğreniyoruz.",
        name_en="Club",
        description_en="We learn.",
        name_pl="Klub",
        name_ar="جمعية",
        description_ar="نتعلم",
    )
    for language in ("tr", "en", "pl", "ar"):
        for field in ("name", "description"):
            mark_current(found, field, language, is_reviewed=True)
    mark_current(found, "description", "ar", is_machine_made=True)
    found.description_en = "We learn."
    found.translation_state["en"]["name"]["hash"] = "of another text"
    found.save()
    return found


def states(page) -> dict[str, str]:
    """The kind of state that each section's heading names, by language."""
    found = {}
    for fieldset in page.context["adminform"]:
        heading = str(fieldset.name)
        if "<bdi lang=" in heading:
            language = heading.split('"')[1]
            _, mark, rest = heading.partition("language-state--")
            found[language] = rest.split('"')[0] if mark else ""
    return found


def test_each_section_says_how_its_texts_stand(client, organisation):
    signed_in(client, LEADS)

    page = client.get(page_of(organisation))

    assert states(page) == {
        "de-simple": "missing",
        "en": "outdated",
        "tr": "current",
        "ar": "unreviewed",
        "uk": "missing",
        "ru": "missing",
        "pl": "missing",
        "ro": "missing",
        "bg": "missing",
    }


def test_german_stands_beside_each_field_in_its_own_language(client, organisation):
    signed_in(client, LEADS)

    page = client.get(page_of(organisation)).content.decode()

    field = page[page.index('id="id_description_ar"') - 400 :][:1500]
    assert 'lang="ar"' in field
    assert 'dir="rtl"' in field
    assert 'data-german-of="id_description_de"' in field
    assert ">Wir lernen.</p>" in field


def test_a_new_entry_names_languages_without_states(client):
    signed_in(client, LEADS)

    page = client.get("/verwaltung/city/organisation/add/")

    assert set(states(page).values()) == {""}
    assert "العربية" in page.content.decode()


def test_one_tick_says_that_a_translation_is_still_right(client, organisation):
    signed_in(client, LEADS)

    client.post(page_of(organisation), fields_of(organisation, name_en_is_right="on"))

    organisation.refresh_from_db()
    assert state_of(organisation, "name", "en").state == "current"
    assert state_of(organisation, "name", "en").is_reviewed is True
    assert state_of(organisation, "description", "ar").is_reviewed is False


def test_saving_without_a_change_or_tick_changes_no_state(client, organisation):
    signed_in(client, LEADS)
    before = organisation.translation_state

    client.post(page_of(organisation), fields_of(organisation))

    organisation.refresh_from_db()
    assert organisation.translation_state == before


def test_a_changed_german_text_outdates_what_was_made_from_it(client, organisation):
    signed_in(client, LEADS)

    changed = fields_of(organisation, name_de="Neuer Verein", name_tr="Yeni dernek")
    client.post(page_of(organisation), changed)

    organisation.refresh_from_db()
    assert state_of(organisation, "name", "tr").state == "current"
    assert state_of(organisation, "name", "pl").state == "outdated"
    assert state_of(organisation, "description", "tr").state == "current"


@pytest.mark.parametrize("browser", ["de", "en", "tr", "ar"])
def test_german_is_needed_whatever_the_browser_speaks(client, organisation, browser):
    signed_in(client, LEADS)

    answer = client.post(
        page_of(organisation),
        fields_of(organisation, name_de="", name_en="Only English"),
        headers={"Accept-Language": browser},
    )

    assert list(answer.context["adminform"].form.errors) == ["name_de"]


def test_the_german_text_beside_it_is_the_one_just_typed(client, organisation):
    signed_in(client, LEADS)
    wrong = fields_of(organisation, name_de="Eben getippt", email="keine Adresse")

    page = client.post(page_of(organisation), wrong).content.decode()

    assert ">Eben getippt</p>" in page

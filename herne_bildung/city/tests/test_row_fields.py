"""Fields in which one chooses rows can be used without scripts, and offer no more."""

import re

import pytest
from django.urls import reverse

from herne_bildung.city.admin import row_fields
from herne_bildung.city.models import Membership
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.administration import (
    ORGANISATION,
    fields_of,
    provider,
    signed_in,
)
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_place,
    make_user,
)

pytestmark = pytest.mark.django_db
OPTION = re.compile(r'<option value="(\d*)"( selected)?')


def options(response, name: str) -> list[tuple[str, bool]]:
    """What a field names: number of the row, whether it is chosen."""
    field = str(response.context["adminform"].form[name])
    return [(value, bool(chosen)) for value, chosen in OPTION.findall(field)]


def errors(response) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


def test_page_names_all_rows_where_they_are_few_and_none_of_others(client):
    own = provider(client)
    chosen, other = make_place("Eins"), make_place("Zwei")
    own.places.add(chosen)
    second = make_organisation("Zweiter")
    second.places.add(other)
    make_membership(own.memberships.get().user, second)
    make_organisation().places.add(make_place("Fremdes Haus"))

    response = client.get(reverse(ORGANISATION, args=[own.pk]))

    assert options(response, "places") == [
        (str(chosen.pk), True),
        (str(other.pk), False),
    ]
    assert "places-words" in str(response.context["adminform"].form["places"])
    assert 'href="/verwaltung/city/place/add/" target="_blank"' in response.text


def test_without_scripts_an_address_asks_for_an_empty_row(client):
    own = make_organisation()
    signed_in(client, LEADS)
    page = reverse(
        "admin:city_user_change", args=[make_membership(make_user(), own).user_id]
    )

    rows = [
        len(client.get(f"{page}{query}").context["inline_admin_formsets"][0].forms)
        for query in ("", "?one_more=1")
    ]

    assert rows == [1, 2]


def test_where_rows_are_many_a_search_shows_what_it_found(client, monkeypatch):
    monkeypatch.setattr(row_fields, "FEW", 2)
    signed_in(client, OFFICE)
    own = make_organisation()
    kept, first, second = (make_place(name) for name in ("A", "Haus Nord", "Haus Süd"))
    own.places.add(kept)
    page = reverse(ORGANISATION, args=[own.pk])

    shown = client.get(page)
    several = client.post(page, fields_of(own, **{"places-words": "haus"}))
    one = client.post(page, fields_of(own, **{"places-words": "haus süd"}))
    none = client.post(page, fields_of(own, **{"places-words": "burg"}))

    assert options(shown, "places") == [(str(kept.pk), True)]
    assert options(several, "places") == [
        (str(first.pk), False),
        (str(second.pk), False),
        (str(kept.pk), True),
    ]
    assert options(one, "places") == [(str(second.pk), True), (str(kept.pk), True)]
    assert options(none, "places") == [(str(kept.pk), True)]
    assert [list(errors(found)) for found in (several, one, none)] == [["places"]] * 3
    assert list(own.places.all()) == [kept]


def test_search_finds_nothing_of_others(client, monkeypatch):
    monkeypatch.setattr(row_fields, "FEW", 0)
    own = provider(client)
    own.places.add(make_place("Eigenes Haus"))
    make_organisation().places.add(make_place("Fremdes Haus"))
    page = reverse(ORGANISATION, args=[own.pk])

    sent = fields_of(own, places=[], **{"places-words": "fremd\0es Haus"})
    response = client.post(page, sent)
    pressed = client.post(page, fields_of(own, places=[], _find="places"))

    assert options(response, "places") == []
    assert options(pressed, "places") == [(str(own.places.get().pk), True)]


def test_a_new_row_with_nothing_but_words_is_not_lost(client):
    signed_in(client, LEADS, is_superuser=True)
    person = make_user("neu", PROVIDERS)
    organisation = make_organisation("Haus am Park")
    sent = {
        "username": person.username,
        "language": "de",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": Membership.Role.EDITOR,
        "memberships-0-organisation-words": "park",
    }

    response = client.post(reverse("admin:city_user_change", args=[person.pk]), sent)

    [row] = response.context["inline_admin_formsets"][0].formset.forms
    found = OPTION.findall(str(row["organisation"]))
    assert (f"{organisation.pk}", " selected") in found
    assert not person.memberships.exists()

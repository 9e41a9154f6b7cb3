"""Old addresses of offers and providers: explained where something was shown once,
silent where nothing was.
"""

from datetime import timedelta

import pytest
from django.utils.translation import override

from herne_bildung.city.models import EntryVersion, Organisation
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
    make_user,
)
from herne_bildung.city.versions import note
from herne_bildung.freshness.actions.entries import end, hide
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.lib import clock
from offerings.gone import gone_offer, gone_provider
from offerings.models import Offering
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db
State = Offering.State


def care_of(kind: str, pk: int) -> MaintainedEntry:
    sync(kind, [pk])
    return MaintainedEntry.objects.get(kind=kind, object_id=pk)


def titles(cards: list[dict]) -> list[str]:
    return [card["title"]["text"] for card in cards]


def test_hidden_offer_says_why_whom_to_ask_and_what_there_is_instead(client):
    provider = make_organisation("Nähwerkstatt", slug="werkstatt", phone="02323 000")
    sewing, cooking = make_topic("Nähen"), make_topic("Kochen")
    south, north = make_district("Süd"), make_district("Nord")
    near, far = make_place(district=south), make_place(district=north)
    offering = make_offering(
        "Nähen", slug="naehen", provider=provider, topics=[sewing], places=[near]
    )
    make_offering("Häkeln", provider=provider)
    make_offering("Stricken", topics=[sewing], places=[near])
    make_offering("Weben", topics=[sewing], places=[far])
    make_offering("Kochen", topics=[cooking], places=[near])
    make_offering("Entwurf", topics=[sewing], places=[near], state=State.DRAFT)
    hide(care_of("offering", offering.pk), reason="niemand antwortet")

    response = client.get("/en/angebote/naehen/")
    with override("en"):
        gone = gone_offer("naehen", "en")

    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
    assert response.templates[0].name == "offerings/gone.html"
    assert '<meta name="robots" content="noindex">' in response.text
    assert 'href="tel:02323000"' in response.text
    assert 'href="/en/anbieter/werkstatt/"' in response.text
    assert (gone.title.text, gone.notice) == (
        "Nähen",
        "This offer is not shown at the moment.",
    )
    assert (titles(gone.same_provider), titles(gone.similar)) == (
        ["Häkeln"],
        ["Stricken"],
    )
    assert gone.similar_url == (
        f"/en/angebote/?topic={sewing.key}&district={south.key}"
    )
    assert client.get(gone.similar_url).status_code == 200
    assert gone.report_url == f"/en/fehler-melden/offering/{offering.pk}/"
    assert client.get(gone.report_url).status_code == 200


def test_only_what_the_last_step_hid_is_called_unconfirmed():
    person, texts = make_user("buero"), []
    for by in (None, person):
        offering = make_offering()
        provider = make_organisation()
        hide(care_of("offering", offering.pk), reason="Grund", by=by)
        hide(care_of("organisation", provider.pk), reason="Grund", by=by)
        with override("en"):
            texts += [
                gone_offer(offering.slug, "en").text,
                gone_provider(provider.slug, "en").text,
            ]

    silence = (
        "Nobody has confirmed for a long time that this is still right. "
        "Perhaps it is: please ask."
    )
    neutral = "It was taken off the portal. Perhaps something here helps you."
    assert texts == [silence, silence, neutral, neutral]


def test_where_the_district_has_nothing_similar_the_whole_city_is_searched():
    topic = make_topic("Nähen")
    south, north = make_district("Süd"), make_district("Nord")
    make_offering(
        slug="naehen",
        topics=[topic],
        places=[make_place(district=south)],
        state=State.UNCONFIRMED,
    )
    make_offering("Weben", topics=[topic], places=[make_place(district=north)])

    with override("en"):
        gone = gone_offer("naehen", "en")

    assert titles(gone.similar) == ["Weben"]
    assert gone.similar_url == f"/en/angebote/?topic={topic.key}"


def test_ended_offer_is_gone_for_good_and_names_what_follows_it(client):
    following = make_offering("Nähen II", slug="naehen-2")
    offering = make_offering("Nähen", slug="naehen", phone="1", successor=following)
    end(care_of("offering", offering.pk))

    response = client.get("/en/angebote/naehen/")

    assert response.status_code == 410
    assert "This offer has ended." in response.text
    assert 'href="/en/angebote/naehen-2/"' in response.text
    assert ("tel:" in response.text, "/fehler-melden/" in response.text) == (
        False,
        False,
    )


def test_a_successor_that_nobody_sees_is_not_named(client):
    following = make_offering("Geheim", state=State.DRAFT)
    make_offering("Nähen", slug="naehen", successor=following, state=State.ENDED)

    assert "Geheim" not in client.get("/en/angebote/naehen/").text


@pytest.mark.parametrize("state", [State.DRAFT, State.ARCHIVED])
def test_what_was_taken_off_says_so_only_where_it_was_shown(client, state):
    offering = make_offering("Nähen", slug="naehen")
    care_of("offering", offering.pk)
    make_offering("Geheim", slug="geheim", state=state)
    sync("offering", Offering.objects.values_list("pk", flat=True))
    Offering.objects.filter(pk=offering.pk).update(state=state)

    once_shown = client.get("/en/angebote/naehen/")
    never_shown = client.get("/en/angebote/geheim/")

    assert (once_shown.status_code, never_shown.status_code) == (404, 404)
    assert "This offer is no longer shown." in once_shown.text
    assert (never_shown.templates[0].name, "Geheim" in never_shown.text) == (
        "404.html",
        False,
    )


def test_what_was_archived_before_the_engine_knew_it_says_so(client):
    offering = make_offering("Nähen", slug="naehen")
    note(offering, by=None, how=EntryVersion.How.LOGIN)
    Offering.objects.filter(pk=offering.pk).update(state=State.ARCHIVED)

    assert "This offer is no longer shown." in client.get("/en/angebote/naehen/").text


def test_what_becomes_visible_later_or_was_made_up_says_nothing(client):
    tomorrow = clock.today() + timedelta(days=1)
    offering = make_offering(slug="bald", visible_from=tomorrow)
    care_of("offering", offering.pk)
    make_offering(slug="erfunden", is_sample=True, state=State.ENDED)
    make_offering(slug="vorbei", visible_until=clock.today() - timedelta(days=1))

    found = {
        slug: client.get(f"/de/angebote/{slug}/").templates[0].name
        for slug in ("bald", "erfunden", "vorbei", "nie-da")
    }

    assert found == {
        "bald": "404.html",
        "erfunden": "404.html",
        "vorbei": "offerings/gone.html",
        "nie-da": "404.html",
    }
    assert not MaintainedEntry.objects.get(object_id=offering.pk).was_shown


def test_an_offer_whose_last_day_is_over_keeps_its_page(client):
    make_offering(slug="kurs", ends_on=clock.today() - timedelta(days=1))

    assert client.get("/de/angebote/kurs/").status_code == 200


def test_calendar_of_an_ended_offer_is_gone_and_of_a_hidden_one_not_found(client):
    for slug, state in (("zu", State.ENDED), ("ruht", State.UNCONFIRMED)):
        make_offering(slug=slug, state=state, schedule={})

    assert [
        client.get(f"/de/angebote/{slug}.ics").status_code
        for slug in ("zu", "ruht", "nie-da")
    ] == [410, 404, 404]


@pytest.mark.parametrize(
    ("status", "code", "notice", "has_contact"),
    [
        ("hidden", 404, "This provider is not shown at the moment.", True),
        ("historic", 410, "This provider no longer exists.", False),
    ],
)
def test_provider_off_the_site_says_why(client, status, code, notice, has_contact):
    above = make_organisation("Stadt", slug="stadt")
    provider = make_organisation(
        "Nähwerkstatt", slug="werkstatt", status=status, phone="1", parent=above
    )
    make_offering("Nähen", provider=provider)

    response = client.get("/en/anbieter/werkstatt/")
    with override("en"):
        gone = gone_provider("werkstatt", "en")

    assert (response.status_code, response["Cache-Control"]) == (code, "no-store")
    assert (gone.notice, gone.provider_name.text, gone.provider_url) == (
        notice,
        "Stadt",
        "/en/anbieter/stadt/",
    )
    assert ("tel:1" in response.text, titles(gone.same_provider)) == (
        has_contact,
        ["Nähen"],
    )


@pytest.mark.django_db(transaction=True)
def test_kept_pages_follow_when_something_is_hidden_and_shown_again(client):
    entry = care_of("organisation", make_organisation(slug="stelle").pk)
    found = [client.get("/de/anbieter/stelle/").status_code]
    hide(entry, reason="niemand antwortet")
    found.append(client.get("/de/anbieter/stelle/").status_code)
    Organisation.objects.filter(slug="stelle").update(status="active")
    found.append(client.get("/de/anbieter/stelle/").status_code)

    assert found == [200, 404, 200]


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_a_fixed_number_of_questions(
    client, django_assert_num_queries, number
):
    provider = make_organisation("Nähwerkstatt", slug="werkstatt", status="hidden")
    topics = [make_topic() for _ in range(number)]
    places = [make_place(district=make_district()) for _ in range(number)]
    for state in (State.UNCONFIRMED, *[State.PUBLISHED] * number):
        make_offering(
            slug=f"kurs-{Offering.objects.count()}",
            provider=provider,
            topics=topics,
            places=places,
            state=state,
        )
        make_offering(topics=topics, places=places)
    client.get("/de/angebote/")

    with django_assert_num_queries(10):
        client.get("/de/angebote/kurs-0/")
    with django_assert_num_queries(5):
        client.get("/de/anbieter/werkstatt/")

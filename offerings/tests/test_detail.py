"""The page of one offer and of its provider."""

import re
from datetime import date, timedelta

import pytest

from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
)
from herne_bildung.freshness.actions.entries import confirm
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from offerings.models import Offering
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_detail_shows_facts_and_names_the_unknown_ones_in_one_line(client):
    make_offering(
        "Schwimmkurs", slug="schwimmkurs", price="3.50", is_free=False, languages=["tr"]
    )

    text = page(client, "/en/angebote/schwimmkurs/")

    assert "€3.50 once" in text
    assert "Turkish" in text
    assert (
        "Not known, please ask: Age, For whom, When, How, Registration,"
        " Accessibility, Childcare" in text
    )


def test_text_missing_in_a_language_is_german_with_its_own_lang_and_dir(client):
    make_offering("Schwimmkurs", slug="schwimmkurs", summary_ar="دورة سباحة")

    text = page(client, "/ar/angebote/schwimmkurs/")

    assert '<html lang="ar" dir="rtl"' in text
    assert '<h1 lang="de" dir="ltr">Schwimmkurs</h1>' in text
    assert '<p class="lead">دورة سباحة</p>' in text
    assert text.count("fallback-note") == 1


NOTE = 'class="fallback-note"'


def test_the_note_stands_right_before_what_is_german_only(client):
    make_offering(
        "Kurs",
        slug="kurs",
        title_tr="Kurs",
        summary_tr="Almanca öğrenin",
        description_de="Mehr über den Kurs",
    )

    text = page(client, "/tr/angebote/kurs/")

    _before, after = text.split(NOTE)
    assert after.index('<div lang="de" dir="ltr"><p>Mehr über den Kurs') < 400
    assert NOTE not in page(client, "/de/angebote/kurs/")


def test_provider_and_kept_list_say_that_cards_are_german(client):
    provider = make_organisation("Volkshochschule", slug="vhs")
    make_offering("Kurs", slug="kurs", provider=provider)

    for rest in ("anbieter/vhs/", "merkliste/?offer=kurs", "angebote/"):
        notes = [
            page(client, f"/{code}/{rest}").count(NOTE)
            for code in ("tr", "de-simple", "de")
        ]
        assert (rest, notes) == (rest, [1, 1, 0])


def test_leichte_sprache_says_where_a_text_is_not_in_it(client):
    make_offering("Kurs", slug="kurs", title_de_simple="Ein Kurs", summary_de="Lang")

    text = page(client, "/de-simple/angebote/kurs/")

    _before, after = text.split(NOTE)
    assert "nicht in Leichter Sprache" in after[:300]
    assert '<p class="lead" lang="de" dir="ltr">Lang</p>' in after
    assert "<h1>Ein Kurs</h1>" in text


def test_an_ended_offer_does_not_ask_whether_it_takes_place(client):
    make_offering("Kurs", slug="kurs", as_of="2017", ends_on=date(2017, 12, 31))

    text = page(client, "/en/angebote/kurs/")

    assert "This offer has ended." in text
    assert re.findall(r"</span>(as of 2017)</span>", text) == ["as of 2017"]
    assert "is not known here: please ask" not in text


def test_a_plus_stays_behind_its_word_in_arabic(client):
    make_offering("Deutsch+", slug="kurs", title_ar="Deutsch+ (دورة)")

    assert "<h1>Deutsch+\u200e (دورة)</h1>" in page(client, "/ar/angebote/kurs/")


def test_what_comes_from_a_document_says_so_with_source_and_quotation(client):
    make_offering(
        "Vätergruppe",
        slug="vaetergruppe",
        as_of="2017",
        source_title="Dokumentation der Bildungskonferenz",
        source_quote="Vätergruppen (seit 2007)",
        licence="dl-de/by-2-0",
    )

    text = page(client, "/en/angebote/vaetergruppe/")

    assert "As of 2017, never confirmed – please ask" in text
    assert '<blockquote lang="de" dir="ltr">Vätergruppen (seit 2007)' in text
    assert "Dokumentation der Bildungskonferenz" in text
    assert "Licence: <bdi>dl-de/by-2-0</bdi>" in text


def test_sample_is_marked_and_kept_out_of_search_engines(client):
    make_offering("Erfunden", slug="erfunden", is_sample=True, schedule={})
    make_offering("Echt", slug="echt", schedule={})

    sample = page(client, "/en/angebote/erfunden/")
    real = page(client, "/en/angebote/echt/")

    assert "This offer is made up." in sample
    assert '<meta name="robots" content="noindex">' in sample
    assert "noindex" not in real
    assert "/angebote/erfunden.ics" not in sample
    assert "/en/angebote/echt.ics" in real


def test_a_guessed_district_is_shown_as_probable(client):
    place = make_place(
        "Turnhalle", district=make_district("Süd"), is_district_guessed=True
    )
    make_offering("Turnen", slug="turnen", places=[place])

    assert "probably Süd" in page(client, "/en/angebote/turnen/")


@pytest.mark.parametrize("state", [Offering.State.DRAFT, Offering.State.ARCHIVED])
def test_what_is_not_published_is_not_found(client, state):
    make_offering("Entwurf", slug="entwurf", state=state)

    page(client, "/de/angebote/entwurf/", status=404)


def test_provider_lists_its_published_offers_only(client):
    provider = make_organisation("Volkshochschule", slug="vhs")
    make_offering("Offen", provider=provider)
    make_offering("Entwurf", provider=provider, state=Offering.State.DRAFT)
    make_offering("Fremd")

    text = page(client, "/de/anbieter/vhs/")

    assert "Offen" in text
    assert "Entwurf" not in text
    assert "Fremd" not in text


def test_bodies_only_planned_have_no_page(client):
    make_organisation("Geplante Stelle", slug="stelle", status="planned")

    page(client, "/de/anbieter/stelle/", status=404)


def test_a_provider_that_is_gone_is_named_without_a_link(client):
    provider = make_organisation("Alte Werkstatt", slug="alt", status="historic")
    make_offering("Basteln", slug="basteln", provider=provider)

    text = page(client, "/de/angebote/basteln/")

    assert "Alte Werkstatt" in text
    assert "/anbieter/alt/" not in text
    page(client, "/de/anbieter/alt/", status=410)


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_a_fixed_number_of_questions(
    client, django_assert_num_queries, number
):
    provider = make_organisation("Volkshochschule", slug="vhs")
    district = make_district()
    for position in range(number):
        make_offering(
            "Kurs",
            slug=f"kurs-{position}",
            provider=provider,
            topics=[make_topic() for _ in range(number)],
            places=[make_place(district=district) for _ in range(number)],
            schedule={},
            is_free=True,
        )
    Offering.objects.filter(slug="kurs-0").update(is_free=None)
    make_offering(slug="mehr", schedule={"in_school_holidays": "no"}, price="3")
    flyers = Offering.objects.get(slug="mehr").flyers
    for position in range(number):
        flyers.create(file=f"{position:032}", size=1, title_de="Programm")
    client.get("/de/angebote/")

    # Prices, flyers and school holidays only where there may be some.
    with django_assert_num_queries(9):
        client.get("/de/angebote/kurs-0/")
    with django_assert_num_queries(10):
        client.get("/de/angebote/mehr/")
    if number > 1:
        with django_assert_num_queries(8):
            client.get("/de/angebote/kurs-1/")
    with django_assert_num_queries(7):
        client.get("/de/anbieter/vhs/")


@pytest.mark.django_db(transaction=True)
def test_page_says_when_it_was_confirmed_and_where_to_report_errors(client):
    offering = make_offering("Kurs", slug="kurs", phone="02323 000", schedule={})
    [entry] = care_of(offering)
    before = page(client, "/en/angebote/kurs/")
    confirm(entry, groups=list(entry.groups), how="phone")
    after = page(client, "/en/angebote/kurs/")
    due = clock.today() - timedelta(days=14)
    MaintainedEntry.objects.update(
        due_on=due, groups={"times": {"confirmed": "2026-08-02", "due": str(due)}}
    )
    overdue = page(client, "/en/angebote/kurs/")

    today = day_in_words(clock.today(), "en")
    assert "Nobody has confirmed this information yet." in before
    assert f"Last confirmed: {today}" in after
    assert "Please ask before you go" not in before + after
    assert "whether this is still right: Dates and times." in overdue
    assert '<a href="tel:02323000" dir="ltr">02323 000</a>' in overdue
    report = f'href="/en/fehler-melden/offering/{offering.pk}/"'
    assert [text.count(report) for text in (before, after, overdue)] == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_offer_from_a_document_loses_its_label_once_it_is_confirmed(client):
    offering = make_offering("Kurs", slug="kurs", as_of="2017")
    [entry] = care_of(offering)
    found = [page(client, "/en/angebote/kurs/")]
    confirm(entry, groups=list(entry.groups), how="visit")
    found.append(page(client, "/en/angebote/kurs/"))

    assert [
        ("As of 2017, never confirmed – please ask" in text, "Last confirmed" in text)
        for text in found
    ] == [(True, False), (False, True)]


def test_provider_page_says_when_it_was_confirmed(client):
    make_organisation("Volkshochschule", slug="vhs")
    make_organisation("Alter Verein", slug="verein", as_of="2017")
    make_organisation("Ausschuss", slug="ausschuss", is_provider=False)
    make_organisation("Erfunden", slug="erfunden", is_sample=True)

    found = {}
    for slug in ("vhs", "verein", "ausschuss", "erfunden"):
        text = page(client, f"/en/anbieter/{slug}/")
        found[slug] = (
            "Nobody has confirmed this information yet." in text,
            "As of 2017, never confirmed – please ask" in text,
            "/fehler-melden/" in text,
        )

    assert found == {
        "vhs": (True, False, True),
        "verein": (False, True, True),
        "ausschuss": (False, False, False),
        "erfunden": (False, False, True),
    }


def care_of(offering: Offering) -> list[MaintainedEntry]:
    sync("offering", [offering.pk])
    return list(MaintainedEntry.objects.filter(object_id=offering.pk))

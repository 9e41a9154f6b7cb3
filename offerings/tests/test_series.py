"""Series: one offer at several places, and what happens when its template changes."""

import pytest
from django.urls import reverse

from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import LEADS, OFFICE
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_place,
    make_user,
)
from herne_bildung.lib.translation_state import CURRENT, mark_current, state_of
from offerings.actions import reindex
from offerings.models import Offering
from offerings.series_actions import make_series
from offerings.tests.administration import change_page, provider, signed_in
from offerings.tests.factories import make_offering, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]


def series_page(offering: Offering) -> str:
    return reverse("admin:offerings_offering_series", args=[offering.pk])


def template_page(offering: Offering) -> str:
    return reverse("admin:offerings_offering_template", args=[offering.pk])


def member_of(template: Offering, organisation, **values) -> Offering:
    [member] = make_series(template, [(organisation, make_place())], by=make_user())
    Offering.objects.filter(pk=member.pk).update(**values)
    member.refresh_from_db()
    return member


def change(offering: Offering, **values) -> None:
    """As every way of changing an offer ends: saved and indexed."""
    for name, value in values.items():
        setattr(offering, name, value)
    offering.save()
    reindex([offering.pk])


# --- making one -------------------------------------------------------------------


def test_each_place_gets_a_linked_draft_with_its_own_place_and_contact(client):
    own = provider(client)
    second = make_organisation("Zweites Zentrum", phone="02323 2")
    make_membership(own.memberships.get().user, second, "editor")
    places = [make_place("Haus A"), make_place("Haus B")]
    second.places.set(places)
    topic = make_topic("Familie")
    template = make_offering(
        "Krabbelgruppe",
        provider=own,
        topics=[topic],
        schedule={},
        price="2",
        phone="02323 1",
        age_min_months=6,
        internal_note="geheim",
    )
    keys = [f"{second.pk}-{place.pk}" for place in places]

    client.post(series_page(template), {"for": [*keys, keys[0]], "_make": "1"})
    client.post(series_page(template), {"for": keys, "_make": "1"})

    members = template.series.order_by("pk")
    assert [
        (
            member.title_de,
            member.provider,
            member.state,
            member.phone,
            member.age_min_months,
            member.internal_note,
            [place.name for place in member.places.all()],
            list(member.topics.all()),
            member.schedules.count() + member.cost_options.count(),
        )
        for member in members
    ] == [
        ("Krabbelgruppe", second, "draft", "02323 2", 6, "", [house], [topic], 0)
        for house in ("Haus A", "Haus B")
    ]
    assert EntryVersion.objects.filter(object_id__in=members.values("pk")).count() == 2


def test_dates_and_prices_may_begin_as_those_of_the_template(client):
    own = provider(client)
    template = make_offering(provider=own, schedule={"weekdays": [2]}, price="2")
    place = make_place("Haus")
    own.places.add(place)

    client.post(
        series_page(template),
        {"for": f"{own.pk}-{place.pk}", "_make": "1", "with_dates": "1"},
    )

    member = template.series.get()
    assert [schedule.weekdays for schedule in member.schedules.all()] == [[2]]
    assert member.cost_options.count() == 0


def test_looking_for_places_makes_nothing_and_keeps_what_is_ticked(client):
    signed_in(client, OFFICE)
    template = make_offering(provider=make_organisation("Stadt"))
    first, other = make_organisation("Kita Eins"), make_organisation("Kita Zwei")

    response = client.post(
        series_page(template), {"for": f"{first.pk}-", "words": "zwei", "_search": "1"}
    )

    assert [
        (row["organisation"], row["is_ticked"]) for row in response.context["rows"]
    ] == [(first, True), (other, False)]
    assert template.series.count() == 0


def test_foreign_organisations_and_places_are_no_choice(client):
    own = provider(client)
    foreign, place = make_organisation("Fremder"), make_place("Fremdes Haus")
    foreign.places.add(place)
    template = make_offering(provider=own)
    tampered = [
        f"{foreign.pk}-",
        f"{foreign.pk}-{place.pk}",
        f"{own.pk}-{place.pk}",
        "x-y",
        "",
        "1-2-3",
        "9" * 40 + "-",
    ]

    page = client.post(series_page(template), {"for": tampered, "_make": "1"})
    found = client.post(series_page(template), {"words": "Fremder\x00"})

    assert template.series.count() == 0
    assert "Fremdes Haus" not in page.content.decode() + found.content.decode()


def test_foreign_templates_are_not_reached(client):
    own = provider(client)
    template = make_offering("Fremd", provider=make_organisation())

    for address in (series_page(template), template_page(template)):
        answer = client.post(
            address, {"for": f"{own.pk}-", "_make": "1", "_everywhere": "1"}
        )
        assert answer.status_code == 404
    assert Offering.objects.count() == 1


def test_an_offer_of_a_series_is_no_template_itself(client):
    own = provider(client)
    member = member_of(make_offering(provider=make_organisation()), own)

    assert client.get(series_page(member)).status_code == 403


# --- the template changes ------------------------------------------------------------


def test_only_shared_facts_that_changed_and_differ_are_news():
    template = make_offering("Alt", provider=make_organisation())
    member = member_of(template, make_organisation(), age_min_months=12)

    change(template, title_de="Neu", age_min_months=12, phone="1", is_free=True)

    member.refresh_from_db()
    assert (member.title_de, member.template_news) == ("Alt", ["title_de"])
    change(template, title_de="Alt")
    member.refresh_from_db()
    assert member.template_news == []


def test_everything_is_taken_over_with_one_click(client):
    own = provider(client)
    template = make_offering("Alt", provider=own, phone="1")
    member = member_of(template, own)
    topic = make_topic("Musik")
    template.topics.add(topic)
    template.title_de, template.title_tr = "Neu", "Yeni"
    mark_current(template, "title", "tr", is_reviewed=True)
    change(template, age_min_months=6, age_max_months=36)

    page = client.get(change_page(member))
    client.post(template_page(member), {"_all": "1"})

    member.refresh_from_db()
    assert [(one.label, one.old, one.new) for one in page.context["series"]["news"]][
        :1
    ] == [("Titel (Deutsch)", "Alt", "Neu")]
    assert (member.title_de, member.title_tr, member.template_news) == (
        "Neu",
        "Yeni",
        [],
    )
    assert (member.age_max_months, list(member.topics.all())) == (36, [topic])
    assert state_of(member, "title", "tr").state == CURRENT


def test_facts_are_taken_one_by_one_or_kept(client):
    own = provider(client)
    template = make_offering("Alt", provider=own)
    member = member_of(template, own)
    change(template, title_de="Neu", summary_de="Neu gesagt", format="online")

    client.post(
        template_page(member), {"take": ["title_de", "state", "phone"], "_chosen": "1"}
    )
    member.refresh_from_db()
    assert (member.title_de, member.template_news) == ("Neu", ["summary_de", "format"])
    client.post(template_page(member), {"_keep": "1"})

    member.refresh_from_db()
    assert (member.summary_de, member.template_news) == ("Kurz gesagt.", [])
    change(template, summary_de="Noch neuer")
    member.refresh_from_db()
    assert member.template_news == ["summary_de"]


def test_who_may_not_publish_gets_the_values_into_the_form(client):
    own = provider(client)
    template = make_offering("Alt", provider=make_organisation())
    member = member_of(template, own, state="published")
    change(template, title_de="Neu")

    answer = client.post(template_page(member), {"_all": "1"})

    member.refresh_from_db()
    form = client.get(answer.url).context["adminform"].form
    assert (member.title_de, form["title_de"].value()) == ("Alt", "Neu")


def test_drafts_of_others_tell_nothing_through_a_series(client):
    own = provider(client)
    template = make_offering("Alt", provider=make_organisation(), state="draft")
    member = member_of(template, own)
    change(template, title_de="Noch geheim")

    page = client.get(f"{change_page(member)}?uebernehmen=title_de")
    answer = client.post(template_page(member), {"_all": "1"})

    member.refresh_from_db()
    assert "Noch geheim" not in page.content.decode()
    assert (answer.status_code, member.title_de) == (403, "Alt")


def test_everywhere_means_where_the_person_may_write(client):
    own = provider(client)
    template = make_offering("Alt", provider=own)
    members = [
        member_of(template, own),
        member_of(template, make_organisation()),
    ]
    change(template, title_de="Neu")

    client.post(template_page(template), {"_everywhere": "1"})

    for member in members:
        member.refresh_from_db()
    assert [member.title_de for member in members] == ["Neu", "Alt"]
    signed_in(client, LEADS)
    client.post(template_page(template), {"_everywhere": "1"})
    members[1].refresh_from_db()
    assert members[1].title_de == "Neu"

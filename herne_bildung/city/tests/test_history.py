"""The history of entries: who changed what, compared, restored."""

import pytest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from herne_bildung.city import reference, versions
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import (
    AuditEntry,
    EntryVersion,
    Organisation,
    WaitingVersion,
)
from herne_bildung.city.rights import (
    ADVISERS,
    LEADS,
    OFFICE,
    PROVIDERS,
    TRANSLATORS,
)
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_place,
    make_school,
    make_user,
)
from herne_bildung.city.versions import history, waiting
from offerings.models import CostOption, Offering
from offerings.tests.administration import change_page, fields_of
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db
How = EntryVersion.How


@pytest.fixture(autouse=True)
def with_groups(db) -> None:
    reference.forget()
    ensure_groups()


@pytest.fixture
def office():
    return make_user("amt", OFFICE, LEADS)


def provider_of(*organisations, name="anna", groups=(PROVIDERS,)):
    person = make_user(name, *groups, email=f"{name}@example.org")
    for one in organisations:
        make_membership(person, one)
    return person


def page(entry, view: str = "history", *arguments) -> str:
    options = entry._meta
    name = f"admin:{options.app_label}_{options.model_name}_{view}"
    return reverse(name, args=[entry.pk, *arguments])


def change(client, person, offering, **changed):
    client.force_login(person)
    offering.refresh_from_db()
    return client.post(change_page(offering), fields_of(offering, **changed))


def test_saving_is_a_version_and_the_state_before_the_first(client, office):
    offering = make_offering("Chor", provider=make_organisation())
    since = offering.updated_at

    change(client, office, offering, title_de="Yoga")
    change(client, office, offering, title_de="Yoga")

    found = history.versions_of(offering).values_list("number", "how", "by__username")
    assert list(found) == [(2, "login", "amt"), (1, "before", None)]
    assert history.versions_of(offering).last().at == since


@pytest.mark.parametrize(
    "make", [make_organisation, make_place, make_school, make_topic]
)
def test_other_entries_have_a_history_too(client, office, make):
    entry = make("Alt")
    versions.begin([entry])
    client.force_login(office)

    response = client.get(page(entry))

    assert response.status_code == 200
    assert [line.version.number for line in response.context["lines"]] == [1]


def test_history_says_who_changed_which_facts(client, office):
    own = make_organisation(is_trusted=True)
    offering = make_offering("Chor", provider=own)
    change(client, provider_of(own), offering, title_de="Yoga")
    change(client, office, offering, summary_de="Anders.", internal_note="Geheim")

    client.force_login(office)
    lines = client.get(page(offering)).context["lines"]

    assert [(line.who, line.changed) for line in lines] == [
        (
            "amt",
            [
                "In ein oder zwei Sätzen (Deutsch)",
                str(capfirst(gettext("internal note"))),
            ],
        ),
        ("anna", ["Titel (Deutsch)"]),
        ("", []),
    ]


def test_providers_read_no_notes_and_no_names_of_staff(client, office):
    own = make_organisation(is_trusted=True)
    offering = make_offering("Chor", provider=own)
    change(client, office, offering, internal_note="Geheim", title_de="Yoga")
    client.force_login(provider_of(own))

    listed = client.get(page(offering))
    compared = client.get(page(offering, "compare"), {"a": 1, "b": 2})

    newest = listed.context["lines"][0]
    assert (newest.who, newest.changed) == ("Bildungsbüro", ["Titel (Deutsch)"])
    assert [one.label for one in compared.context["differences"]] == ["Titel (Deutsch)"]
    for response in (listed, compared):
        assert "Geheim" not in response.content.decode()
        assert "amt" not in response.content.decode().split("<main")[-1].split()


def test_history_begins_with_the_organisation(client, office):
    before, own = make_organisation(), make_organisation()
    offering = make_offering("Chor", provider=before)
    change(client, office, offering, title_de="Beim anderen Träger")
    change(client, office, offering, provider=own.pk, title_de="Bei uns")
    client.force_login(provider_of(own))

    lines = client.get(page(offering)).context["lines"]
    compared = client.get(page(offering, "compare"), {"a": 2, "b": 3})

    assert [line.version.number for line in lines] == [3]
    assert compared.status_code == 302


@pytest.mark.parametrize("view", ["history", "compare"])
def test_foreign_history_is_not_shown(client, view):
    offering = make_offering("Fremdes", provider=make_organisation())
    versions.begin([offering])
    client.force_login(provider_of(make_organisation()))

    response = client.get(page(offering, view), {"a": 1, "b": 1})

    assert response.status_code in {302, 403}
    assert "Fremdes" not in response.content.decode()


@pytest.mark.parametrize(
    ("groups", "allowed"),
    [((PROVIDERS,), False), ((ADVISERS,), False), ((TRANSLATORS,), False)],
)
def test_who_may_not_change_it_restores_nothing(client, office, groups, allowed):
    offering = make_offering("Chor", provider=make_organisation())
    change(client, office, offering, title_de="Yoga")
    person = provider_of(make_organisation(), groups=groups)
    person.translates = ["tr"]
    person.save()
    client.force_login(person)

    response = client.post(page(offering, "restore", 1))

    assert response.status_code == 403
    assert Offering.objects.get().title_de == "Yoga"
    assert WaitingVersion.objects.count() == 0


def test_translators_are_not_offered_to_restore(client, office):
    offering = make_offering("Chor", provider=make_organisation())
    change(client, office, offering, title_de="Yoga")
    client.force_login(make_user("tina", TRANSLATORS, translates=["tr"]))

    shown = client.get(page(offering))

    assert (shown.status_code, shown.context["may_restore"]) == (200, False)


def test_restoring_is_a_save_with_a_new_version(client, office):
    offering = make_offering("Chor", provider=make_organisation(), price="3")
    change(client, office, offering, title_de="Yoga")
    CostOption.objects.all().delete()
    Offering.objects.update(state="archived")

    client.get(page(offering, "restore", 1))
    asked = Offering.objects.get().title_de
    client.post(page(offering, "restore", 1))

    offering.refresh_from_db()
    newest = history.versions_of(offering).first()
    assert asked == "Yoga"
    assert (offering.title_de, offering.state) == ("Chor", "archived")
    assert [str(one.amount) for one in offering.cost_options.all()] == ["3.00"]
    assert (newest.number, newest.how, newest.by) == (3, "restored", office)
    assert AuditEntry.objects.filter(action="restored").count() == 1
    assert [line.comment for line in client.get(page(offering)).context["lines"]] == [
        "Fassung 1",
        "",
        "",
    ]


def test_restoring_waits_without_the_right_to_publish(client, office):
    own = make_organisation()
    offering = make_offering("Chor", provider=own, source_title="Heft")
    change(client, office, offering, title_de="Yoga", source_title="Anderes")
    client.force_login(provider_of(own))

    client.post(page(offering, "restore", 1))

    found = WaitingVersion.objects.get()
    assert Offering.objects.get().title_de == "Yoga"
    # The source is for staff.
    assert waiting.proposed(found) == {"title_de": "Chor"}


def test_restoring_leaves_out_what_is_gone(client, office):
    place = make_place("Weg")
    offering = make_offering("Chor", provider=make_organisation(), places=[place])
    change(client, office, offering, title_de="Yoga", places=[])
    place.delete()

    response = client.post(page(offering, "restore", 1), follow=True)

    offering.refresh_from_db()
    assert (offering.title_de, offering.places.count()) == ("Chor", 0)
    left_out = list(map(str, response.context["messages"]))[-1]
    assert left_out.endswith(": Orte")


def test_trust_does_not_come_back_with_an_old_version(client):
    own = make_organisation("Alt", is_trusted=True)
    versions.begin([own])
    Organisation.objects.update(is_trusted=False, name_de="Neu")
    client.force_login(make_user("amt", OFFICE))

    client.post(page(own, "restore", 1))

    own.refresh_from_db()
    assert (own.name_de, own.is_trusted) == ("Alt", False)


@pytest.mark.parametrize("sent", [{}, {"a": "x", "b": "1"}, {"a": "9" * 40, "b": "0"}])
def test_nonsense_is_answered_kindly(client, office, sent):
    offering = make_offering("Chor")
    versions.begin([offering])
    client.force_login(office)

    compared = client.get(page(offering, "compare"), sent)
    restored = client.post(page(offering, "restore", 77))

    assert (compared.status_code, restored.status_code) == (302, 404)
    assert client.get(f"{page(offering)}?page=x").status_code == 200


@pytest.mark.parametrize("number", [3, 300])
def test_history_takes_the_same_queries(
    client, office, django_assert_num_queries, number
):
    offering = make_offering("Chor", provider=make_organisation())
    for position in range(number):
        Offering.objects.update(title_de=f"Titel {position}")
        versions.note(offering, by=office, how=How.LOGIN)
    client.force_login(office)
    client.get(page(offering))

    with django_assert_num_queries(8):
        response = client.get(page(offering))

    assert len(response.context["lines"]) == min(number, 25)


def test_restoring_the_same_facts_changes_nothing(client, office):
    offering = make_offering("Chor", provider=make_organisation())
    change(client, office, offering, title_de="Yoga")
    [newest, _before] = history.versions_of(offering)

    response = client.post(page(offering, "restore", newest.number), follow=True)

    told = [str(message) for message in response.context["messages"]]
    assert told[-1] == "Nichts wurde geändert."
    assert not AuditEntry.objects.filter(action="restored").exists()

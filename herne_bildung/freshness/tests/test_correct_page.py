""" "Something is wrong": shown at once, or proposed; errors at their fields."""

from datetime import timedelta

import pytest
from django.utils.translation import gettext, override

from herne_bildung.city.long_texts import LONGEST_TEXT
from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.freshness.actions.corrections import may_publish
from herne_bildung.freshness.models import (
    Confirmation,
    ErrorReport,
    MaintainedEntry,
    OutgoingMail,
    ProposedChange,
    Responsibility,
)
from herne_bildung.freshness.questions import questions_of
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tokens import token_of
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def kita() -> Organisation:
    return make_organisation(
        "Kita", phone="02323 000", description_de="Zwei Gruppen.\n\nEin Garten."
    )


def digest_for(kita, **values):
    return make_digest(make_entry(kita), recipient=make_recipient(kita, **values))


def page_of(digest) -> str:
    return f"/de/pflege/{token_of(digest)}/{digest.items.get().pk}/"


def filled(digest, **changed: str) -> dict[str, str]:
    """The form as a browser sends it back."""
    entry = digest.items.get().entry
    kita = Organisation.objects.get(pk=entry.object_id)
    [one] = questions_of(digest, "de")
    return {
        "seen": one.seen,
        "name_de": kita.name_de,
        "phone": kita.phone,
        "email": kita.email,
        "website": kita.website,
        "description_de": kita.description_de.replace("\n", "\r\n"),
        "note": "",
        **changed,
    }


def test_a_correction_without_the_right_to_publish_waits(client, kita):
    digest = digest_for(kita)
    item = digest.items.get()

    answer = client.post(
        page_of(digest), filled(digest, phone="02323 999", decision="save")
    )

    kita.refresh_from_db()
    item.refresh_from_db()
    [change] = ProposedChange.objects.all()
    assert answer.status_code == 303
    assert (change.field, change.old, change.new, change.recipient) == (
        "phone",
        "02323 000",
        "02323 999",
        digest.recipient,
    )
    assert (kita.phone, item.decision) == ("02323 000", "proposed")
    assert (item.entry.has_waiting_change, item.entry.next_on) == (True, None)
    assert Confirmation.objects.count() == 0


def test_a_later_proposal_replaces_the_waiting_one_and_twice_is_once(client, kita):
    digest = digest_for(kita)

    for phone in ("02323 1", "02323 2", "02323 2"):
        client.post(page_of(digest), filled(digest, phone=phone, decision="save"))

    assert [one.new for one in ProposedChange.objects.all()] == ["02323 2"]


def test_a_correction_with_the_right_is_shown_and_confirms_nothing(client, kita):
    digest = digest_for(kita, may_publish=True)

    client.post(page_of(digest), filled(digest, phone="02323 999", decision="save"))

    kita.refresh_from_db()
    item = digest.items.get()
    assert (kita.phone, item.decision) == ("02323 999", "corrected")
    assert (Confirmation.objects.count(), ProposedChange.objects.count()) == (0, 0)
    assert (
        "Your correction is saved"
        in client.get(f"/en/pflege/{token_of(digest)}/").content.decode()
    )


def test_the_second_button_confirms_the_rest_and_twice_is_once(client, kita):
    digest = digest_for(kita, may_publish=True)
    sent = filled(digest, phone="02323 999", decision="save_and_confirm")

    statuses = [client.post(page_of(digest), sent).status_code for _ in "12"]

    kita.refresh_from_db()
    entry = digest.items.get().entry
    assert (statuses, kita.phone) == ([303, 303], "02323 999")
    assert [one.groups for one in Confirmation.objects.all()] == [
        ["contact", "description"]
    ]
    assert [group.get("changed") for group in entry.groups.values()] == [None, None]


def test_own_corrections_do_not_make_confirmed_facts_due(client, kita):
    digest = digest_for(kita, may_publish=True)
    client.post(page_of(digest), filled(digest, decision="save_and_confirm"))

    client.post(page_of(digest), filled(digest, phone="02323 999", decision="save"))

    groups = digest.items.get().entry.groups
    assert [group.get("changed") for group in groups.values()] == [None, None]


@pytest.mark.parametrize("decision", [None, "", "confirm"])
def test_without_its_button_nothing_is_saved_and_nothing_typed_is_lost(
    client, kita, decision
):
    digest = digest_for(kita, may_publish=True)
    sent = filled(digest, phone="02323 999")
    if decision is not None:
        sent["decision"] = decision

    answer = client.post(page_of(digest), sent)

    kita.refresh_from_db()
    assert (answer.status_code, kita.phone) == (422, "02323 000")
    assert 'value="02323 999"' in answer.content.decode()


def test_errors_stand_at_their_fields(client, kita):
    digest = digest_for(kita, may_publish=True)
    sent = filled(digest, name_de="", email="keine Adresse", decision="save")

    answer = client.post(page_of(digest), sent)

    kita.refresh_from_db()
    html = answer.content.decode()
    assert (answer.status_code, kita.name_de) == (422, "Kita")
    assert 'id="id_name_de_error"' in html
    assert 'id="id_email_error"' in html


def test_nothing_changed_says_so(client, kita):
    digest = digest_for(kita)

    answer = client.post(page_of(digest), filled(digest, decision="save"))

    assert (answer.status_code, ProposedChange.objects.count()) == (422, 0)


def test_what_others_wrote_meanwhile_is_not_overwritten(client, kita):
    digest = digest_for(kita, may_publish=True)
    sent = filled(digest, phone="02323 999", decision="save")
    Organisation.objects.filter(pk=kita.pk).update(email="neu@example.org")

    answer = client.post(page_of(digest), sent)

    kita.refresh_from_db()
    assert (answer.status_code, kita.phone) == (409, "02323 000")
    assert kita.email == "neu@example.org"


def test_a_note_reaches_staff(client, kita, settings):
    digest = digest_for(kita)
    sent = filled(digest, note="Dienstag statt Montag", decision="save")

    answers = [client.post(page_of(digest), sent).status_code for _ in "12"]

    [report] = ErrorReport.objects.all()
    assert (answers, report.text) == ([303, 303], "Dienstag statt Montag")
    assert report.email == digest.recipient.email
    # Its own words are no news to whoever wrote them.
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [
        settings.CARE_MAILBOX
    ]
    assert digest.items.get().decision == "proposed"


def test_the_same_note_sent_again_moves_nothing(client, kita):
    digest = digest_for(kita)
    sent = filled(digest, note="Dienstag statt Montag", decision="save")
    client.post(page_of(digest), sent)
    then = clock.today() - timedelta(days=5)
    asked = {"step": 1, "step_on": then, "next_on": then + timedelta(days=7)}
    MaintainedEntry.objects.update(**asked)

    client.post(page_of(digest), sent)

    assert MaintainedEntry.objects.values(*asked).get() == asked


@pytest.mark.parametrize(
    ("phone", "status"),
    [
        ("keine <b>", 422),
        ("02323 16-0 oder 17", 422),
        ("+49 (0) 2323 / 16-0", 303),
        ("", 303),
    ],
)
def test_a_telephone_number_has_no_letters(client, kita, phone, status):
    digest = digest_for(kita, may_publish=True)

    answer = client.post(page_of(digest), filled(digest, phone=phone, decision="save"))

    kita.refresh_from_db()
    assert (answer.status_code, kita.phone == phone) == (status, status == 303)


def test_words_beside_a_number_that_stand_there_already_may_stay(client, kita):
    Organisation.objects.update(phone="02323 1 (Zentrale)")
    digest = digest_for(kita, may_publish=True)
    sent = filled(digest, email="a@example.org", decision="save")

    assert client.post(page_of(digest), sent).status_code == 303


def test_who_may_publish(kita):
    body = make_organisation("Träger")
    kita.parent = body
    kita.save()
    entry = make_entry(kita)
    user, trusted = make_user("leitung"), make_user("vertraut")
    make_membership(user, body, "manager")
    make_membership(trusted, kita)
    found = {
        "first contact": make_recipient(kita),
        "allowed": make_recipient(kita, may_publish=True),
        "allowed for the body": make_recipient(body, may_publish=True),
        "login that manages the body": make_recipient(kita, user=user),
        "allowed elsewhere": make_recipient(make_organisation(), may_publish=True),
    }

    assert {name: may_publish(one, entry) for name, one in found.items()} == {
        "first contact": False,
        "allowed": True,
        "allowed for the body": True,
        "login that manages the body": False,
        "allowed elsewhere": False,
    }
    Responsibility.objects.update(may_publish=False)
    assert not may_publish(found["allowed"], entry)
    login = make_recipient(kita, user=trusted)
    Organisation.objects.filter(pk=kita.pk).update(is_trusted=True)
    assert may_publish(login, entry)


@pytest.mark.parametrize(("code", "hints"), [("en", 2), ("de", 0), ("de-simple", 0)])
def test_german_fields_say_so_on_pages_of_other_languages(client, kita, code, hints):
    address = page_of(digest_for(kita)).replace("/de/", f"/{code}/", 1)

    page = client.get(address).content.decode()

    with override(code):
        hint = f'_helptext">{gettext("German text")}</div>'
    assert page.count(hint) == hints


def test_a_text_without_end_is_refused_at_its_field_and_stays(client, kita):
    digest = digest_for(kita, may_publish=True)
    text = "W" * (LONGEST_TEXT + 1)

    answer = client.post(
        page_of(digest), filled(digest, description_de=text, decision="save")
    )

    kita.refresh_from_db()
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["description_de"])
    assert form["description_de"].value() == text
    assert "maxlength" not in str(form["description_de"])
    assert kita.description_de == "Zwei Gruppen.\n\nEin Garten."

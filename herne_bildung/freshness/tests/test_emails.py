"""The mails of the engine: whole, in the reader's language, without pictures."""

import re

import pytest

from herne_bildung.city.tests.factories import make_organisation, make_place
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.emails import digest_mail, invitation_mail
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tokens import link_of, opt_out_link_of
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


def test_the_digest_names_everything_and_one_link():
    kita = make_organisation("Kita Sonnenschein", phone="02323 000")
    digest = make_digest(make_entry(kita), make_entry())

    mail = digest_mail(digest)

    assert mail.text.count("Kita Sonnenschein") == 2
    assert "02323 000" in mail.text
    assert mail.list_unsubscribe == opt_out_link_of(digest)
    links = re.findall(r'https?://[^\s"<]+', mail.text)
    assert [link for link in links if "/pflege/" in link] == [
        link_of(digest),
        link_of(digest),
        opt_out_link_of(digest),
    ]


@pytest.mark.parametrize("number", [1, 30, 300])
def test_no_entry_is_cut_off(number):
    names = [f"Einrichtung {index:03}" for index in range(number)]
    entries = [make_entry(make_organisation(name)) for name in names]

    mail = digest_mail(make_digest(*entries))

    for body in (mail.text, mail.html):
        assert [name for name in names if name not in body] == []


def test_all_facts_of_many_entries_are_there_and_gmail_cuts_nothing_off():
    entries = []
    for index in range(40):
        offer = make_offering(
            f"Nähkurs {index:02}",
            summary_de="Für alle, die nähen lernen wollen. " * 6,
            description_de="Wir nähen zusammen und reden dabei. " * 40,
            provider=make_organisation(f"Werkstatt {index:02}"),
            places=[make_place()],
            phone=f"02323 9{index:03}",
            email=f"naehen{index:02}@example.org",
            website=f"https://naehen{index:02}.example.org",
            schedule={},
        )
        sync("offering", [offer.pk])
        entries.append(MaintainedEntry.objects.get(kind="offering", object_id=offer.pk))

    mail = digest_mail(make_digest(*entries))

    for body in (mail.text, mail.html):
        for index in range(40):
            assert f"02323 9{index:03}" in body
            assert f"naehen{index:02}@example.org" in body
        assert body.count("Kurz gesagt: Für alle, die nähen") == 40
    assert len(mail.html.encode()) < 102_000
    # Only HTML is shortened.
    assert mail.text.count("Wir nähen z…") == 40


def test_mail_with_a_fresh_link_has_whole_sentences():
    digest = make_digest(make_entry(), is_requested=True)
    digest.recipient.language = "en"

    text = digest_mail(digest).text

    assert "\n\nOne entry in the education portal needs a quick look" in text
    assert "is this still correct?" not in text


def test_invitation_says_in_a_sentence_what_it_is_about():
    invited = make_recipient(
        make_organisation("Kita Sonnenschein"), language="en", allowed_at=None
    )
    invited.responsibilities.create(organisation=make_organisation("Haus am See"))

    mail = invitation_mail(invited)

    said = (
        "the education portal “Lernen! in Herne” would like to ask this address whether"
        " the entries of “Haus am See”, “Kita Sonnenschein” are still correct."
    )
    for body in (mail.text, mail.html):
        assert body.count(said) == 1
        assert "because this address looks after entries there" not in body


def test_german_texts_say_that_they_are_german():
    kita = make_organisation("Kita Sonnenschein")
    digest = make_digest(
        make_entry(kita), recipient=make_recipient(kita, language="ar")
    )

    mail = digest_mail(digest)

    assert '<html lang="ar" dir="rtl">' in mail.html
    assert '<h2><bdi lang="de" dir="ltr">Kita Sonnenschein</bdi></h2>' in mail.html

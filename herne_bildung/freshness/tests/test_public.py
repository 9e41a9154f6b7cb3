"""What public pages say of how fresh an entry is, in words and on the right day."""

import re
from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.entries import confirm
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.public import (
    Freshness,
    freshness_of,
    freshness_of_many,
    overdue_in_words,
    with_care,
)
from herne_bildung.freshness.rhythm import State
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.lib import clock, page_cache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    clock.shift(datetime(2026, 11, 2, 9, tzinfo=clock.BERLIN) - clock.now())


def later(days: int) -> None:
    moment = datetime(2026, 11, 2, 9, tzinfo=clock.BERLIN) + timedelta(days=days)
    clock.shift(moment - timezone.now())


def said(entry: MaintainedEntry) -> Freshness | None:
    organisation = Organisation.objects.get(pk=entry.object_id)
    with override("en"):
        return freshness_of("organisation", organisation, "en")


def test_all_confirmed_on_one_day_is_one_sentence():
    entry = make_entry()

    confirm(entry, groups=["contact", "description"], how="phone")

    assert said(entry) == Freshness(
        State.CURRENT,
        is_confirmed=True,
        sentence="Last confirmed: November 2, 2026",
        phone="02323 000",
    )


def test_groups_confirmed_on_different_days_are_named():
    entry = make_entry()
    confirm(entry, groups=["description"], how="phone")
    later(10)
    confirm(entry, groups=["contact"], how="phone")

    assert said(entry) == Freshness(
        State.CURRENT,
        is_confirmed=True,
        groups=(
            {"label": "Contact", "text": "November 12, 2026"},
            {"label": "Address and description", "text": "November 2, 2026"},
        ),
        phone="02323 000",
    )


def test_facts_changed_since_and_facts_never_confirmed_say_so():
    entry = make_entry()
    confirm(entry, groups=["contact"], how="phone")
    Organisation.objects.filter(pk=entry.object_id).update(phone="02323 111")
    later(2)
    sync("organisation", [entry.object_id])

    assert said(entry).groups == (
        {"label": "Contact", "text": "November 2, 2026, changed since then"},
        {"label": "Address and description", "text": "not confirmed yet"},
    )


def test_new_entry_says_that_nobody_confirmed_it_whether_the_engine_knows_it_or_not():
    known = make_entry()
    unknown = make_organisation(phone="02323 000")
    new = Freshness(
        State.CURRENT,
        is_confirmed=False,
        sentence="Nobody has confirmed this information yet.",
        phone="02323 000",
    )

    with override("en"):
        found = freshness_of("organisation", unknown, "en")

    assert (said(known), found) == (new, new)


def test_entry_from_a_document_has_no_sentence_until_someone_confirms_it():
    entry = make_entry(make_organisation(as_of="2017", phone="1"))
    unknown = make_organisation(as_of="2017", phone="1")
    old = said(entry)
    with override("en"):
        found = freshness_of("organisation", unknown, "en")
    confirm(entry, groups=["contact"], how="phone")

    document = (State.DOCUMENT, False, "", ())
    assert (old.state, old.is_confirmed, old.sentence, old.groups) == document
    assert (found.state, found.is_confirmed, found.sentence, found.groups) == document
    assert said(entry).groups == (
        {"label": "Contact", "text": "November 2, 2026"},
        {"label": "Address and description", "text": "not confirmed yet"},
    )


def test_overdue_begins_two_weeks_after_the_day_due_and_names_only_those_facts():
    entry = make_entry()
    confirm(entry, groups=["contact", "description"], how="phone")
    MaintainedEntry.objects.filter(pk=entry.pk).update(
        groups=entry.groups
        | {
            "contact": {"confirmed": "2026-05-02", "due": "2026-11-02"},
            "description": {"confirmed": "2026-11-02", "due": "2027-11-02"},
        },
        due_on="2026-11-02",
    )
    found = []

    for days in (13, 14):
        later(days)
        fresh = said(entry)
        found.append((fresh.state, fresh.is_overdue, fresh.overdue_facts))

    assert found == [(State.DUE, False, ""), (State.OVERDUE, True, "Contact")]


@pytest.mark.parametrize(
    ("phone", "url"),
    [("02323 / 16-0", "tel:02323160"), ("nach Absprache", ""), ("", "")],
)
def test_number_to_call(phone, url):
    assert Freshness(State.OVERDUE, is_confirmed=True, phone=phone).phone_url == url


@pytest.mark.parametrize(
    ("known", "advice"),
    [
        (
            {"phone": "02323 16-0", "email": "haus@example.org"},
            'It is best to call: <a href="tel:02323160" dir="ltr">02323 16-0</a>',
        ),
        (
            {"phone": "nach Absprache", "email": "haus@example.org"},
            'It is best to write to: <a href="mailto:haus@example.org" dir="ltr">'
            "haus@example.org</a>",
        ),
        (
            {"website": "https://haus.example/kurse"},
            "It is best to look or to ask here: "
            '<a href="https://haus.example/kurse" dir="ltr">haus.example</a>',
        ),
        (
            {},
            "Please ask the Bildungsbüro before you go. "
            '<a href="mailto:buero@herne.example" dir="ltr">buero@herne.example</a>',
        ),
    ],
)
def test_warning_always_says_whom_to_ask(settings, known, advice):
    settings.CARE_MAILBOX = "buero@herne.example"
    entry = make_entry(make_organisation(**known))
    later(28 + 14)

    with override("en"):
        page = render_to_string("components/freshness.html", {"freshness": said(entry)})
    [warning] = re.findall(r'kern-alert__body">(.*?)</div>', page, re.DOTALL)

    assert " ".join(warning.split()).split(". ", 1)[1] == advice


def test_samples_are_confirmed_by_nobody():
    sample = make_organisation(is_sample=True)

    assert freshness_of("organisation", sample, "en") is None


@pytest.mark.parametrize("number", [1, 3])
def test_one_question_for_any_number(number, django_assert_num_queries):
    entries = [make_entry() for _ in range(number)]
    organisations = list(Organisation.objects.order_by("pk"))

    with django_assert_num_queries(1):
        found = freshness_of_many("organisation", organisations, "de")

    assert sorted(found) == sorted(entry.object_id for entry in entries)


def test_badge_of_cards_only_for_the_overdue():
    day, now = clock.today(), clock.now()
    with override("en"):
        found = [
            overdue_in_words("", now, None),
            overdue_in_words("", now, day - timedelta(days=13)),
            overdue_in_words("", now, day - timedelta(days=14)),
            overdue_in_words("", None, day - timedelta(days=14)),
            overdue_in_words("2017", None, day - timedelta(days=14)),
            overdue_in_words("2017", now, day - timedelta(days=14)),
        ]

    badge = "Not confirmed lately, please ask"
    assert found == ["", "", badge, badge, "", badge]


def test_lists_are_told_with_their_own_question(django_assert_num_queries):
    entry = make_entry()
    confirm(entry, groups=["contact", "description"], how="phone")
    make_organisation()
    entry.refresh_from_db()

    with django_assert_num_queries(1):
        found = [
            (one.care_confirmed_at, one.care_due_on)
            for one in with_care(Organisation.objects.order_by("pk"), "organisation")
        ]

    assert found == [(entry.confirmed_at, entry.due_on), (None, None)]


def test_only_what_readers_could_see_was_shown():
    shown = make_entry()
    planned = make_organisation(status="historic")
    sync("organisation", [planned.pk])
    Organisation.objects.filter(pk=shown.object_id).update(status="historic")
    sync("organisation", [shown.object_id])

    assert dict(MaintainedEntry.objects.values_list("object_id", "was_shown")) == {
        shown.object_id: True,
        planned.pk: False,
    }


def test_every_change_of_an_entry_outdates_kept_pages(
    django_capture_on_commit_callbacks,
):
    entry = make_entry()

    with django_capture_on_commit_callbacks() as saved:
        entry.save()
    with django_capture_on_commit_callbacks() as updated:
        MaintainedEntry.objects.update(due_on=clock.today())

    assert (saved, updated) == ([page_cache.outdate], [page_cache.outdate])

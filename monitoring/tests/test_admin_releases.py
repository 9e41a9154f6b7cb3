"""Staff look at releases; leads put them on the site and take them back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from herne_bildung.city.rights import (
    ADVISERS,
    LEADS,
    OFFICE,
    PROVIDERS,
    STATISTICS,
    TRANSLATORS,
)
from herne_bildung.lib import clock
from monitoring.choices import ReleaseState
from monitoring.models import Release
from monitoring.tests.administration import list_of, said, signed_in
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_raw,
    make_release,
)

pytestmark = pytest.mark.django_db
DRAFT, PUBLISHED = ReleaseState.DRAFT, ReleaseState.PUBLISHED


def page(name: str, release: Release) -> str:
    return reverse(f"admin:monitoring_release_{name}", args=[release.pk])


def state_of(release: Release) -> str:
    return Release.objects.values_list("state", flat=True).get(pk=release.pk)


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def draft() -> Release:
    """A second release: one value changed, one is kept secret now, one is new."""
    indicator, area = make_indicator("Quote"), make_area("Herne")
    former = make_release(indicator)
    release = make_release(indicator, state=DRAFT)
    make_observation(former, area, "2020", 4)
    make_observation(former, area, "2021", 5)
    make_observation(release, area, "2020", 4.5)
    make_observation(release, area, "2021")
    make_observation(release, area, "2022", 6)
    return release


def test_the_page_says_how_a_draft_differs_from_what_is_public(client, draft):
    signed_in(client, OFFICE)

    shown = client.get(page("steps", draft)).context["shown"]

    rows = [(row.area, row.period, row.before, row.after) for row in shown.rows]
    hidden = said("kept secret to protect people")
    assert rows == [
        ("Herne", "2021", "5,0\xa0%", hidden),
        ("Herne", "2020", "4,0\xa0%", "4,5\xa0%"),
        ("Herne", "2022", "", "6,0\xa0%"),
    ]
    assert [number for _label, number in shown.numbers] == [2, 1, 0, 0]
    assert (shown.against.number, shown.obstacle, shown.page) == (1, "", "")


def test_staff_see_the_real_page_with_a_draft_and_nothing_of_it_stays(client, draft):
    signed_in(client, OFFICE)

    german = client.get(page("preview", draft))
    arabic = client.get(page("preview", draft), {"sprache": "ar"})

    current = f'fassung/{draft.number}/" aria-current="true"'
    is_shown = [current in answer.content.decode() for answer in (german, arabic)]
    is_arabic = '<html lang="ar" dir="rtl"' in arabic.content.decode()
    assert (is_shown, is_arabic) == ([True, True], True)
    kept = german.headers["Cache-Control"].split(", ")[0]
    assert (kept, german.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    assert list(Release.objects.order_by("number").values_list("state", flat=True)) == [
        PUBLISHED,
        DRAFT,
    ]


def test_leads_publish_and_say_when_the_next_values_come(client, draft):
    signed_in(client, LEADS)

    asked = client.get(page("publish", draft))
    answer = client.post(page("publish", draft), {"next_release_on": "2027-03-01"})

    draft.refresh_from_db()
    indicator = draft.indicator
    indicator.refresh_from_db()
    assert list(asked.context["form"].fields) == ["next_release_on"]
    assert answer.headers["Location"] == page("steps", draft)
    assert (draft.state, indicator.next_release_on) == (PUBLISHED, date(2027, 3, 1))
    assert state_of(indicator.releases.get(number=1)) == "superseded"


def test_a_moment_is_one_of_the_clock_in_herne(client, draft):
    signed_in(client, LEADS)
    day = clock.today() + timedelta(days=3)

    client.post(page("schedule", draft), {"day": day.isoformat(), "time": "06:30"})
    draft.refresh_from_db()
    planned = draft.publish_at.astimezone(clock.BERLIN)
    again = client.get(page("schedule", draft)).context["form"].initial
    client.post(page("unschedule", draft))

    assert (planned.date(), f"{planned:%H:%M}") == (day, "06:30")
    assert again == {"day": day, "time": planned.time()}
    assert state_of(draft) == DRAFT


def test_a_moment_that_is_past_is_refused_in_words(client, draft):
    signed_in(client, LEADS)
    sent = {"day": "2020-01-01", "time": "06:30"}

    answer = client.post(page("schedule", draft), sent, follow=True)

    assert messages_of(answer) == [
        said("This moment is past. Please choose one to come.")
    ]
    assert state_of(draft) == DRAFT


def test_a_mistaken_publication_is_taken_back(client, draft):
    signed_in(client, LEADS)
    former = draft.indicator.releases.get(number=1)
    client.post(page("publish", draft), {})

    fields = list(client.get(page("withdraw", draft)).context["form"].fields)
    without = client.post(page("withdraw", draft), {"because": ""})
    client.post(page("withdraw", draft), {"because": "Entwurf.", "brings_back": "on"})
    between = state_of(former), state_of(draft)
    client.post(page("reinstate", draft))

    assert fields == ["because", "brings_back"]
    assert list(without.context["form"].errors) == ["because"]
    assert between == (PUBLISHED, "withdrawn")
    assert (state_of(former), state_of(draft)) == ("superseded", PUBLISHED)


def test_editors_say_that_a_draft_is_a_correction(client, draft):
    signed_in(client, OFFICE)

    client.post(page("correct", draft), {"what_changed": "2020 war vertauscht."})

    draft.refresh_from_db()
    assert (draft.is_correction, draft.what_changed_de) == (
        True,
        "2020 war vertauscht.",
    )


def test_a_draft_is_thrown_away_after_being_asked(client, draft):
    signed_in(client, OFFICE)

    asked = client.get(page("discard", draft))
    still = state_of(draft)
    answer = client.post(page("discard", draft))

    assert (asked.status_code, still) == (200, DRAFT)
    assert answer.headers["Location"].endswith("#releases")
    assert not Release.objects.filter(pk=draft.pk).exists()


def test_a_step_that_is_too_late_is_refused_in_words(client, draft):
    signed_in(client, LEADS)
    client.post(page("publish", draft), {})

    answer = client.post(page("discard", draft), follow=True)

    late = "Somebody else was quicker: this step is not possible any more."
    assert messages_of(answer)[-1] == said(late)
    assert state_of(draft) == PUBLISHED


@pytest.mark.parametrize(
    ("group", "looks", "corrects", "publishes"),
    [
        (LEADS, 200, 200, 200),
        (OFFICE, 200, 200, 403),
        (STATISTICS, 200, 403, 403),
        (ADVISERS, 404, 404, 404),
        (TRANSLATORS, 404, 404, 404),
        (PROVIDERS, 403, 403, 403),
    ],
)
def test_who_may_do_what_with_a_draft(client, draft, group, looks, corrects, publishes):
    signed_in(client, group, translates=["tr"])

    found = [
        client.get(page(name, draft)).status_code
        for name in ("steps", "correct", "publish")
    ]

    assert found == [looks, corrects, publishes]


def test_others_see_what_everyone_sees(client, draft):
    signed_in(client, ADVISERS)

    rows = client.get(list_of(Release)).context["cl"].result_list

    assert [release.number for release in rows] == [1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_needs_as_many_queries_for_many(
    client, django_assert_num_queries, number
):
    for _ in range(number):
        make_release(make_indicator())
    signed_in(client, OFFICE)
    client.get(list_of(Release))

    with django_assert_num_queries(8):
        client.get(list_of(Release))


def test_a_draft_comes_from_imported_values(client):
    indicator = make_indicator("Quote")
    make_raw(indicator, make_area("Herne"), "2022", 7)
    signed_in(client, OFFICE)
    address = reverse("admin:monitoring_indicator_draft", args=[indicator.pk])

    asked = client.get(address)
    numbers = [indicator.releases.count()]
    answer = client.post(address)

    draft = indicator.releases.get()
    assert (asked.context["has_values"], numbers) == (True, [0])
    assert answer.headers["Location"] == page("steps", draft)
    assert (draft.state, draft.observations.get().value) == (DRAFT, 7)


def test_without_imported_values_there_is_no_draft(client):
    indicator = make_indicator("Quote")
    signed_in(client, OFFICE)
    address = reverse("admin:monitoring_indicator_draft", args=[indicator.pk])

    answer = client.post(address, follow=True)

    assert messages_of(answer) == [said("No values have been imported yet.")]
    assert not indicator.releases.exists()

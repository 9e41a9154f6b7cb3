"""Pages of conferences: list, documentation, posters, wall, codes."""

import re
from datetime import date, time

import pytest

from goals.choices import Moderation
from goals.conferences import page as conference_pages
from goals.models import Conference, FeedbackNote, ProgrammeItem
from goals.tests.factories import make_conference, make_goal, make_note, make_period
from herne_bildung.lib import page_cache
from herne_bildung.tests.document import parse

pytestmark = pytest.mark.django_db
LIST = "/de/ziele/konferenzen/"
PAGE = f"{LIST}probe/"
POSTERS, SCREEN, CODES = f"{PAGE}plakat/", f"{PAGE}leinwand/", f"{PAGE}qr-codes/"
POSTER = f"{POSTERS}uebergaenge/"
WITH_NOTES = (PAGE, POSTERS, POSTER, SCREEN)


def columns(response) -> list[list[str]]:
    """The texts of both columns of the first poster."""
    poster = response.context.get("poster")
    if poster is None:
        shown = response.context.get("conference")
        shown = shown or response.context["screen"].conference
        poster = shown.posters[0]
    return [[note.text.text for note in column.notes] for column in poster.columns]


@pytest.mark.parametrize("address", WITH_NOTES)
def test_only_released_notes_are_shown(client, conference, goal, address):
    make_note("Gut so", goal=goal, conference=conference, verdict="keep")
    make_note("Ändern", goal=goal, conference=conference)
    for state in (Moderation.WAITING, Moderation.REFUSED):
        make_note(f"Geheim {state}", goal=goal, conference=conference, moderation=state)
    make_note("Andere Konferenz", goal=goal, conference=make_conference())

    response = client.get(address)

    assert columns(response) == [["Gut so"], ["Ändern"]]
    assert "Geheim" not in response.text
    assert "Andere Konferenz" not in response.text


@pytest.mark.parametrize("address", WITH_NOTES)
def test_a_script_in_a_note_is_text(client, conference, goal, address):
    make_note("<script>alert(1)</script>", goal=goal, conference=conference)

    text = client.get(address).text

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_note_is_in_its_own_language(client, conference, goal):
    make_note("هذا جيد", goal=goal, conference=conference, language="ar")
    make_note("Bleibt", goal=goal, conference=conference, verdict="keep")

    german, arabic = (
        client.get(POSTER.replace("/de/", f"/{code}/")).text for code in ("de", "ar")
    )

    assert '<blockquote lang="ar" dir="rtl">هذا جيد</blockquote>' in german
    assert "<blockquote>هذا جيد</blockquote>" in arabic
    assert '<blockquote lang="de" dir="ltr">Bleibt</blockquote>' in arabic


def test_programme_and_what_is_not_known(client, conference, goal):
    for number, (at, title) in enumerate([(time(13), "Empfang"), (None, "Pause")]):
        ProgrammeItem.objects.create(
            conference=conference,
            starts_at=at,
            title_de=title,
            people=["Leitung des Amtes"] if at else [],
            order=number,
        )

    response = client.get(PAGE)

    items = [
        (item["time"], item["title"].text, item["people"])
        for item in response.context["conference"].programme
    ]
    assert items == [
        (time(13), "Empfang", ["Leitung des Amtes"]),
        (None, "Pause", []),
    ]
    assert parse(response.text)


def test_list_has_published_conferences_the_latest_first(client, conference):
    make_conference("Früher", day=date(2017, 11, 23))
    make_conference("Entwurf", state="draft")
    make_conference("Intern", state="internal")

    response = client.get(LIST)

    assert [one["title"].text for one in response.context["conferences"]] == [
        "Probekonferenz",
        "Früher",
    ]


def test_empty_list_and_unknown_pages(client):
    assert client.get(LIST).context["conferences"] == []
    assert [
        client.get(f"{LIST}{rest}").status_code
        for rest in ("?page=2", "?page=x", "unbekannt/")
    ] == [404, 404, 404]


@pytest.mark.parametrize("address", [PAGE, POSTERS, SCREEN, CODES])
def test_goals_of_hidden_periods_have_no_poster(client, conference, goal, address):
    make_note("Nicht zu sehen", goal=goal, conference=conference)
    period = conference.period
    period.state = "internal"
    period.save()

    response = client.get(address)

    assert response.status_code == 200
    assert goal.title_de not in response.text
    assert "Nicht zu sehen" not in response.text
    assert client.get(POSTER).status_code == 404


@pytest.mark.parametrize("state", ["draft", "internal"])
@pytest.mark.parametrize("address", [PAGE, POSTERS, POSTER, SCREEN, CODES])
def test_hidden_conferences_have_no_pages(client, conference, state, address):
    conference.state = state
    conference.save()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [LIST, PAGE, POSTERS, SCREEN, CODES])
def test_internal_notes_never_appear(client, conference, goal, address):
    Conference.objects.filter(pk=conference.pk).update(internal_note="Nur für uns")

    assert "Nur für uns" not in client.get(address).text


def test_ways_to_write_only_while_the_posters_are_open(client, conference, goal):
    form = f"{POSTER}mitschreiben/"
    make_note(goal=goal, conference=conference)
    opened = [form in client.get(address).text for address in (PAGE, POSTERS, POSTER)]
    conference.is_poster_open = False
    conference.save()
    page_cache.outdate()

    closed = [form in client.get(address).text for address in (PAGE, POSTERS, POSTER)]

    assert (opened, closed) == ([True] * 3, [False] * 3)


def test_a_poster_says_how_many_more_notes_there_are(
    client, conference, goal, monkeypatch
):
    monkeypatch.setattr(conference_pages, "NOTES_PER_PAGE", 2)
    for number in range(5):
        make_note(f"Nummer {number}", goal=goal, conference=conference)

    pages = [client.get(f"{POSTER}?page={number}") for number in (1, 2, 3)]

    assert [columns(one)[1] for one in pages] == [
        ["Nummer 0", "Nummer 1"],
        ["Nummer 2", "Nummer 3"],
        ["Nummer 4"],
    ]
    assert [
        client.get(f"{POSTER}?page={number}").status_code
        for number in ("4", "0", "-1", "x", "9" * 30)
    ] == [404] * 5


def test_the_wall_shows_the_newest_notes_first_and_counts_the_rest(
    client, conference, goal
):
    for number in range(8):
        make_note(f"Nummer {number}", goal=goal, conference=conference)

    response = client.get(SCREEN)

    assert columns(response)[1] == [f"Nummer {number}" for number in range(7, 1, -1)]
    assert response.context["screen"].conference.posters[0].columns[1].more == 2


def test_the_wall_may_be_kept_for_seconds_and_answers_304(client, conference, goal):
    first = client.get(SCREEN)
    again = client.get(SCREEN, headers={"If-None-Match": first["ETag"]})
    make_note("Neu", goal=goal, conference=conference)
    page_cache.outdate()
    changed = client.get(SCREEN, headers={"If-None-Match": first["ETag"]})

    age = int(re.fullmatch(r"public, max-age=(\d+)", first["Cache-Control"])[1])
    assert age <= 3
    assert (again.status_code, changed.status_code) == (304, 200)
    assert first.cookies.output() == ""


def test_releasing_outdates_the_wall(
    client, conference, goal, django_capture_on_commit_callbacks
):
    note = make_note(
        "Neu", goal=goal, conference=conference, moderation=Moderation.WAITING
    )
    before = columns(client.get(SCREEN))

    with django_capture_on_commit_callbacks(execute=True):
        FeedbackNote.objects.filter(pk=note.pk).update(moderation=Moderation.RELEASED)

    assert (before, columns(client.get(SCREEN))) == ([[], []], [[], ["Neu"]])


def test_the_wall_of_one_goal_and_one_that_stands_still(client, conference, goal):
    make_goal("Sprache", slug="sprache", number=2)

    def goals_of(query: str) -> list[str]:
        found = client.get(f"{SCREEN}{query}").context["screen"].conference.posters
        return [poster.goal.slug for poster in found]

    still = client.get(f"{SCREEN}?goal=sprache&still=1").text

    assert goals_of("") == ["uebergaenge", "sprache"]
    assert goals_of("?goal=sprache") == ["sprache"]
    assert goals_of("?goal=unbekannt") == ["uebergaenge", "sprache"]
    assert 'http-equiv="refresh"' not in still
    assert 'http-equiv="refresh"' in client.get(SCREEN).text


def test_codes_open_the_form_in_the_language_of_the_sheet(client, conference, goal):
    response = client.get(CODES.replace("/de/", "/tr/"))

    [sheet] = response.context["sheets"]
    assert sheet["address"].endswith(
        "/tr/ziele/konferenzen/probe/plakat/uebergaenge/mitschreiben/"
    )
    assert sheet["code"].startswith("<svg")
    picture = client.get(f"{POSTER}code.svg")
    assert picture["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert picture.content.startswith(b"<?xml")
    assert picture["ETag"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [(LIST, 2), (PAGE, 5), (POSTERS, 4), (POSTER, 4), (SCREEN, 4), (CODES, 4)],
)
def test_queries(client, django_assert_num_queries, goal, number, address, queries):
    conference = make_conference(slug="probe", period=make_period())
    for one in range(number):
        other = make_goal(slug=f"ziel-{one}")
        make_conference()
        ProgrammeItem.objects.create(conference=conference, title_de="Punkt")
        for verdict in ("keep", "adjust"):
            make_note(goal=goal, conference=conference, verdict=verdict)
            make_note(goal=other, conference=conference, verdict=verdict)
    client.get("/de/impressum/")

    with django_assert_num_queries(queries):
        client.get(address)

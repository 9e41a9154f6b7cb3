"""The finder in the browser's address: questions, the end, and what people type."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counselling.models import Concern, CounsellingOffice, FinderVersion
from counselling.tests.factories import make_office, make_role
from counselling.tests.finder import make_finder
from herne_bildung.city.tests.factories import make_district, make_place
from herne_bildung.lib.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
PATH = "/de/beratung/finden/"
TUESDAY = at(date(2026, 11, 24), time(10))


def asked(client, answers: str = "", *, language: str = "de", **more: str):
    """The page for these answers; never a cookie. `spoken`: the language chosen."""
    if "spoken" in more:
        more["language"] = more.pop("spoken")
    path = PATH.replace("/de/", f"/{language}/")
    response = client.get(path, {"answers": answers, **more} if answers else more)
    assert response.status_code == 200
    assert response.cookies == {}
    return response.context["finder"]


def choices(page) -> list[tuple[str, str]]:
    return [(str(choice["text"]), choice["url"]) for choice in page.choices]


def names(page) -> list[str]:
    return [str(card["name"]) for card in page.cards]


def reasons(card) -> list[str]:
    return [reason["text"] for reason in card["reasons"]]


def test_questions_are_asked_one_after_the_other(client):
    make_finder()

    first, second = asked(client, language="en"), asked(client, "ich", language="en")

    assert (first.number, first.most, choices(first)) == (
        1,
        2,
        [
            ("Antwort ich", "?answers=ich"),
            ("Antwort kind", "?answers=kind"),
            ("I don't know", "?answers=weiss-nicht"),
        ],
    )
    assert (second.number, second.most, choices(second)) == (
        2,
        2,
        [
            ("Antwort arbeit", "?answers=ich.arbeit"),
            ("I don't know", "?answers=ich.weiss-nicht"),
        ],
    )
    assert [step["url"] for step in second.steps] == ["?"]
    assert second.back_url == "?"


def test_answers_so_far_can_each_be_changed(client):
    make_finder()

    page = asked(client, "ich.arbeit")

    assert [
        (str(step["question"]), str(step["answer"]), step["url"]) for step in page.steps
    ] == [
        ("Frage wer?", "Antwort ich", "?"),
        ("Frage was?", "Antwort arbeit", "?answers=ich"),
    ]
    assert page.back_url == "?answers=ich"


def test_end_names_the_best_three_with_their_reasons(client, clock_at):
    concern = make_finder()
    wanne = make_district("Wanne")
    make_office("Ohne Hauptaufgabe", also=[concern], languages=["tr"])
    make_office("Zweite", concerns=[concern])
    make_office("Vierte", also=[concern])
    best = make_office(
        "Beste",
        concerns=[concern],
        languages=["de", "tr"],
        audiences=["men"],
        place=make_place("Haus", district=wanne),
        hours=[(1, "09:00", "16:00")],
        phone="02323 1",
    )
    make_role(best, "Für alle anderen")
    role = make_role(
        best,
        "Rückkehr in den Beruf",
        order=1,
        phone="02323 2",
        person_name="Kim Beispiel",
        name_consent_on=date(2026, 1, 1),
        name_shown_until=date(2026, 11, 24),
    )
    role.concerns.add(concern)
    hidden = make_role(best, "Nicht mehr zuständig", order=0, is_hidden=True)
    hidden.concerns.add(concern)

    with clock_at(TUESDAY):
        page = asked(client, "ich.arbeit", language="tr")
    with clock_at(at(date(2026, 11, 25), time(10))):
        later = asked(client, "ich.arbeit", language="tr")

    assert names(page) == ["Beste", "Zweite", "Ohne Hauptaufgabe"]
    assert len(reasons(page.cards[0])) == 5
    assert [r["icon"] for r in page.cards[0]["reasons"]] == [
        "check", "people", "speech", "pin", "clock",
    ]  # fmt: skip
    shown = page.cards[0]["role"]
    assert (str(shown["title"]), shown["name"], page.cards[0]["phone"]) == (
        "Rückkehr in den Beruf",
        "Kim Beispiel",
        "02323 2",
    )
    assert later.cards[0]["role"]["name"] == ""


def test_reasons_say_only_what_is_known(client, clock_at):
    concern = make_finder()
    make_office(
        "Alles bekannt",
        concerns=[concern],
        languages=["tr"],
        audiences=["men"],
        place=make_place("Haus", district=make_district("Wanne")),
        hours=[(1, "09:00", "16:00")],
    )
    make_office("Nichts bekannt", also=[concern])

    with clock_at(TUESDAY):
        page = asked(client, "ich.arbeit", language="en", spoken="tr")

    assert [reasons(card) for card in page.cards] == [
        [
            "This is one of its main tasks",
            "for: men",
            "spoken: Turkish",
            "Wanne",
            "Open today until 16:00",
        ],
        [],
    ]


def test_general_office_answers_who_does_not_know(client):
    make_finder()
    make_office("Bildungsbüro", is_general=True, email="a@example.org")

    pages = [asked(client, answers) for answers in ("weiss-nicht", "ich.weiss-nicht")]

    for page in pages:
        assert (page.question, page.cards, page.concern) == (None, [], None)
        assert str(page.general["name"]) == "Bildungsbüro"
        assert page.general["email"] == "a@example.org"


def test_where_no_office_fits_the_page_says_so(client):
    make_finder()
    make_office("Bildungsbüro", is_general=True)
    concern = Concern.objects.get(key="erziehung")
    make_office("Muster", concerns=[concern], is_sample=True)
    make_office("Plan", concerns=[concern], state=CounsellingOffice.State.PLANNED)
    make_office("Entwurf", concerns=[concern], state=CounsellingOffice.State.DRAFT)

    response = client.get(PATH.replace("de", "en", 1), {"answers": "kind"})

    page = response.context["finder"]
    assert (page.cards, str(page.general["name"])) == ([], "Bildungsbüro")
    assert "We know of no office for this yet" in response.content.decode()


def test_an_office_nobody_can_reach_names_the_general_one(client):
    concern = make_finder()
    make_office("Bildungsbüro", is_general=True, email="a@example.org")
    make_office("A unerreichbar", concerns=[concern])
    make_office("B mit Seite", concerns=[concern], website="https://b.example.org/x")

    page = asked(client, "ich.arbeit")

    assert [card["to_ask"] and card["to_ask"]["email"] for card in page.cards] == [
        "a@example.org",
        None,
    ]
    assert [card["website_label"] for card in page.cards] == ["", "b.example.org"]


def test_district_and_language_sharpen_the_order(client):
    concern = make_finder()
    wanne, sodingen = make_district("Wanne"), make_district("Sodingen")
    here = make_office("Z hier", concerns=[concern], is_citywide=False)
    here.districts.add(wanne)
    there = make_office("A dort", concerns=[concern], languages=["ar"])
    there.districts.add(sodingen)

    near = asked(client, "ich.arbeit", district=wanne.key)
    arabic = asked(client, "ich.arbeit", district=wanne.key, spoken="ar")
    unknown = asked(client, "ich.arbeit", district="zz", spoken="xx")

    assert names(near) == ["Z hier", "A dort"]
    assert names(arabic) == ["A dort", "Z hier"]
    assert names(unknown) == ["A dort", "Z hier"]
    assert sorted(unknown.form.errors) == ["district", "language"]


@pytest.mark.parametrize(
    "answers",
    [
        "x",
        "ich.x",
        "ich.arbeit.mehr",
        "weiss-nicht.ich",
        "..",
        "ich.",
        "\0",
        "ich\0",
        "ich.arbeit" * 500,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "ı́𝕏\u202e",
    ],
)
def test_unknown_answers_begin_anew_with_a_message(client, answers):
    make_finder()

    response = client.get(PATH, {"answers": answers})

    page = response.context["finder"]
    assert (response.status_code, page.is_lost, page.steps) == (200, True, [])
    assert page.number == 1
    assert "<script>alert" not in response.content.decode()


def test_answers_given_twice_are_read_once(client):
    make_finder()

    response = client.get(f"{PATH}?answers=kind&answers=ich")

    assert response.context["finder"].number == 2


def test_without_a_published_version_the_general_office_is_named(client):
    make_finder()
    FinderVersion.objects.update(state="former")
    make_office("Bildungsbüro", is_general=True)

    page = asked(client, "ich.arbeit")

    assert (page.question, page.cards, str(page.general["name"])) == (
        None,
        [],
        "Bildungsbüro",
    )


def test_page_is_kept_until_an_office_closes(client, clock_at):
    concern = make_finder()
    make_office("Offen", concerns=[concern], hours=[(1, "09:00", "10:02")])

    with clock_at(TUESDAY):
        response = client.get(PATH, {"answers": "ich.arbeit"})

    age = int(response.headers["Cache-Control"].removeprefix("public, max-age="))
    assert 110 <= age <= 120


@pytest.mark.parametrize("number", [1, 3])
def test_the_end_asks_the_database_equally_often(client, number):
    concern = make_finder()
    for _ in range(number):
        office = make_office(concerns=[concern], hours=[(1, "09:00", "16:00")])
        make_role(office).concerns.add(concern)
    # Districts stay in memory.
    client.get(PATH, {"answers": "kind"})

    with CaptureQueriesContext(connection) as queries:
        client.get(PATH, {"answers": "ich.arbeit"})

    assert len(queries) == 12

"""Council papers in the administration, and mandates made of their sentences."""

from datetime import date

import pytest
from django.urls import reverse

from goals.models import Consultation, CouncilPaper, Mandate, PaperFile
from goals.papers.mandates import suggestions
from goals.papers.search import KIND
from goals.tests.administration import form_of, sent, signed_in
from goals.tests.factories import make_goal, make_mandate, make_paper, make_period
from goals.tests.test_sentences import ORDERED, PASSED, REPORTED
from herne_bildung.city import search
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    return signed_in(client, OFFICE)


def address(paper: CouncilPaper) -> str:
    return reverse("admin:goals_councilpaper_sentences", args=[paper.pk])


def mandates(paper: CouncilPaper) -> list[tuple]:
    fields = ("task_de", "wording", "state", "order")
    return list(paper.mandates.order_by("order").values_list(*fields))


def test_paper_is_entered_with_consultation_and_attachment(client):
    signed_in(client, LEADS)
    page = client.get(reverse("admin:goals_councilpaper_add"))
    rows = {
        "year": "2022",
        "number": "1106",
        "title_de": "Handlungsziele",
        "dated": "2022-11",
        "state": "published",
        "consultations-TOTAL_FORMS": "1",
        "consultations-0-committee": "Schulausschuss",
        "consultations-0-day": "2022-11-17",
        "consultations-0-order": "0",
        "files-TOTAL_FORMS": "1",
        "files-0-name": "Handlungsziele 2023_v11",
        "files-0-order": "0",
    }

    client.post(page.wsgi_request.path, sent(page, **rows))

    [paper] = CouncilPaper.objects.all()
    assert [paper.slug, paper.title_de, paper.dated, paper.state] == [
        "2022-1106",
        "Handlungsziele",
        "2022-11",
        "published",
    ]
    assert list(Consultation.objects.values_list("committee", "day", "result")) == [
        ("Schulausschuss", "2022-11-17", "")
    ]
    assert list(PaperFile.objects.values_list("name", "url")) == [
        ("Handlungsziele 2023_v11", "")
    ]
    cards = client.get("/de/ziele/vorlagen/?q=1106").context["papers"].cards
    assert [card["title"]["text"] for card in cards] == ["Handlungsziele"]


def test_sentences_that_order_something_are_ticked(client, office):
    paper = make_paper(resolution=f"{PASSED}\n{ORDERED}\n{REPORTED}")
    there = make_mandate("Berichten", paper=paper, wording=f" {REPORTED}")

    page = client.get(address(paper))

    assert [
        (one.wording, one.is_order, one.mandate) for one in page.context["sentences"]
    ] == [(PASSED, False, None), (ORDERED, True, None), (REPORTED, True, there)]
    html = page.content.decode()
    assert html.count('name="take"') == 2
    assert html.count(" checked>") == 1


def test_ticked_sentences_become_drafts_once(client, office):
    paper = make_paper(resolution=f"{PASSED}\n{ORDERED}\n{REPORTED}", as_of="2022")
    goal = make_goal()
    paper.goals.add(goal)
    make_mandate("Da", paper=paper, wording="Anderes.", order=7)
    mark = client.get(address(paper)).context["mark"]
    given = {
        "mark": mark,
        "take": ["2", "3", "99"],
        "task-2": "Schritte entwickeln",
        "task-3": "",
    }

    answers = [client.post(address(paper), given) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [
        f"{form_of(paper)}#mandates"
    ] * 2
    assert mandates(paper) == [
        ("Da", "Anderes.", "published", 7),
        ("Schritte entwickeln", ORDERED, "draft", 8),
        (REPORTED, REPORTED, "draft", 9),
    ]
    made = Mandate.objects.get(order=8)
    assert [made.as_of, made.source_title] == ["2022", paper.source_title]
    assert list(made.goals.all()) == [goal]
    [version] = EntryVersion.objects.filter(object_id=made.pk, model="goals.mandate")
    assert version.by == office


def test_nothing_is_made_of_a_text_that_changed_meanwhile(client, office):
    paper = make_paper(resolution=ORDERED)
    mark = client.get(address(paper)).context["mark"]
    paper.resolution = f"{PASSED} {ORDERED}"
    paper.save()

    answer = client.post(address(paper), {"mark": mark, "take": ["1"]})

    assert answer["Location"] == address(paper)
    assert mandates(paper) == []


@pytest.mark.parametrize("group", [ADVISERS, PROVIDERS, TRANSLATORS])
def test_only_the_bildungsbuero_makes_mandates(client, group):
    signed_in(client, group)
    paper = make_paper(resolution=ORDERED)

    answers = [client.get(address(paper)), client.post(address(paper), {"take": "1"})]

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert mandates(paper) == []


def test_form_shows_mandates_and_the_way_to_make_them(client, office):
    paper = make_paper(resolution=ORDERED)
    mandate = make_mandate("Schritte entwickeln", paper=paper)

    page = client.get(form_of(paper))

    [branch] = page.context["branches"]
    assert [(row.name, row.address) for row in branch.rows] == [
        ("Schritte entwickeln", form_of(mandate))
    ]
    assert [step[1] for step in page.context["steps"]] == [address(paper)]
    assert len(suggestions(paper)) == 1


@pytest.mark.parametrize("typed", ["2022/1106", "1106", "2022/", "netzwerk"])
def test_papers_are_found_by_their_number_as_it_is_written(client, office, typed):
    wanted = make_paper("Für das Netzwerk", year=2022, number="1106")
    make_paper("Anderes", year=2013, number="0502")
    listed = reverse("admin:goals_councilpaper_changelist")

    response = client.get(listed, {"q": typed})

    assert list(response.context["cl"].result_list) == [wanted]


def test_old_mandate_of_a_closed_period_is_not_overdue_in_the_lists(client, office):
    paper, late = make_paper(), date(2020, 1, 1)
    for year, is_closed in ((2013, True), (2023, False)):
        goal = make_goal(period=make_period(year, is_closed=is_closed))
        make_mandate(str(year), paper=paper, due_on=late).goals.add(goal)

    listed = client.get(reverse("admin:goals_mandate_changelist"))
    [branch] = client.get(form_of(paper)).context["branches"]

    rows = listed.context["cl"].result_list
    assert sorted((one.task_de, one.is_late) for one in rows) == [
        ("2013", False),
        ("2023", True),
    ]
    assert [(row.name, row.is_overdue) for row in branch.rows] == [
        ("2013", False),
        ("2023", True),
    ]


def test_paper_is_found_by_its_mandate_as_soon_as_that_is_saved(client, office):
    mandate = make_mandate("Lesepaten suchen")
    page = client.get(form_of(mandate))
    before = search.find(KIND, "Lesepaten", "de").ids

    client.post(form_of(mandate), sent(page, outcome_de="Gefunden."))

    assert (list(before), list(search.find(KIND, "Lesepaten", "de").ids)) == (
        [],
        [mandate.paper_id],
    )


def test_numbers_that_differ_in_capital_letters_are_the_same(client):
    signed_in(client, LEADS)
    make_paper(year=2022, number="12a")
    page = client.get(reverse("admin:goals_councilpaper_add"))
    rows = {"year": "2022", "number": "12A", "title_de": "Zweite"}

    response = client.post(page.wsgi_request.path, sent(page, **rows))

    assert list(response.context["adminform"].form.errors) == ["number"]

import re
from datetime import date

import pytest

from goals.choices import Publication
from goals.models import Consultation, CouncilPaper, Mandate
from goals.papers.search import reindex_papers
from goals.tests.factories import make_goal, make_mandate, make_paper, make_period
from goals.tests.papers import RESOLUTION, bare_paper, full_paper

pytestmark = pytest.mark.django_db
HIDDEN = "Nur für uns"


def titles(response) -> list[str]:
    return [card["title"]["text"] for card in response.context["papers"].cards]


def test_list_is_newest_first_and_narrowed_by_year_and_committee(client):
    old, new = bare_paper(), full_paper()
    make_paper("Andere", year=2022, number="0001")

    found = [
        titles(client.get("/de/ziele/vorlagen/", query))
        for query in (
            {},
            {"year": "2022"},
            {"year": "2022", "committee": "Schulausschuss"},
            {"year": "2011", "committee": "Schulausschuss"},
        )
    ]

    assert found == [
        [new.title_de, "Andere", old.title_de],
        [new.title_de, "Andere"],
        [new.title_de],
        [],
    ]


def test_words_find_title_number_committee_and_what_is_ordered(client):
    full_paper()
    bare_paper()
    reindex_papers()

    found = [
        titles(client.get("/de/ziele/vorlagen/", {"q": words}))
        for words in (
            "ziele netzwerk",
            "2022/9001",
            "9001",
            "Kulturausschuss",
            "jährlich berichten",
            "Leitbilt",
            "quatschwort",
        )
    ]

    full, bare = ["Ziele für das Netzwerk"], ["Leitbild"]
    assert found == [full, full, full, full, [], bare, []]


def test_wrong_choice_is_named_at_its_field_and_the_rest_works(client):
    full_paper()
    bare_paper()

    response = client.get("/en/ziele/vorlagen/?year=1&committee=Schulausschuss&x=1")

    assert titles(response) == ["Ziele für das Netzwerk"]
    shown = response.context["papers"]
    assert shown.form.errors == {"year": ["We do not know this choice: 1"]}
    assert shown.address_errors == ["We do not know this choice: x"]


def test_page_says_all_that_is_known(client):
    full_paper()

    response = client.get("/en/ziele/vorlagen/2022-9001/")

    shown = response.context["paper"]
    assert [(fact["label"], fact["value"]) for fact in shown.facts] == [
        ("Reference number", "2022/9001"),
        ("Kind of paper", "öffentliche Beschlussvorlage"),
        ("Date", "November 17, 2022"),
        ("Leading department", "FB 31 - Schule und Weiterbildung"),
        ("Financial effects", "keine"),
    ]
    assert [[str(cell) for cell in row] for row in shown.consultations] == [
        ["Schulausschuss", "November 17, 2022", "Entscheidung", "beschlossen"],
        ["Kulturausschuss", "February 2023", "not known", "not known"],
    ]
    [mandate] = shown.mandates
    assert [(fact["label"], fact["value"]) for fact in mandate.facts] == [
        ("Status", "done"),
        ("Due on", "December 31, 2023"),
        ("Responsible", "not known"),
        ("Done on", "November 30, 2023"),
    ]
    assert [str(mandate.task), mandate.wording, str(mandate.outcome)] == [
        "Einmal im Jahr berichten",
        RESOLUTION.splitlines()[1],
        "Der Bericht liegt vor.",
    ]
    assert [str(link.label) for link in (*mandate.goals, *mandate.measures)] == [
        "Mehr Lesen",
        "Lesepaten",
    ]
    assert [str(link.label) for link in (*shown.periods, *shown.goals)] == [
        "2023–2027",
        "Mehr Lesen",
    ]


def test_official_wording_is_a_german_quotation_with_its_source(client):
    full_paper()

    page = client.get("/ar/ziele/vorlagen/2022-9001/").content.decode()
    page = re.sub(r">\s+<", "><", page)

    decided, ordered = RESOLUTION.splitlines()
    assert re.findall("<blockquote.*?</blockquote>", page, re.S) == [
        f'<blockquote lang="de" dir="ltr"><p>{decided}<br>{ordered}</p></blockquote>',
        f'<blockquote lang="de" dir="ltr"><p>{ordered}</p></blockquote>',
    ]
    assert page.count('<cite lang="de" dir="ltr">Vorlage 2022/9001</cite>') == 2


def test_attachment_without_address_says_so(client):
    full_paper()

    page = client.get("/en/ziele/vorlagen/2022-9001/").content.decode()

    assert '<span lang="de" dir="ltr">Anlage 1</span> (not in our documents)' in page
    assert (
        '<a href="https://rat.example.org/2.pdf" rel="external noopener" lang="de"'
        ' dir="ltr">Anlage 2</a>' in page
    )


def test_page_says_what_is_not_known(client):
    bare_paper()

    response = client.get("/en/ziele/vorlagen/2011-9002/")

    shown = response.context["paper"]
    assert [fact["value"] for fact in shown.facts] == [
        "2011/9002",
        *["not known"] * 4,
    ]
    page = response.content.decode()
    assert "The text of the resolution is not in our documents." in page
    assert "This is not known." in page


@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.INTERNAL])
def test_hidden_papers_are_nowhere(client, state):
    paper = full_paper(internal_note=HIDDEN)
    shown = client.get("/en/ziele/vorlagen/2022-9001/").content.decode()
    CouncilPaper.objects.filter(pk=paper.pk).update(state=state)
    reindex_papers()

    answers = [
        client.get("/de/ziele/vorlagen/2022-9001/").status_code,
        titles(client.get("/de/ziele/vorlagen/")),
        titles(client.get("/de/ziele/vorlagen/?q=9001")),
        "vorlagen/2022-9001" in client.get("/sitemap.xml").content.decode(),
    ]

    assert paper.title_de in shown
    assert HIDDEN not in shown
    assert answers == [404, [], [], False]


def test_tombstones_are_nowhere(client):
    paper = full_paper()
    reindex_papers()
    before = client.get("/en/ziele/vorlagen/2022-9001/").status_code
    CouncilPaper.objects.filter(pk=paper.pk).update(oparl_deleted=True)
    reindex_papers()

    answers = [
        client.get("/de/ziele/vorlagen/2022-9001/").status_code,
        titles(client.get("/de/ziele/vorlagen/")),
        titles(client.get("/de/ziele/vorlagen/?q=9001")),
    ]

    assert before == 200
    assert answers == [404, [], []]


def test_hidden_parts_of_a_paper_are_not_shown(client):
    paper = full_paper()
    paper.consultations.update(oparl_deleted=True)
    paper.files.update(oparl_deleted=True)
    Mandate.objects.update(state=Publication.INTERNAL, internal_note=HIDDEN)
    make_mandate(paper=paper, state=Publication.DRAFT)
    hidden = make_goal("Versteckt", state=Publication.INTERNAL)
    paper.goals.add(hidden)
    make_period(2013, 2017, paper=paper, state=Publication.DRAFT)

    response = client.get("/de/ziele/vorlagen/2022-9001/")

    shown = response.context["paper"]
    assert [shown.consultations, shown.files, shown.mandates] == [[], [], []]
    assert [str(link.label) for link in (*shown.periods, *shown.goals)] == [
        "2023–2027",
        "Mehr Lesen",
    ]
    assert HIDDEN not in response.content.decode()


def test_committee_of_a_hidden_paper_is_no_choice(client):
    paper = full_paper(state=Publication.INTERNAL)
    Consultation.objects.create(paper=paper, committee="Geheimer Ausschuss")
    bare_paper()

    page = client.get("/de/ziele/vorlagen/").content.decode()

    assert "Geheimer Ausschuss" not in page


def test_mandates_of_history_are_never_overdue():
    closed = make_goal(period=make_period(2013, 2017, is_closed=True))
    running = make_goal(period=make_period(2023))
    late = date(2020, 1, 1)
    old, new, both, free = (make_mandate(due_on=late) for _ in range(4))
    old.goals.add(closed)
    new.goals.add(running)
    both.goals.add(closed, running)
    make_mandate(due_on=late, status="done")
    passed = make_mandate(due_on=late, paper=make_paper())
    closed.period.paper = passed.paper
    closed.period.save()

    make_mandate(due_on=late, paper=make_paper(oparl_deleted=True))

    found = Mandate.objects.overdue(date(2026, 1, 1))
    marked = Mandate.objects.with_lateness(date(2026, 1, 1))

    overdue = {new.pk, both.pk, free.pk}
    assert {one.pk for one in found} == overdue
    assert {one.pk for one in marked if one.is_late} == overdue
    assert len(marked) == 7


def test_page_calls_a_late_mandate_overdue_unless_it_is_history(client):
    paper = make_paper(year=2022, number="9001")
    late = date(2020, 1, 1)
    for year, is_closed in ((2013, True), (2023, False)):
        goal = make_goal(period=make_period(year, is_closed=is_closed))
        make_mandate(paper=paper, due_on=late, order=year).goals.add(goal)

    response = client.get("/en/ziele/vorlagen/2022-9001/")

    shown = response.context["paper"].mandates
    assert [one.facts[1]["value"] for one in shown] == [
        "January 1, 2020",
        "January 1, 2020, overdue",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list(client, django_assert_num_queries, number):
    for one in range(number):
        full_paper(f"{one:04}")
    client.get("/de/ziele/vorlagen/?page=1")

    with django_assert_num_queries(6):
        client.get("/de/ziele/vorlagen/?q=")


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_page(client, django_assert_num_queries, number):
    paper = full_paper()
    for one in range(number):
        mandate = make_mandate(paper=paper)
        mandate.goals.add(make_goal())
        Consultation.objects.create(paper=paper, committee=f"Ausschuss {one}")
    client.get("/de/impressum/")

    with django_assert_num_queries(10):
        client.get("/de/ziele/vorlagen/2022-9001/")

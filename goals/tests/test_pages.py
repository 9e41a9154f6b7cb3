"""The overview, the Leitbild, the lines between goals, the search, the charts."""

import pytest
from lxml import html

from goals.actions import reindex
from goals.cards import cards
from goals.charts import Bar, chart
from goals.models import GoalLink, MissionSentence
from goals.tests.factories import (
    make_challenge,
    make_goal,
    make_measure,
    make_note,
    make_period,
)
from herne_bildung.city import search
from herne_bildung.lib.localized import Text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def page(client, rest: str = "", language: str = "en") -> html.HtmlElement:
    answer = client.get(f"/{language}/ziele/{rest}")
    assert (answer.status_code, answer.cookies.output()) == (200, "")
    return html.fromstring(answer.content.decode())


def plain(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def link(earlier, later, **values) -> GoalLink:
    return GoalLink.objects.create(
        earlier=earlier, later=later, change="continued", reason_de="Darum.", **values
    )


def test_pages_answer_while_there_is_nothing(client):
    texts = {
        rest: plain(page(client, rest).xpath("//main")[0])
        for rest in ("", "leitbild/", "stammbaum/")
    }

    assert "There are no action goals yet." in texts[""]
    assert "No note of a conference waits for an answer." in texts[""]
    assert "The mission statement is not entered yet." in texts["leitbild/"]
    assert "No lines are documented yet" in texts["stammbaum/"]


def test_the_overview_shows_periods_newest_first_and_samples_last(client):
    old = make_period(2013, is_closed=True)
    make_period(2033, is_sample=True)
    make_period(2023)
    make_period(2018, state="draft")
    goal = make_goal("Offen", period=old)
    make_measure(goal=goal)
    make_challenge(goal=goal)
    make_note(goal=goal)
    make_note(goal=goal, verdict="keep")

    shown = page(client)

    periods = shown.xpath("//ul[@class='periods']/li")
    assert [plain(one) for one in periods] == [
        "Action goals 2023–2027 under way"
        " Number and wording of the goals are not in our documents.",
        "Action goals 2013–2017 completed 1 goal"
        " 1 measure: how far they are is not known 1 challenge 1 open note",
        "Action goals 2033–2037 Sample"
        " Number and wording of the goals are not in our documents.",
    ]
    [open_goal] = shown.xpath("//section[@aria-labelledby='open']//li")
    assert plain(open_goal) == "Offen (2013–2017): 1 open note"


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_overview(client, django_assert_num_queries, number):
    for at in range(number):
        goal = make_goal(period=make_period(2003 + 5 * at))
        make_measure(goal=goal)
        make_challenge(goal=goal)
        make_note(goal=goal)
    client.get("/de/impressum/")

    with django_assert_num_queries(6):
        client.get("/de/ziele/")


def test_the_leitbild_has_our_words_beside_the_quotation(client):
    for number, state in enumerate(("published", "draft"), 1):
        MissionSentence.objects.create(
            kind="sentence",
            number=number,
            heading_de=f"Leitsatz {number}",
            heading_tr=f"Cümle {number}",
            wording=f"Wortlaut {number}",
            short_de="Einfach gesagt",
            short_tr="Kısaca",
            source_title="Leitbild",
            state=state,
        )

    [part] = page(client, "leitbild/", "tr").xpath("//div[@class='beside']")

    assert plain(part.xpath("./div")[0]) == "1 Cümle 1 Kısaca"
    [quotation] = part.xpath(".//blockquote[@lang='de'][@dir='ltr']")
    assert plain(quotation) == "Wortlaut 1"
    assert plain(part.xpath(".//cite")[0]) == "Leitbild"


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_leitbild(client, django_assert_num_queries, number):
    for _ in range(number):
        MissionSentence.objects.create(kind="principle", state="published")
    client.get("/de/impressum/")

    with django_assert_num_queries(1):
        client.get("/de/ziele/leitbild/")


def test_lines_are_drawn_and_the_table_says_the_same(client):
    old, new = make_period(2013), make_period(2023)
    first, second = make_goal("Eins", period=old), make_goal("Zwei", period=old)
    both, hidden = make_goal("Beides", period=new), make_goal("Nie", state="draft")
    for earlier in (first, second):
        link(earlier, both)
    link(first, hidden)

    shown = page(client, "stammbaum/")

    rows = [[plain(cell) for cell in row] for row in shown.xpath("//table//tbody/tr")]
    assert rows == [
        ["Beides (2023–2027)", f"{name} (2013–2017)", "carried on", "Darum."]
        for name in ("Eins", "Zwei")
    ]
    boxes = shown.xpath("//g[@class='route-map__box']")
    assert [plain(box) for box in boxes] == [
        "2013–2017Eins",
        "2013–2017Zwei",
        "2023–2027Beides",
    ]
    assert len(shown.xpath("//g[@class='route-map__line']")) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_lines(client, django_assert_num_queries, number):
    for _ in range(number):
        link(make_goal(period=make_period(2013)), make_goal())
    client.get("/de/impressum/")

    with django_assert_num_queries(1):
        client.get("/de/ziele/stammbaum/")


def test_goals_are_found_by_title_measure_and_wording_but_not_by_notes(client):
    goal = make_goal(
        "Ganztag", wording="Alle Mensen kochen frisch.", internal_note="Streitfall"
    )
    make_measure("Schwimmkurse", goal=goal)
    make_measure("Luftballons", goal=goal, state="draft")
    make_goal("Ganztag im Entwurf", state="internal")
    make_goal("Ganztag verborgen", period=make_period(2013, state="draft"))

    assert reindex() == 3

    found = {
        words: list(search.find("goal", words, "de").ids)
        for words in ("ganztag", "schwimmkurs", "mensa", "streitfall", "luftballons")
    }
    assert found == {
        "ganztag": [goal.pk],
        "schwimmkurs": [goal.pk],
        "mensa": [goal.pk],
        "streitfall": [],
        "luftballons": [],
    }
    [card] = cards([goal.pk], "ganztag", "de")
    assert (card["url"], card["topics"]) == (
        f"/de/ziele/2023-2027/{goal.slug}/",
        "Handlungsziele 2023–2027",
    )


def test_years_keep_their_order_where_one_reads_from_the_right(client):
    goal = make_goal()

    shown = page(client, f"2023-2027/{goal.slug}/", "ar")

    crumb = shown.xpath("//nav[@class='breadcrumb']//a[contains(@href, '2023')]")[0]
    assert crumb.text_content() == "\u20682023–2027\u2069"


def test_charts_are_mirrored_where_one_reads_from_the_right():
    bars = [Bar(Text("Beratung", "de", "ltr"), 4), Bar(Text("x"), 1)]

    from_left, from_right = (
        chart("test", "Titel", "Bereich", bars, language) for language in ("de", "ar")
    )

    assert [
        [(one["start"], one["bar_x"], one["bar_length"]) for one in drawing.drawn]
        for drawing in (from_left, from_right)
    ] == [
        [("0%", "0.00%", "88.00%"), ("0%", "0.00%", "22.00%")],
        [("100%", "12.00%", "88.00%"), ("100%", "78.00%", "22.00%")],
    ]
    assert from_left.rows == [
        ['<span lang="de" dir="ltr">Beratung</span>', "4"],
        ["x", "1"],
    ]
    assert from_left.description == "Beratung: 4; x: 1"

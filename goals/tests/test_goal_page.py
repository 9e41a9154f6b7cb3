"""One goal: its parts, what is overdue, what is never shown, how many queries."""

from datetime import date, time

import pytest
from lxml import html

from goals.actions import set_status
from goals.models import FeedbackNote, Goal, GoalLink, Measure, Progress
from goals.tests.factories import (
    make_challenge,
    make_goal,
    make_mandate,
    make_measure,
    make_milestone,
    make_note,
    make_organisation_role,
    make_paper,
    make_period,
)
from herne_bildung.city.tests.factories import make_district, make_organisation
from herne_bildung.lib.clock import at
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def asked(client, goal: Goal, language: str = "de"):
    return client.get(f"/{language}/ziele/{goal.period.slug}/{goal.slug}/")


def shown(client, goal: Goal, language: str = "en") -> html.HtmlElement:
    """The page of a goal; in English, so that its words are those of the code."""
    answer = asked(client, goal, language)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def plain(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def badges(page: html.HtmlElement, measure: Measure) -> list[str]:
    found = page.xpath(
        f"//article[@id='measure-{measure.pk}']//*[contains(@class, 'kern-badge')]"
    )
    return [plain(one) for one in found if one.get("class").startswith("kern-badge")]


def test_a_goal_without_anything_says_what_is_not_known(client):
    page = shown(client, make_goal(wording=""))

    text = plain(page.xpath("//main")[0])
    assert page.xpath("//blockquote") == []
    assert [
        sentence
        for sentence in (
            "Only the heading of this goal is known.",
            "Not known: our documents name no sign of success.",
            "No measures are known yet.",
            "No challenges are known yet.",
            "No line to a goal of another period is documented yet.",
        )
        if sentence not in text
    ] == []


def test_wording_is_a_german_quotation_in_every_language(client):
    goal = make_goal(wording="Wortlaut & mehr", source_title="Vorlage")

    page = shown(client, goal, "ar")

    [quotation] = page.xpath("//blockquote")
    assert (quotation.get("lang"), quotation.get("dir")) == ("de", "ltr")
    assert plain(quotation) == "Wortlaut & mehr"
    [source] = page.xpath("//figure//cite")
    assert (source.get("lang"), plain(source)) == ("de", "Vorlage")


def test_status_has_its_reason_and_its_day_and_earlier_ones_stay(client):
    measure = make_measure(goal=make_goal())
    set_status(
        measure=measure,
        status="running",
        reason="Begonnen.",
        on=date(2026, 2, 1),
        by=None,
    )
    set_status(
        measure=measure,
        status="done",
        reason="Geschafft.",
        on=date(2026, 9, 1),
        by=None,
    )

    page = shown(client, measure.goal)

    facts = [plain(one) for one in page.xpath("//article//dl/div")]
    assert badges(page, measure) == ["Status: done"]
    assert facts[0] == "Since September 1, 2026Geschafft."
    assert facts[-1] == "Since February 1, 2026running: Begonnen."


def test_overdue_is_said_in_words_and_never_in_a_closed_period(client):
    def goal_with_late_step(period):
        measure = make_measure(
            goal=make_goal(period=period), planned_end=date(2020, 1, 1)
        )
        make_milestone(measure, "Spät", due_on=date(2020, 1, 1))
        make_milestone(
            measure, "Getan", due_on=date(2020, 1, 1), done_on=date(2020, 1, 1)
        )
        late_mandate = make_mandate("Berichten", due_on=date(2020, 1, 1))
        late_mandate.goals.add(measure.goal)
        return measure

    late = goal_with_late_step(make_period())
    history = goal_with_late_step(make_period(2013, is_closed=True))

    of_late = shown(client, late.goal)
    of_history = shown(client, history.goal)

    assert badges(of_late, late) == ["Status: not known", "overdue"]
    assert [plain(one) for one in of_late.xpath("//ol[@class='milestones']/li")] == [
        "Spät Due on January 1, 2020 – overdue",
        "Getan Done on January 1, 2020",
    ]
    assert "Berichten (Status: not known, overdue)" in plain(of_late.xpath("//main")[0])
    assert "Berichten (Status: not known)" in plain(of_history.xpath("//main")[0])
    assert "overdue" not in of_history.xpath("string(//main)")


def test_a_name_is_shown_only_while_its_consent_lasts(client, clock_at):
    role = make_organisation_role(
        make_organisation(),
        "Koordination",
        person_name="Kim Beispiel",
        name_consent_on=date(2026, 1, 1),
        name_shown_until=date(2026, 12, 31),
    )
    goal = make_goal(role=role)

    def has_name(day: date) -> bool:
        with clock_at(at(day, time(10))):
            text = asked(client, goal).text
        assert "Koordination" in text
        return "Kim Beispiel" in text

    assert (has_name(date(2026, 12, 31)), has_name(date(2027, 1, 1))) == (True, False)


def test_mandates_are_not_said_to_be_the_councils(client):
    mandate = make_mandate("Schritte entwickeln", paper=make_paper("Ziele"))
    mandate.goals.add(goal := make_goal())

    [panel] = shown(client, goal).xpath("//section[@aria-labelledby='papers']")

    [heading] = panel.xpath("h3")
    [line] = panel.xpath("h3/following-sibling::ul/li")
    # Many a resolution is that of a committee.
    assert plain(heading) == "What was ordered"
    assert plain(line).startswith("Schritte entwickeln (Status: not known): ")


def test_drafts_internal_entries_and_internal_notes_are_never_shown(client):
    goal = make_goal(internal_note="GEHEIM-1")
    measure = make_measure(goal=goal, internal_note="GEHEIM-2")
    for state in ("draft", "internal"):
        make_measure("GEHEIM-3", goal=goal, state=state)
        make_challenge("GEHEIM-4", goal=goal, state=state)
        hidden = make_goal("GEHEIM-5", state=state)
        for earlier, later in ((goal, hidden), (hidden, goal)):
            GoalLink.objects.create(
                earlier=earlier, later=later, change="adapted", reason_de="GEHEIM-6"
            )
        paper = make_paper("GEHEIM-7", state=state)
        paper.goals.add(goal)
        make_mandate("GEHEIM-8", state=state).goals.add(goal)
        make_mandate("GEHEIM-8", paper=paper).goals.add(goal)
        note = make_note("Offen", goal=goal)
        note.answering_goals.add(hidden)
    make_challenge(goal=goal, internal_note="GEHEIM-9")
    for moderation in ("waiting", "refused"):
        make_note("GEHEIM-10", goal=goal, moderation=moderation)
    measure.offerings.add(make_offering("GEHEIM-11", state="draft"))

    page = shown(client, goal)

    assert "GEHEIM" not in html.tostring(page, encoding="unicode")
    # An answer that nobody sees is none.
    assert len(page.xpath("//*[@class='note-open']")) == 2
    assert FeedbackNote.objects.unanswered().count() == 2


@pytest.mark.parametrize("state", ["draft", "internal"])
def test_a_goal_is_hidden_with_its_period(client, state):
    hidden = make_goal(state=state)
    below = make_goal(period=make_period(2013, state=state))

    assert [asked(client, goal).status_code for goal in (hidden, below)] == [404, 404]
    assert client.get("/de/ziele/2013-2017/").status_code == 404
    assert client.get("/de/ziele/2014-2017/").status_code == 404


def test_lines_and_answers_lead_to_other_goals(client):
    early = make_goal("Früher", period=make_period(2013, is_closed=True))
    late = make_goal("Später")
    GoalLink.objects.create(
        earlier=early, later=late, change="adapted", reason_de="Es hat sich bewährt."
    )
    note = make_note("Bitte kleiner", goal=early, answer="Kleinere Schritte")
    note.answering_goals.add(late)
    measure = make_measure("Ein Schritt", goal=late)
    challenge = make_challenge(goal=early)
    challenge.answering_measures.add(measure)

    page = shown(client, early)

    [line] = page.xpath("//section[@aria-labelledby='lines']//li")
    assert plain(line) == "Später (2023–2027), adapted: Es hat sich bewährt."
    assert page.xpath("//*[@class='note-open']") == []
    assert [
        (plain(one), one.xpath(".//a/@href"))
        for one in page.xpath("//p[@class='answers']")
    ] == [
        (
            "Answered by: Ein Schritt (2023–2027)",
            [f"/en/ziele/2023-2027/{late.slug}/#measure-{measure.pk}"],
        ),
        (
            "Answered by: Später (2023–2027). Kleinere Schritte",
            [f"/en/ziele/2023-2027/{late.slug}/"],
        ),
    ]


def test_where_nobody_wrote_the_poster_says_so(client):
    goal = make_goal(has_no_keep_notes=True)
    make_note("Zu groß", goal=goal)

    page = shown(client, goal)

    texts = [plain(one) for one in page.xpath("//section[contains(@class, 'notes')]")]
    assert texts == [
        "Can stay unchanged because … No remarks.",
        "Must be adapted because … Zu groß still open",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_goal(client, django_assert_num_queries, number):
    goal = make_goal()
    for _ in range(number):
        role = make_organisation_role(make_organisation())
        measure = make_measure(goal=goal, role=role, organisation=make_organisation())
        measure.districts.add(make_district())
        measure.offerings.add(make_offering())
        make_milestone(measure)
        Progress.objects.create(measure=measure, year=2026, text_de="Viel")
        challenge = make_challenge(goal=goal)
        challenge.answering_measures.add(measure)
        other = make_goal(period=make_period(2013))
        challenge.answering_goals.add(other)
        note = make_note(goal=goal)
        note.answering_goals.add(other)
        note.answering_measures.add(measure)
        GoalLink.objects.create(
            earlier=other, later=goal, change="merged", reason_de="So."
        )
        make_paper().goals.add(goal)
        make_mandate().goals.add(goal)
    client.get("/de/impressum/")

    with django_assert_num_queries(24):
        asked(client, goal)

"""The list of findings: stages, filters, what is hidden, how many queries."""

from datetime import date

import pytest

from goals.choices import Publication
from goals.tests.factories import make_mandate, make_measure
from herne_bildung.city.tests.factories import make_district
from monitoring.choices import Level
from monitoring.findings.linked import findings_of_district, findings_of_indicator
from monitoring.findings.tests.factories import (
    make_decision,
    make_figure,
    make_finding,
)
from monitoring.tests.factories import make_area, make_indicator, make_theme
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db
LIST = "/de/monitoring/erkenntnisse/"
HIDDEN = {"state": Publication.INTERNAL}


def titles(client, query: str = "") -> list[str]:
    shown = client.get(f"{LIST}{query}").context["findings"]
    return [card["title"].text for card in shown.cards]


def test_an_empty_list_leads_back_to_the_figures(client):
    make_finding("Entwurf", state=Publication.DRAFT)

    page = client.get("/en/monitoring/erkenntnisse/")

    assert page.context["findings"].cards == []
    assert "Nobody has published a finding." in page.text


def test_each_stage_has_its_findings_and_drafts_that_follow_do_not_count(client):
    make_finding("offen")
    make_decision(make_finding("entschieden"))
    with_draft = make_finding("entschieden, Entwurf")
    make_decision(with_draft)
    with_draft.measures.add(make_measure(**HIDDEN))
    with_draft.mandates.add(make_mandate(**HIDDEN))
    make_finding("Maßnahme").measures.add(make_measure())
    make_finding("Auftrag").mandates.add(make_mandate())
    make_finding("Angebot").offerings.add(make_offering())
    make_finding("fertig", closed_on=date(2026, 11, 20)).measures.add(make_measure())

    found = {
        stage: sorted(titles(client, f"?status={stage}"))
        for stage in ("open", "decision", "action", "closed", "")
    }

    assert found == {
        "open": ["offen"],
        "decision": ["entschieden", "entschieden, Entwurf"],
        "action": ["Angebot", "Auftrag", "Maßnahme"],
        "closed": ["fertig"],
        "": [
            "Angebot",
            "Auftrag",
            "Maßnahme",
            "entschieden",
            "entschieden, Entwurf",
            "fertig",
            "offen",
        ],
    }


def test_a_theme_is_that_of_public_figures(client):
    school, work = make_theme("schule"), make_theme("arbeit")
    make_figure(make_finding("Schule"), indicator=make_indicator(theme=school))
    make_figure(make_finding("Arbeit"), indicator=make_indicator(theme=work))
    hidden = make_indicator(theme=school)
    make_figure(make_finding("Verborgen"), indicator=hidden)
    type(hidden).objects.filter(pk=hidden.pk).update(**HIDDEN)

    assert titles(client, "?theme=schule") == ["Schule"]


def test_a_district_has_the_findings_below_it_and_of_its_figures(client):
    borough = make_district("Wanne", level="stadtbezirk")
    quarter = make_district("Röhlinghausen", level="ortsteil", parent=borough)
    other = make_district("Sodingen", level="stadtbezirk")
    make_finding("Viertel").districts.add(quarter)
    make_finding("Bezirk").districts.add(borough)
    make_finding("anderswo").districts.add(other)
    area = make_area("Wanne", level=Level.BOROUGH, district=borough)
    make_figure(make_finding("Zahl von dort"), area=area)

    assert sorted(titles(client, f"?district={borough.key}")) == [
        "Bezirk",
        "Viertel",
        "Zahl von dort",
    ]
    assert titles(client, f"?district={quarter.key}") == ["Viertel"]
    assert [one["title"].text for one in findings_of_district(borough, "de")] == [
        "Zahl von dort",
        "Bezirk",
    ]


def test_strange_choices_are_said_and_the_others_work(client):
    make_finding("offen")

    page = client.get(f"{LIST}?theme=gibtsnicht&status=open&page=7&fremd=1")

    shown = page.context["findings"]
    assert [card["title"].text for card in shown.cards] == ["offen"]
    assert list(shown.form.errors) == ["theme"]
    assert (shown.is_page_known, len(shown.address_errors)) == (False, 1)


def test_findings_of_an_indicator_are_public_and_named_once():
    indicator, area = make_indicator(), make_area()
    finding = make_finding("Zwei Zahlen", slug="zwei-zahlen")
    draft = make_finding("Entwurf", state=Publication.DRAFT)
    for period in ("2021", "2022"):
        make_figure(finding, indicator=indicator, area=area, period=period)
    make_figure(draft, indicator=indicator, area=area, period="2023")
    make_figure(make_finding("Andere Kennzahl"))

    assert [
        (one["title"].text, one["url"], one["badge"]["icon"])
        for one in findings_of_indicator(indicator, "de")
    ] == [("Zwei Zahlen", "/de/monitoring/erkenntnisse/zwei-zahlen/", "question")]


@pytest.mark.parametrize("number", [1, 3])
def test_its_queries_do_not_grow(client, django_assert_num_queries, number):
    for _count in range(number):
        finding = make_finding()
        make_figure(finding)
        make_figure(finding)

    with django_assert_num_queries(7):
        found = titles(client)

    assert len(found) == number

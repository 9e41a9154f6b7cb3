"""Hits become drafts of findings: once, in plain words, with the figure frozen."""

import pytest

from goals.choices import Publication
from monitoring import tasks
from monitoring.choices import FigureUse, FindingOrigin, ReleaseState, RuleKind, Unit
from monitoring.models import Finding, WarningHit
from monitoring.releases.actions import publish
from monitoring.tests.factories import make_indicator
from monitoring.warnings.actions import run_warnings
from monitoring.warnings.tests.factories import make_borough, make_series, make_warning

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator():
    return make_indicator("Quote", unit=Unit.PERCENT)


@pytest.fixture
def area():
    return make_borough("Wanne")


def test_a_hit_is_a_draft_with_its_figure(client, indicator, area):
    release = make_series(indicator, {area: {"2022": 10.3}})
    rule = make_warning(indicator, name="Quote über zehn")

    assert run_warnings() == 1

    finding = Finding.objects.get()
    assert (finding.state, finding.origin) == (
        Publication.DRAFT,
        FindingOrigin.WARNING,
    )
    assert finding.title_de == "Quote: Wanne, 2022: 10,3\xa0%"
    assert finding.text_de == (
        "Die Regel „Quote über zehn“ sucht Werte über 10,0\xa0%. Wanne: 2022: "
        "10,3\xa0%. Das ist ein Hinweis einer Regel, kein Urteil. Ob daraus eine "
        "Erkenntnis wird, entscheiden Menschen."
    )
    [figure] = finding.figures.all()
    assert (figure.release, figure.area, figure.period, figure.use) == (
        release,
        area,
        "2022",
        FigureUse.BASIS,
    )
    assert list(finding.districts.all()) == [area.district]
    hit = WarningHit.objects.get()
    assert (hit.rule, hit.area, hit.period, hit.finding) == (
        rule,
        area,
        "2022",
        finding,
    )
    address = f"/de/monitoring/erkenntnisse/{finding.slug}/"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            {"kind": RuleKind.CHANGE, "threshold": 2},
            "sucht Werte, die gegenüber dem Zeitraum davor um mindestens 2,0 "
            "Prozentpunkte gestiegen sind. Wanne: 2021: 5,0\xa0%; 2022: 7,0\xa0%.",
        ),
        (
            {"kind": RuleKind.TREND, "periods": 2},
            "sucht Werte, die in 2 Zeiträumen nacheinander gestiegen sind. "
            "Wanne: 2021: 5,0\xa0%; 2022: 7,0\xa0%.",
        ),
        (
            {"kind": RuleKind.RANK, "threshold": 1},
            "sucht den Raum mit dem höchsten Wert. "
            "Wanne: 2022: 7,0\xa0%. Platz 1 von 2 Räumen mit einem Wert.",
        ),
    ],
)
def test_each_kind_says_what_it_looked_for(indicator, area, rule, text):
    make_series(
        indicator,
        {area: {"2021": 5, "2022": 7}, make_borough("Sodingen"): {"2022": 1}},
    )
    make_warning(indicator, **rule)

    run_warnings()

    assert text in Finding.objects.get().text_de


def test_running_again_changes_nothing_and_a_deleted_draft_does_not_come_back(
    indicator, area
):
    make_series(indicator, {area: {"2022": 11}})
    make_warning(indicator)

    first, second = run_warnings(), run_warnings()
    Finding.objects.all().delete()
    third = run_warnings()

    assert (first, second, third) == (1, 0, 0)
    assert Finding.objects.count() == 0


def test_the_next_period_is_a_hit_of_its_own(indicator, area):
    release = make_series(indicator, {area: {"2022": 11}})
    make_warning(indicator)
    run_warnings()
    release.state, release.ended_at = ReleaseState.SUPERSEDED, release.published_at
    release.save()

    make_series(indicator, {area: {"2022": 11, "2023": 12}})

    assert run_warnings() == 1
    assert list(WarningHit.objects.values_list("period", flat=True)) == ["2023", "2022"]


def test_rules_at_rest_and_other_indicators_are_left_out(indicator, area):
    make_series(indicator, {area: {"2022": 11}})
    make_warning(indicator, is_active=False)
    other = make_indicator()
    make_series(other, {area: {"2022": 11}})
    make_warning(other)

    assert run_warnings(indicators=[indicator.pk]) == 0
    assert run_warnings(indicators=[other.pk]) == 1


def test_a_publication_wakes_a_worker_for_its_rules(
    indicator, area, django_capture_on_commit_callbacks, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        tasks.run_warnings, "apply_async", lambda given, **_options: asked.extend(given)
    )
    draft = make_series(indicator, {area: {"2022": 11}}, state=ReleaseState.DRAFT)
    make_warning(indicator)

    with django_capture_on_commit_callbacks(execute=True):
        publish(release=draft)

    assert asked == [[indicator.pk]]
    assert tasks.run_warnings(asked[0]) == 1

"""Rules of early warnings in the administration: tried out before they are saved."""

import pytest

from goals.tests.administration import sent, signed_in
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS
from monitoring.choices import Level, RuleKind, Unit
from monitoring.models import Finding, WarningHit, WarningRule
from monitoring.tests.factories import make_indicator
from monitoring.warnings.actions import run_warnings
from monitoring.warnings.tests.factories import make_borough, make_series, make_warning

pytestmark = pytest.mark.django_db
ADD = "/verwaltung/monitoring/warningrule/add/"
HITS = "/verwaltung/monitoring/warninghit/"


def filled_in(client, **values) -> dict:
    """The form of a new rule."""
    indicator = make_indicator("Quote", unit=Unit.PERCENT)
    make_series(
        indicator,
        {make_borough("Wanne"): {"2022": 11}, make_borough("Eickel"): {"2022": 9}},
    )
    return sent(
        client.get(ADD),
        indicator=indicator.pk,
        name="Über zehn",
        kind=RuleKind.LEVEL,
        side="above",
        threshold="10",
        levels=[Level.BOROUGH],
        **values,
    )


def test_a_rule_is_tried_out_without_saving_anything(client):
    signed_in(client, OFFICE)
    values = filled_in(client)

    tried = client.post(ADD, values | {"_try": "1"})

    assert tried.context["trial"] == {
        "sought": "Werte über 10,0\xa0%",
        "found": ["Wanne: 2022: 11,0\xa0%."],
    }
    assert tried.context["adminform"].form["name"].value() == "Über zehn"
    assert (WarningRule.objects.count(), WarningHit.objects.count()) == (0, 0)


def test_a_trend_has_no_limit(client):
    signed_in(client, OFFICE)

    client.post(ADD, filled_in(client) | {"kind": RuleKind.TREND})

    assert WarningRule.objects.get().threshold is None


def test_a_saved_rule_knows_who_made_it(client):
    user = signed_in(client, OFFICE)

    client.post(ADD, filled_in(client))

    rule = WarningRule.objects.get()
    assert (rule.created_by, rule.levels) == (user, [Level.BOROUGH])


@pytest.mark.parametrize(
    "wrong",
    [{"levels": [Level.SCHOOL]}, {"threshold": ""}, {"periods": "1"}, {"levels": []}],
)
@pytest.mark.parametrize("button", [{}, {"_try": "1"}])
def test_what_no_rule_may_be_is_said(client, wrong, button):
    signed_in(client, OFFICE)

    answer = client.post(ADD, filled_in(client) | wrong | button)

    assert answer.context["adminform"].form.errors
    assert "trial" not in answer.context
    assert WarningRule.objects.count() == 0


def test_hits_lead_to_their_drafts_and_nobody_writes_one(client):
    signed_in(client, LEADS)
    indicator = make_indicator()
    make_series(indicator, {make_borough("Wanne"): {"2022": 11}})
    make_warning(indicator)
    run_warnings()
    finding = Finding.objects.get()

    page = client.get(HITS)

    assert f"/verwaltung/monitoring/finding/{finding.pk}/change/" in page.text
    assert client.get(f"{HITS}add/").status_code == 403


@pytest.mark.parametrize(
    ("group", "status"),
    [
        (LEADS, 200),
        (OFFICE, 200),
        (ADVISERS, 403),
        (TRANSLATORS, 403),
        (PROVIDERS, 403),
    ],
)
def test_who_writes_rules(client, group, status):
    signed_in(client, group)

    assert client.get(ADD).status_code == status

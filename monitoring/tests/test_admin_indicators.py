"""Indicators in the administration: their form, their history, who may write."""

import pytest

from goals.choices import Publication
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import (
    ADVISERS,
    LEADS,
    OFFICE,
    PROVIDERS,
    STATISTICS,
    TRANSLATORS,
)
from monitoring.choices import Level, Protection, ReleaseState
from monitoring.models import Area, Dimension, Indicator, Theme
from monitoring.tests.administration import form_of, list_of, said, sent, signed_in
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_raw,
    make_release,
    make_theme,
)

pytestmark = pytest.mark.django_db


def branch(page):
    (found,) = page.context["branches"]
    return found


def test_the_form_is_a_version_of_indicator_and_breaks(client):
    indicator = make_indicator("Quote")
    signed_in(client, LEADS)
    values = sent(client.get(form_of(indicator)))

    client.post(
        form_of(indicator),
        {
            **values,
            "name_de": "Quote der Kinder",
            "levels": [Level.CITY, Level.COUNTY],
            "breaks-TOTAL_FORMS": 1,
            "breaks-0-kind": "break",
            "breaks-0-period": "2011",
            "breaks-0-reason_de": "Zensus.",
        },
    )

    indicator.refresh_from_db()
    assert (indicator.name_de, indicator.levels) == (
        "Quote der Kinder",
        ["stadt", "kreis"],
    )
    assert [str(one) for one in indicator.breaks.all()] == ["Quote der Kinder 2011"]
    versions = EntryVersion.objects.filter(model="monitoring.indicator")
    latest = versions.first().snapshot
    assert (versions.count(), latest["name_de"]) == (2, "Quote der Kinder")
    assert [row["reason_de"] for row in latest["breaks"]] == ["Zensus."]


def test_a_break_needs_a_period(client):
    indicator = make_indicator("Quote")
    signed_in(client, OFFICE)
    values = sent(client.get(form_of(indicator)))
    row = {"kind": "break", "period": "bald", "reason_de": "Zensus."}

    answer = client.post(
        form_of(indicator),
        {
            **values,
            "breaks-TOTAL_FORMS": 1,
            **{f"breaks-0-{name}": value for name, value in row.items()},
        },
    )

    assert answer.status_code == 200
    assert not indicator.breaks.exists()


def test_what_readers_miss_is_said(client):
    indicator = make_indicator("Quote", definition_de="Anteil.", licence="dl-de/by-2-0")
    signed_in(client, OFFICE)

    missing = client.get(form_of(indicator)).context["missing"]

    assert missing == [said("Nobody is named who is responsible.")]


def test_releases_stand_below_the_form(client):
    indicator = make_indicator("Quote")
    make_release(indicator, state=ReleaseState.SUPERSEDED)
    make_release(indicator, what_changed_de="Zahlen für 2022.")
    make_release(indicator, state=ReleaseState.DRAFT)
    seen = {}

    for group in (OFFICE, ADVISERS):
        signed_in(client, group)
        found = branch(client.get(form_of(indicator)))
        rows = [(row.cells[0], row.cells[2]) for row in found.rows]
        seen[group] = (rows, bool(found.add_path))

    public = [
        (str(ReleaseState.PUBLISHED.label), "Zahlen für 2022."),
        (str(ReleaseState.SUPERSEDED.label), ""),
    ]
    draft = (str(ReleaseState.DRAFT.label), "")
    assert seen == {OFFICE: ([draft, *public], True), ADVISERS: (public, False)}


def test_counts_that_are_imported_keep_their_protection(client):
    indicator = make_indicator("Kinder", protection=Protection.PROTECTED)
    make_raw(indicator, make_area(), "2022", 3)
    protecting = {"measured", "protection", "table_set"}
    fields = {}

    for groups in ([LEADS], [LEADS, STATISTICS]):
        user = signed_in(client, groups[0])
        for name in groups[1:]:
            user.groups.add(user.groups.model.objects.get(name=name))
        form = client.get(form_of(indicator)).context["adminform"].form
        fields[len(groups)] = protecting & set(form.fields)

    assert fields == {1: set(), 2: protecting}


def test_a_draft_is_previewed_as_it_will_be(client):
    indicator = make_indicator("Quote", state=Publication.DRAFT)
    signed_in(client, OFFICE)
    values = sent(client.get(form_of(indicator)), name_de="Quote neu", _preview="1")

    page = client.post(form_of(indicator), values).context["page_html"]

    indicator.refresh_from_db()
    assert "Quote neu" in page
    assert (indicator.name_de, indicator.state) == ("Quote", Publication.DRAFT)


@pytest.mark.parametrize(
    ("group", "lists", "form", "writes"),
    [
        (LEADS, 200, 200, True),
        (OFFICE, 200, 200, True),
        (STATISTICS, 200, 200, False),
        (ADVISERS, 200, 200, False),
        (TRANSLATORS, 200, 200, True),
        (PROVIDERS, 403, 403, False),
    ],
)
def test_who_reads_and_writes_indicators(client, group, lists, form, writes):
    indicator = make_indicator("Quote")
    signed_in(client, group, translates=["tr"])

    answers = client.get(list_of(Indicator)), client.get(form_of(indicator))

    assert [answer.status_code for answer in answers] == [lists, form]
    if form == 200:
        assert answers[1].context["has_change_permission"] is writes


def test_translators_write_their_language_only(client):
    indicator = make_indicator("Quote")
    signed_in(client, TRANSLATORS, translates=["tr"])

    form = client.get(form_of(indicator)).context["adminform"].form

    assert list(form.fields) == [
        "name_tr",
        "question_tr",
        "definition_tr",
        "formula_tr",
    ]


@pytest.mark.parametrize("model", [Indicator, Theme, Dimension, Area])
@pytest.mark.parametrize("number", [1, 3])
def test_lists_need_as_many_queries_for_many(
    client, django_assert_num_queries, model, number
):
    for one in range(number):
        indicator = make_indicator(theme=make_theme(f"thema-{one}"))
        make_release(indicator)
        make_breakdown(indicator, f"gliederung-{one}", "Jungen", "Mädchen")
        make_area(parent=make_area())
    signed_in(client, OFFICE)
    client.get(list_of(model))

    with django_assert_num_queries(9 if model is Indicator else 7):
        client.get(list_of(model))

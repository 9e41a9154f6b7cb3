import pytest

from monitoring.choices import Measured, ReleaseState, Unit, ValueState
from monitoring.models import (
    Observation,
    ProtectionRule,
    ProtectionRun,
    RawValue,
    Release,
)
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.release import draft_releases
from monitoring.releases.actions import obstacle
from monitoring.tests.factories import make_breakdown, make_indicator, make_raw
from monitoring.tests.protection_world import (
    PERIOD,
    fill_counts,
    make_city,
    make_protected,
    make_set,
    pupils_by_sex,
    shown,
    too_well_known,
)

pytestmark = pytest.mark.django_db
HIDDEN = ValueState.SUPPRESSED


def publish(*releases: Release) -> None:
    for release in releases:
        Release.objects.filter(
            indicator=release.indicator, state=ReleaseState.PUBLISHED
        ).update(state=ReleaseState.SUPERSEDED)
        release.state = ReleaseState.PUBLISHED
        release.published_at = release.created_at
        release.save()


def reveal_all_but(draft: Release, area: str, part: str) -> None:
    """As if nothing had been hidden but one small count."""
    for row in Observation.objects.filter(release=draft, state=HIDDEN):
        if (row.area.key, getattr(row.category_1, "key", "")) != (area, part):
            raw = RawValue.objects.get(
                area=row.area, category_1=row.category_1, indicator=draft.indicator
            )
            row.state, row.value = ValueState.VALUE, raw.value
            row.save()


def test_what_its_source_published_passes_unchanged():
    indicator = make_indicator()
    [city] = make_city()
    row = make_raw(indicator, city, "2022", "2.5", base=3, participation=40, note="ja")

    [draft] = draft_releases(indicators=[indicator], by=None)

    [copied] = Observation.objects.filter(release=draft)
    assert (copied.area, copied.period, copied.state) == (city, "2022", "value")
    assert (copied.value, copied.base, copied.participation, copied.note) == (
        row.value,
        3,
        40,
        "ja",
    )
    assert (draft.state, draft.run) == (ReleaseState.DRAFT, None)


def test_small_counts_and_what_gives_them_away_are_hidden():
    table_set = make_set()
    indicator = pupils_by_sex(table_set)

    [draft] = draft_releases(indicators=[indicator], by=None)

    cells = shown(draft)
    hidden = {key for key, value in cells.items() if value == HIDDEN}
    assert len(cells) == 12
    assert ("nord", "jungen") in hidden
    # The fewest cells that protect it: a rectangle.
    assert len(hidden) == 4
    assert too_well_known(table_set, with_drafts=True) == []
    run = ProtectionRun.objects.get()
    assert (run.cells, run.primary, run.secondary, run.failure) == (12, 1, 3, "")
    assert run.rule == {
        "smallest_count": 5,
        "zeros_are_secret": False,
        "distance": 2,
        "dominance_contributors": None,
        "dominance_percent": None,
        "complements_count": True,
        "engine": "pytauargus 0.6.0",
    }
    assert run.report["result"] == "ok"
    assert draft.run == run


def test_the_attack_on_stored_values_finds_what_is_open():
    table_set = make_set()
    [draft] = draft_releases(indicators=[pupils_by_sex(table_set)], by=None)
    reveal_all_but(draft, "nord", "jungen")

    found = too_well_known(table_set, with_drafts=True)

    assert [one.period for one in found] == [PERIOD]


def test_zeros_are_hidden_only_by_choice():
    counts = {"nord": (20, 0), "sued": (14, 15), "west": (9, 8)}
    table_set = make_set()
    indicator = make_protected(table_set)
    parts = make_breakdown(indicator, "sex", "Mädchen", "Jungen")
    fill_counts(indicator, make_city(*counts), parts, counts)
    [draft] = draft_releases(indicators=[indicator], by=None)
    assert HIDDEN not in shown(draft).values()
    table_set.rule.zeros_are_secret = True
    table_set.rule.save()

    [again] = draft_releases(indicators=[indicator], by=None)

    assert shown(again)["nord", "jungen"] == HIDDEN
    assert list(indicator.releases.all()) == [again]


def test_shares_are_counts_of_their_base_and_so_are_those_who_are_left():
    table_set = make_set()
    indicator = make_protected(
        table_set, measured=Measured.SHARE, unit=Unit.PERCENT, decimals=1
    )
    city, *districts = make_city("nord", "sued", "west", "ost")
    # With it, and all: 3 of 50 have it; all but 2 of 40 have it.
    people = [(3, 50), (38, 40), (20, 50), (30, 60)]
    for area, (own, everyone) in zip(districts, people, strict=True):
        make_raw(indicator, area, PERIOD, 100 * own / everyone, base=everyone)
    make_raw(indicator, city, PERIOD, 45.5, base=200)

    [draft] = draft_releases(indicators=[indicator], by=None)

    cells = shown(draft)
    assert (cells["nord",], cells["sued",]) == (HIDDEN, HIDDEN)
    hidden = Observation.objects.filter(release=draft, state=HIDDEN)
    assert set(hidden.values_list("value", "base", "participation")) == {
        (None, None, None)
    }
    assert too_well_known(table_set, with_drafts=True) == []


def test_a_cell_in_two_tables_is_hidden_in_both():
    table_set = make_set()
    first = pupils_by_sex(table_set)
    second = make_protected(table_set, "Kinder nach Schulform")
    parts = make_breakdown(second, "form", "Grundschule", "Gymnasium")
    areas = [row.area for row in RawValue.objects.filter(category_1=None)]
    areas.sort(key=lambda area: area.key != "stadt")
    counts = {"nord": (19, 3), "sued": (15, 14), "west": (10, 7)}
    fill_counts(second, areas, parts, counts)

    drafts = draft_releases(indicators=[first], by=None)

    assert [draft.indicator for draft in drafts] == [first, second]
    totals = [
        {key: value for key, value in shown(draft).items() if len(key) == 1}
        for draft in drafts
    ]
    assert totals[0] == totals[1]
    assert too_well_known(table_set, with_drafts=True) == []


def test_what_was_public_stays_and_what_was_secret_stays_secret():
    table_set = make_set()
    indicator = pupils_by_sex(table_set)
    [first] = draft_releases(indicators=[indicator], by=None)
    publish(first)
    table_set.rule.smallest_count = 3
    table_set.rule.save()
    RawValue.objects.filter(area__key="nord", category_1__key="jungen").update(value=2)

    [second] = draft_releases(indicators=[indicator], by=None)

    assert shown(second) == shown(first)
    publish(second)
    assert too_well_known(table_set) == []


def test_nothing_is_released_that_the_past_gives_away():
    table_set = make_set()
    indicator = make_protected(table_set, name="Kinder mit Hilfe")
    city, nord, sued = make_city("nord", "sued")
    for area, value in ((city, 30), (nord, 10), (sued, 20)):
        make_raw(indicator, area, PERIOD, value)
    publish(*draft_releases(indicators=[indicator], by=None))
    girls, boys = make_breakdown(indicator, "sex", "Mädchen", "Jungen")
    for area, some in ((nord, (8, 2)), (sued, (9, 11)), (city, (17, 13))):
        for part, value in zip((girls, boys), some, strict=True):
            make_raw(indicator, area, PERIOD, value, category_1=part)
    # Nothing was said of girls and boys yet: they can hide each other.
    [draft] = draft_releases(indicators=[indicator], by=None)
    assert shown(draft)["nord", "jungen"] == HIDDEN
    reveal_all_but(draft, "nord", "jungen")
    publish(draft)

    with pytest.raises(ProtectionRefused) as refused:
        draft_releases(indicators=[indicator], by=None)

    assert str(refused.value) == (
        "Diese Zellen können neben dem, was schon öffentlich ist, nicht geheim "
        "gehalten werden: Kinder mit Hilfe, Nord, 2024, Jungen. Veröffentlichen Sie "
        "weniger Einzelheiten: Lassen Sie die Teile um sie herum oder eine Ebene der "
        "Räume weg."
    )
    assert indicator.releases.count() == 2
    run = ProtectionRun.objects.first()
    assert (run.failure, run.report) == (str(refused.value), {"result": "refused"})


def test_tables_that_do_not_add_up_are_refused():
    table_set = make_set()
    indicator = make_protected(table_set)
    city, nord, sued = make_city("nord", "sued")
    for area, value in ((city, 31), (nord, 10), (sued, 20)):
        make_raw(indicator, area, PERIOD, value)

    with pytest.raises(ProtectionRefused, match="Summe: Kinder, Stadt, 2024"):
        draft_releases(indicators=[indicator], by=None)

    assert not Release.objects.exists()


def test_a_hole_in_a_table_is_no_gift():
    """The city and two of three districts give the third one away."""
    table_set = make_set()
    indicator = make_protected(table_set)
    city, nord, sued, _west = make_city("nord", "sued", "west")
    for area, value in ((city, 33), (nord, 10), (sued, 20)):
        make_raw(indicator, area, PERIOD, value)

    [draft] = draft_releases(indicators=[indicator], by=None)

    values = shown(draft)
    assert list(values.values()).count(HIDDEN) == 1
    assert values.keys() == {("stadt",), ("nord",), ("sued",)}


def test_dominant_contributors_are_protected():
    table_set = make_set(dominance_contributors=1, dominance_percent=75)
    indicator = make_protected(table_set, measured=Measured.SUM, unit=Unit.EURO)
    city, *districts = make_city("nord", "sued", "west")
    amounts = [(1000, 900), (1200, 200), (800, 100)]
    for area, (value, largest) in zip(districts, amounts, strict=True):
        make_raw(indicator, area, PERIOD, value, base=20, largest=largest)
    make_raw(indicator, city, PERIOD, 3000, base=60, largest=900)

    [draft] = draft_releases(indicators=[indicator], by=None)

    values = shown(draft)
    assert values["nord",] == HIDDEN
    assert list(values.values()).count(HIDDEN) == 2


def test_protected_indicators_need_a_set():
    with pytest.raises(ProtectionRefused, match="Tabellenverbund"):
        draft_releases(indicators=[make_protected(None)], by=None)


def test_a_draft_of_another_rule_must_not_become_public():
    table_set = make_set()
    [draft] = draft_releases(indicators=[pupils_by_sex(table_set)], by=None)
    assert obstacle(draft) == ""
    ProtectionRule.objects.filter(pk=table_set.rule_id).update(smallest_count=7)

    said = obstacle(Release.objects.get(pk=draft.pk))

    assert said == (
        "Die Geheimhaltungsregel oder der Tabellenverbund hat sich geändert, nachdem "
        "diese Werte geschützt wurden. Bitte machen Sie neue Entwürfe."
    )

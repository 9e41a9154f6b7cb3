"""Results of calls: confirmed, changed, not reached, ended."""

import re
from datetime import date

import pytest

from herne_bildung.city.tests.factories import (
    make_organisation,
    make_user,
)
from herne_bildung.freshness.actions import calls
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import Call, Confirmation, MaintainedEntry
from herne_bildung.freshness.tests.factories import go_to, make_entry
from herne_bildung.freshness.tests.test_calls import make_call
from herne_bildung.lib import clock
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db
LIST, RESULT = "/verwaltung/anrufe/", "/verwaltung/anrufe/ergebnis/"
TAKE = "/verwaltung/anrufe/nehmen/"


@pytest.fixture
def in_november() -> None:
    """Sixty days later it is 21 January 2027."""
    go_to(date(2026, 11, 22))


def make_offer_entry(offering) -> MaintainedEntry:
    sync("offering", [offering.pk])
    return MaintainedEntry.objects.get(kind="offering", object_id=offering.pk)


def names(response) -> list[str]:
    return [str(party.organisation) for party in response.context["parties"]]


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def form_of(response, call: Call, do: str) -> dict[str, str]:
    """What the form around a button of the list sends."""
    html = response.content.decode()
    forms = re.findall(r"<form.*?</form>", html, re.DOTALL)
    [form] = [
        one
        for one in forms
        if f'name="call" value="{call.pk}"' in one
        and f'name="do" value="{do}"' in one
        and one.count('name="call"') == 1
    ]
    fields = dict(
        re.findall(
            r'name="([^"]+)"(?: required min="[^"]+" max="[^"]+")? value="([^"]*)"',
            form,
        )
    )
    return {**fields, "do": do}


def test_confirmed_with_one_click(office):
    call = make_call()

    form = form_of(office.get(LIST), call, "confirmed")
    response = office.post(RESULT, form, follow=True)

    call.refresh_from_db()
    assert (call.result, Confirmation.objects.get().by) == ("confirmed", office.user)
    assert response.redirect_chain == [
        (f"{LIST}#party-{call.entry.organisation_id}", 302)
    ]


def test_a_form_without_its_button_changes_nothing(office):
    call = make_call()
    form = form_of(office.get(LIST), call, "confirmed")

    for fields in ({**form, "do": ""}, {"call": call.pk}, {}):
        office.post(RESULT, fields)
    office.post(TAKE, {"organisation": call.entry.organisation_id})
    office.post(f"{LIST}{call.pk}/beendet/", {"note": "x"})
    office.post(f"{LIST}{call.pk}/geaendert/", {"seen": "x"})

    call.refresh_from_db()
    assert (call.result, call.claimed_by, Confirmation.objects.count()) == ("", None, 0)


def test_all_of_an_organisation_are_confirmed_at_once(office):
    entries = [make_entry(), make_entry()]
    entries[1].__class__.objects.update(organisation=entries[0].organisation)
    found = [make_call(entry) for entry in entries]
    [party] = office.get(LIST).context["parties"]

    fields = {f"seen-{item.call.pk}": item.seen for item in party.items}
    ids = [call.pk for call in found]
    response = office.post(
        RESULT, {"call": ids, "do": "confirmed", **fields}, follow=True
    )

    assert list(Call.objects.values_list("result", flat=True)) == ["confirmed"] * 2
    assert [text[:2] for text in said(response)] == ["2 "]


@pytest.mark.usefixtures("in_november")
def test_not_reached_proposes_a_day_that_can_be_changed(office):
    call = make_call()
    form = form_of(office.get(LIST), call, "not_reached")

    office.post(RESULT, {**form, "next_try_on": "2027-01-21"})

    call.refresh_from_db()
    assert form["next_try_on"] > clock.today().isoformat()
    assert (call.tries, call.next_try_on.isoformat()) == (1, "2027-01-21")


@pytest.mark.usefixtures("in_november")
@pytest.mark.parametrize("day", ["9999-12-31", "2062-12-01", "2027-01-22"])
def test_call_is_not_put_off_for_longer_than_sixty_days(office, day):
    call = make_call()
    form = form_of(office.get(LIST), call, "not_reached")

    response = office.post(RESULT, {**form, "next_try_on": day}, follow=True)

    call.refresh_from_db()
    assert (call.tries, call.next_try_on, said(response)) == (0, clock.today(), [])
    [(place, _status)] = response.redirect_chain
    assert place == f"{LIST}?zu-spaet={call.pk}#next-try-{call.pk}"
    html = response.content.decode()
    assert html.count(f'aria-describedby="next-try-error-{call.pk}"') == 1
    assert html.count("21.01.2027") == 1
    assert "zu-spaet" not in form_of(response, call, "confirmed")["back"]


@pytest.mark.usefixtures("in_november")
@pytest.mark.parametrize(("day", "shown"), [("9999-12-31", 1), ("2027-01-21", 0)])
def test_call_put_off_for_ever_in_former_times_is_on_the_list(office, day, shown):
    make_call(next_try_on=day)

    listed, overview = office.get(LIST), office.get("/verwaltung/pflege/")

    assert len(names(listed)) == shown
    waiting = {name: number for name, number, _path in overview.context["waiting"]}
    assert waiting["Offene Anrufe"] == str(shown)
    assert bool(overview.context["later"]) == (not shown)


def test_changed_opens_the_entry_and_saving_leads_back(office):
    call = make_call()
    pk, organisation = call.pk, call.entry.organisation_id

    response = office.post(RESULT, {"call": pk, "do": "changed"})

    assert response["Location"] == (
        f"/verwaltung/city/organisation/{organisation}/change/"
        f"?return_to=%2Fverwaltung%2Fanrufe%2F{pk}%2Fgeaendert%2F"
    )
    page = office.get(f"{LIST}{pk}/geaendert/")
    assert Confirmation.objects.count() == 0
    office.post(
        f"{LIST}{pk}/geaendert/", {"do": "changed", "seen": page.context["item"].seen}
    )
    call.refresh_from_db()
    assert (call.result, Confirmation.objects.get().how) == ("changed", "phone")


def test_has_ended_asks_once_more_and_can_be_undone(office):
    call = make_call()
    page = f"{LIST}{call.pk}/beendet/"

    assert 'value="end"' in office.get(page).content.decode()
    response = office.post(page, {"do": "end"}, follow=True)
    call.refresh_from_db()
    assert (call.result, page in said(response)[0]) == ("ended", True)

    assert 'value="undo"' in office.get(page).content.decode()
    office.post(page, {"do": "undo"})
    call.refresh_from_db()
    assert call.result == ""


def test_others_see_who_calls_and_cannot_note_a_result(office):
    call = make_call()
    other = make_user("erika")
    calls.claim(call.entry.organisation_id, by=other)

    listed = office.get(LIST)
    form = form_of(listed, call, "confirmed")
    response = office.post(RESULT, form, follow=True)

    assert listed.context["parties"][0].holder == other
    assert [("erika" in text) for text in said(response)] == [True]
    assert Confirmation.objects.count() == 0


def test_take_and_give_back(office):
    call = make_call()
    fields = {"organisation": call.entry.organisation_id}

    office.post(TAKE, {**fields, "do": "take"})
    call.refresh_from_db()
    assert call.claimed_by == office.user
    office.post(TAKE, {**fields, "do": "release"})
    call.refresh_from_db()
    assert call.claimed_by is None


def test_back_leads_nowhere_else(office):
    call = make_call()

    for wanted in ("https://example.org/", "//example.org/", "/de/"):
        response = office.post(
            TAKE, {"organisation": call.pk, "do": "take", "back": wanted}
        )
        assert response["Location"].startswith(LIST)


def test_entries_without_an_organisation_are_settled_one_by_one(office):
    for number in range(2):
        offering = make_offering(phone=f"02323 {number}", provider=None)
        make_call(make_offer_entry(offering))
    for _ in range(2):
        house = make_organisation("Haus")
        make_call(make_entry(house))
        make_call(make_offer_entry(make_offering(provider=house)))

    html = office.get(LIST).content.decode()

    blocks = {
        "care-party" in one and "party-0" in one: one
        for one in html.split("<section")[1:]
    }
    alone, of_a_house = blocks[True], blocks[False]
    wanted = ("Alles bestätigt", "Ich rufe dort an", 'value="take"', "?return_to=")
    assert [word in alone for word in wanted] == [False, False, False, True]
    assert [word in of_a_house for word in wanted[:3]] == [True, True, True]
    assert alone.count('href="tel:0232') == 2

"""A goal is looked at before it is public; nothing of that stays."""

import pytest

from goals.models import Goal, Measure, Period
from goals.tests.administration import form_of, sent, signed_in
from goals.tests.factories import make_goal, make_measure, make_period
from herne_bildung.city.models import EntryVersion, SearchDocument
from herne_bildung.city.rights import LEADS, OFFICE

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    goal = make_goal("Lesen", state="draft", period=make_period(state="draft"))
    make_measure("Lesepaten", goal=goal, state="internal", internal_note="Geheim")
    return goal


def preview(client, entry, **typed) -> str:
    values = sent(client.get(form_of(entry)), **typed, _preview="1")
    return client.post(form_of(entry), values).context["page_html"]


def states() -> set[str]:
    return {
        state
        for model in (Period, Goal, Measure)
        for state in model.objects.values_list("state", flat=True)
    }


def test_a_draft_is_shown_with_what_is_typed(client, draft):
    signed_in(client, OFFICE)

    page = preview(client, draft, title_de="Lesen für alle")

    draft.refresh_from_db()
    assert "Lesen für alle" in page
    assert "Lesepaten" not in page
    assert (draft.title_de, states()) == ("Lesen", {"draft", "internal"})
    assert EntryVersion.objects.count() == 0


def test_a_measure_is_shown_on_the_page_of_its_goal(client, draft):
    signed_in(client, OFFICE)

    page = preview(client, draft.measures.get(), new_status="", title_de="Vorlesen")

    assert "Vorlesen" in page
    assert "Geheim" not in page
    assert states() == {"draft", "internal"}


def test_what_is_published_in_the_form_is_found(client):
    goal = make_goal("Lesen", state="draft")
    signed_in(client, LEADS)

    client.post(form_of(goal), sent(client.get(form_of(goal)), state="published"))

    [found] = SearchDocument.objects.filter(kind="goal", object_id=goal.pk)
    assert found.is_public

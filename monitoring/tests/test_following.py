"""Following an indicator by mail: new values, corrections, values taken back."""

from urllib.parse import unquote

import pytest

from goals.choices import Publication
from herne_bildung.freshness.actions import news
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.freshness.subscriptions import kinds
from herne_bildung.freshness.tests.following import follow, later
from monitoring.choices import ReleaseState
from monitoring.models import Indicator
from monitoring.releases import actions
from monitoring.tests.factories import make_indicator, make_release

pytestmark = pytest.mark.django_db


def told() -> bool:
    """Whether a mail goes out on the next day."""
    later(days=1)
    return news.send_news() == 1


@pytest.fixture
def indicator() -> Indicator:
    indicator = make_indicator("Betreuungsquote", slug="betreuungsquote")
    make_release(indicator)
    follow(kind="indicator", key=str(indicator.pk))
    return indicator


def test_new_values_are_told_once(indicator):
    draft = make_release(indicator, state=ReleaseState.DRAFT)
    before = told()
    actions.publish(release=draft)

    after = told(), told()

    text = OutgoingMail.objects.get().text
    assert (before, after) == (False, (True, False))
    assert "Betreuungsquote" in text
    assert "/de/monitoring/betreuungsquote/fassung/2/" in unquote(text)


def test_a_correction_says_what_changed(indicator):
    draft = make_release(indicator, state=ReleaseState.DRAFT)
    actions.correct(release=draft, what_changed="2020 war vertauscht.")
    actions.publish(release=draft)

    assert told()
    assert "2020 war vertauscht." in OutgoingMail.objects.get().text


def test_values_taken_back_are_told_with_the_reason(indicator):
    release = indicator.releases.get()
    actions.withdraw(release=release, because="Die Quelle zog sie zurück.")

    assert told()
    text = OutgoingMail.objects.get().text
    assert "Die Quelle zog sie zurück." in text
    assert list(kinds()["indicator"].items(str(indicator.pk), "de")) == [
        f"withdrawn:{release.pk}"
    ]


def test_hidden_indicators_tell_nothing(client, indicator):
    actions.publish(release=make_release(indicator, state=ReleaseState.DRAFT))
    Indicator.objects.update(state=Publication.INTERNAL)

    assert client.get(f"/de/abo/kennzahl/{indicator.pk}/").status_code == 404
    assert not told()


def test_the_page_of_an_indicator_leads_to_the_form(client, indicator):
    page = client.get("/de/monitoring/betreuungsquote/").content.decode()
    form = f"/de/abo/kennzahl/{indicator.pk}/"

    assert f'href="{form}"' in page
    assert client.get(form).status_code == 200


def test_items_need_as_many_queries_for_many(django_assert_num_queries):
    indicator = make_indicator()
    kind = kinds()["indicator"]

    for number in (1, 3):
        while indicator.releases.count() < number:
            make_release(indicator, state=ReleaseState.SUPERSEDED)
        with django_assert_num_queries(1):
            assert len(kind.items(str(indicator.pk), "de")) == number

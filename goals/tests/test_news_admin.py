"""News of the Bildungsbüro in the administration."""

import pytest

from goals.models import NewsItem, NewsLink
from goals.tests.administration import form_of, sent, signed_in
from goals.tests.factories import make_news
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS

pytestmark = pytest.mark.django_db
ADD = "/verwaltung/goals/newsitem/add/"
LIST = "/verwaltung/goals/newsitem/"


def test_new_item_has_an_address_and_is_on_the_site(client):
    signed_in(client, LEADS)
    values = {"title_de": "Neu im Netzwerk", "summary_de": "Kurz.", "text_de": "Lang."}

    client.post(ADD, sent(client.get(ADD), state="published", **values))

    item = NewsItem.objects.get()
    assert (item.slug, item.state) == ("neu-im-netzwerk", "published")
    assert "<p>Lang.</p>" in client.get("/de/ziele/neues/neu-im-netzwerk/").text


def test_item_called_feed_leaves_the_feed_where_it_is(client):
    signed_in(client, LEADS)
    values = {"title_de": "Feed", "summary_de": "Kurz."}

    client.post(ADD, sent(client.get(ADD), **values))
    refused = client.post(
        ADD, sent(client.get(ADD), title_de="x", summary_de="x", slug="feed")
    )

    assert [one.slug for one in NewsItem.objects.all()] == ["feed-2"]
    assert refused.context["errors"]


def test_links_are_entered_with_their_item_and_kept_in_its_history(client):
    signed_in(client, OFFICE)
    item = make_news("Neu", state="draft")
    values = sent(client.get(form_of(item))) | {
        "links-TOTAL_FORMS": "1",
        "links-0-title_de": "Mehr",
        "links-0-url": "https://example.org/",
        "links-0-order": "0",
        "links-0-item": item.pk,
    }

    client.post(form_of(item), values)

    assert [(one.title_de, one.url) for one in NewsLink.objects.all()] == [
        ("Mehr", "https://example.org/")
    ]
    assert EntryVersion.objects.filter(model="goals.newsitem").exists()


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (LEADS, ["draft", "internal", "published"]),
        (OFFICE, ["draft", "internal", "published"]),
        (ADVISERS, ["internal", "published"]),
        (TRANSLATORS, ["internal", "published"]),
        (PROVIDERS, None),
    ],
)
def test_everyone_gets_the_news_that_are_for_them(client, group, expected):
    for state in ("draft", "internal", "published"):
        make_news(state, state=state)
    signed_in(client, group, translates=["tr"])

    response = client.get(LIST)

    if expected is None:
        assert response.status_code == 403
        return
    rows = response.context["cl"].result_list
    assert sorted(row.title_de for row in rows) == expected

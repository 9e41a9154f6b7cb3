"""The family portal leads to places of other apps, which it names by their keys."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from herne_bildung.portal.sitemaps import pages
from offerings.family.arrival import WAYS

SEED = Path(settings.BASE_DIR)


def read(name):
    return json.loads((SEED / name).read_text(encoding="utf-8"))


def keys(name):
    return {row["key"] for row in read(name)}


def test_people_new_in_herne_are_led_to_what_there_is():
    concerns = {way.concern for way in WAYS.values() if way.concern}
    topics = {
        value for way in WAYS.values() for name, value in way.filters if name == "topic"
    }
    first = {slug for way in WAYS.values() for slug in way.first}

    assert concerns - keys("counselling/seed/data/concerns.json") == set()
    assert topics - keys("offerings/seed/data/topics.json") == set()
    slugs = {row["slug"] for row in read("offerings/seed/data/offers.json")}
    assert first - slugs == set()


def test_the_pages_for_families_are_in_the_sitemap():
    paths = {entry.path for entry in pages()}

    assert {
        "familie/",
        "familie/willkommensbesuch/",
        "familie/neu-in-herne/",
    } - paths == set()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "familie/"])
def test_home_and_menu_lead_to_the_family_portal(client, page):
    text = client.get(f"/tr/{page}").content.decode()

    assert text.count('href="/tr/familie/"') >= 2

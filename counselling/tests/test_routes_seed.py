"""The routes of the first start: what is possible from where, with which result."""

import pytest
from django.test import TestCase

from counselling.models import Concern, Route, RouteDate, RouteNode, RouteResult
from counselling.routes.graph import Graph, faults, graph_of
from counselling.routes.seed import SLUGS, read, sow
from counselling.seed import read as read_counselling
from herne_bildung.city.models import School
from herne_bildung.city.seeding import Seeding
from herne_bildung.lib.languages import CODES

ANY = "*"
SECONDARY = ["hauptschule", "realschule", "sekundarschule", "gesamtschule", "gymnasium"]
WITH_SUPPORT = [*SECONDARY, "gemeinsames-lernen", "foerderschule"]
DUAL, SERVICE = "duale-ausbildung", "freiwilligendienst"
# Route, starting point, result so far (`ANY`: none given): what is possible next.
TABLE = [
    ("nach-der-4", "klasse-4", ANY, WITH_SUPPORT),
    # The recommendation is not binding.
    ("nach-der-4", "klasse-4", "empfehlung-hauptschule", SECONDARY),
    ("nach-der-4", "klasse-4", "empfehlung-realschule", SECONDARY),
    ("nach-der-4", "klasse-4", "empfehlung-gymnasium", SECONDARY),
    ("nach-der-4", "klasse-4", "foerderbedarf", WITH_SUPPORT),
    ("nach-der-4", "hauptschule", "empfehlung-gymnasium", ["abschluss"]),
    ("nach-der-4", "realschule", ANY, ["abschluss"]),
    ("nach-der-4", "sekundarschule", ANY, ["abschluss"]),
    ("nach-der-4", "gesamtschule", "empfehlung-hauptschule", ["abschluss", "abitur"]),
    ("nach-der-4", "gymnasium", ANY, ["abschluss", "abitur"]),
    ("nach-der-4", "gemeinsames-lernen", "foerderbedarf", ["abschluss"]),
    ("nach-der-4", "foerderschule", "foerderbedarf", ["abschluss"]),
    ("nach-der-10", "klasse-8", ANY, ["berufsfelder"]),
    ("nach-der-10", "berufsfelder", ANY, ["praktikum"]),
    ("nach-der-10", "praktikum", "msa", ["anschluss"]),
    ("nach-der-10", "anschluss", ANY, ["klasse-10"]),
    (
        "nach-der-10",
        "klasse-10",
        ANY,
        [
            *("ausbildungsvorbereitung", "bfs1", "bfs2", "hoehere-bfs"),
            *("berufliches-gymnasium", "oberstufe", DUAL, SERVICE),
        ],
    ),
    (
        "nach-der-10",
        "klasse-10",
        "ohne-abschluss",
        ["ausbildungsvorbereitung", DUAL, SERVICE],
    ),
    (
        "nach-der-10",
        "klasse-10",
        "esa",
        ["ausbildungsvorbereitung", "bfs1", DUAL, SERVICE],
    ),
    ("nach-der-10", "klasse-10", "eesa", ["bfs2", DUAL, SERVICE]),
    ("nach-der-10", "klasse-10", "msa", ["hoehere-bfs", DUAL, SERVICE]),
    (
        "nach-der-10",
        "klasse-10",
        "msa-q",
        ["hoehere-bfs", "berufliches-gymnasium", "oberstufe", DUAL, SERVICE],
    ),
    ("nach-der-10", "ausbildungsvorbereitung", "ohne-abschluss", [DUAL]),
    ("nach-der-10", "ausbildungsvorbereitung", "esa", ["bfs1", DUAL]),
    ("nach-der-10", "bfs1", "eesa", ["bfs2", DUAL]),
    ("nach-der-10", "bfs2", "msa", ["hoehere-bfs", DUAL]),
    ("nach-der-10", "bfs2", "msa-q", ["hoehere-bfs", DUAL, "berufliches-gymnasium"]),
    ("nach-der-10", "hoehere-bfs", "msa", ["fachhochschulreife", "beruf"]),
    ("nach-der-10", "berufliches-gymnasium", "msa-q", ["abitur"]),
    ("nach-der-10", "oberstufe", "msa-q", ["abitur"]),
    ("nach-der-10", DUAL, "eesa", ["beruf"]),
    ("nach-der-10", DUAL, "msa", ["beruf", "fachhochschulreife"]),
    ("nach-der-10", SERVICE, "msa", [DUAL]),
]


class TestSeededRoutes(TestCase):
    """All tests look at one first start."""

    @classmethod
    def setUpTestData(cls):
        sow(Seeding())

    def graph(self, slug: str) -> Graph:
        return graph_of(Route.objects.get(slug=slug))

    def test_what_is_possible_from_where_with_what(self):
        graphs = {slug: self.graph(slug) for slug in {slug for slug, *_ in TABLE}}

        found = []
        for slug, start, result, _ in TABLE:
            graph = graphs[slug]
            known = {one.key: one for one in graph.results}
            now, _later = graph.possible(
                graph.by_key[start], None if result == ANY else known[result]
            )
            ends = [graph.nodes[step.end_id].key for step in now]
            found.append((slug, start, result, ends))

        assert found == TABLE

    def test_the_table_has_every_starting_point(self):
        starts = {
            (slug, node.key)
            for slug in ("nach-der-4", "nach-der-10")
            for node in self.graph(slug).starts
        }

        assert starts == {(slug, start) for slug, start, *_ in TABLE}

    def test_readers_stumble_over_nothing(self):
        found = {slug: faults(self.graph(slug)) for slug in SLUGS}

        assert found == {slug: [] for slug in SLUGS}

    def test_all_texts_are_there_in_all_languages(self):
        missing = [
            (slug, node["key"], name)
            for slug in SLUGS
            for node in [read(slug), *read(slug)["nodes"], *read(slug)["steps"]]
            for name in ("title", "lead", "text", "needs", "leads_to", "condition")
            if node.get(name) and list(node[name]) != list(CODES)
        ]
        names = [row["key"] for row in read("results") if list(row["name"]) != [*CODES]]

        assert (missing, names) == ([], [])

    def test_titles_and_texts_are_not_left_out(self):
        empty = RouteNode.objects.filter(title_de="") | RouteNode.objects.filter(
            text_de=""
        )

        assert list(empty) == []

    def test_every_rule_of_the_state_names_its_source(self):
        """Only what says no rule has none."""
        without = RouteNode.objects.filter(source_title="")

        assert sorted({node.key for node in without}) == [
            "beruf",
            "ehrenamt",
            "im-beruf",
            "im-ruhestand",
            "kurse-spaeter",
            "neue-ausbildung",
            "vor-dem-ruhestand",
            "wiedereinstieg",
        ]
        assert list(RouteDate.objects.filter(source_title="")) == []

    def test_concerns_school_forms_and_results_are_known(self):
        concerns = {row["key"] for row in read_counselling("concerns.json")}
        results = {row["key"] for row in read("results")}
        nodes = [node for slug in SLUGS for node in read(slug)["nodes"]]
        steps = [step for slug in SLUGS for step in read(slug)["steps"]]

        assert {key for node in nodes for key in node["concerns"]} <= concerns
        assert {form for node in nodes for form in node["school_forms"]} <= set(
            School.Form.values
        )
        assert {key for step in steps for key in step["results"]} <= results
        assert all(node["concerns"] for node in nodes)

    def test_an_update_never_undoes_what_people_changed(self):
        node = RouteNode.objects.get(route__slug="nach-der-4", key="hauptschule")
        node.text_de = "Von Hand geschrieben."
        node.save()
        RouteNode.objects.get(route__slug="nach-der-4", key="gymnasium").delete()
        RouteResult.objects.filter(key="esa").update(name_tr="")
        before = RouteNode.objects.count()

        seeding = Seeding(may_update=True)
        sow(seeding)
        node.refresh_from_db()

        assert node.text_de == "Von Hand geschrieben."
        assert RouteNode.objects.count() == before
        assert sorted((note.action, note.key) for note in seeding.notes) == [
            ("kept", "esa"),
            ("kept", "nach-der-4/gymnasium"),
            ("kept", "nach-der-4/gymnasium/abitur"),
            ("kept", "nach-der-4/gymnasium/abschluss"),
            ("kept", "nach-der-4/hauptschule"),
            ("kept", "nach-der-4/klasse-4/gymnasium"),
        ]

    def test_an_update_brings_concerns_that_came_later(self):
        Concern.objects.create(key="nach-klasse-4", group="school", name_de="Schule")

        seeding = Seeding(may_update=True)
        sow(seeding)

        nodes = RouteNode.objects.filter(concerns__key="nach-klasse-4")
        assert sorted(note.key for note in seeding.notes) == sorted(
            f"nach-der-4/{node.key}" for node in nodes
        )
        assert {note.action for note in seeding.notes} == {"changed"}
        assert nodes.count() == 8


@pytest.mark.django_db
def test_a_second_start_changes_nothing():
    sow(Seeding())
    again = Seeding()
    sow(again)

    assert again.notes == []

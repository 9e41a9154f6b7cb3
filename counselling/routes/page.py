"""A route as its page shows it: what is possible next, and the whole of it, drawn and
as a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from counselling.models import Route, RouteDate, RouteNode, RouteResult, RouteStep
from counselling.routes.drawing import Drawing, Edge, Label, draw
from counselling.routes.graph import Graph, graph_of, is_open
from counselling.routes.nearby import Advisers, Schools, advisers_for, schools_for
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.lib.dates import days_in_words
from herne_bildung.lib.languages import direction
from herne_bildung.lib.localized import Text, localized_entry

PARAMETERS = ("start", "result")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: Text
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: a condition in words, the results it needs, whether it is open."""

    key: str
    title: Text
    condition: Text
    results: list[Text]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Station:
    """A node with all that is said of it. `url` shows what comes after it; empty
    where nothing does.
    """

    key: str
    kind: str
    kind_word: str
    title: Text
    text: Text
    needs: Text
    leads_to: Text
    ways: list[Way]
    url: str
    is_here: bool
    schools: Schools | None
    advisers: Advisers
    dates: list[dict[str, Any]]


@dataclass(slots=True)
class RoutePage:
    """What `counselling/route.html` shows. `errors` are by field."""

    title: Text
    lead: Text
    errors: dict[str, list[str]]
    starts: list[Choice]
    results: list[Choice]
    here: Station | None
    possible: list[tuple[Way, Station]]
    later: list[tuple[Way, Station]]
    stations: list[Station]
    drawing: Drawing
    dates: list[dict[str, Any]]
    has_dates: bool
    sources: list[dict[str, str]]
    has_fallback: bool

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": _("Routes"), "url": reverse("routes")}]


class _Maker:
    """Makes the parts of one page; what is asked of the database is asked once."""

    def __init__(self, route: Route, data: Mapping[str, str], language: str) -> None:
        self.route, self.language = route, language
        self.graph: Graph = graph_of(route)
        self.errors: dict[str, list[str]] = {}
        self.has_fallback = False
        results = {result.key: result for result in self.graph.results}
        starts = {node.key: node for node in self.graph.starts}
        self.result: RouteResult | None = self._chosen(data, "result", results)
        self.here: RouteNode | None = self._chosen(data, "start", starts)
        if self.here is None and starts:
            self.here = next(iter(starts.values()))
        nodes = self.graph.nodes.values()
        self.schools = schools_for(nodes, language)
        self.advisers = advisers_for(nodes, language)
        self.dates = list(route.dates.shown(clock.today()))

    def _chosen(self, data: Mapping[str, str], name: str, known: dict) -> Any:
        wanted = (data.get(name) or "").strip()
        if wanted and wanted not in known:
            self.errors[name] = [_("Please choose one of the entries of the list.")]
        return known.get(wanted)

    def text(self, entry: Any, name: str) -> Text:
        found = localized_entry(entry, name, self.language)
        self.has_fallback = self.has_fallback or found.is_fallback
        return found

    def url_of(self, node: RouteNode) -> str:
        pairs = [("start", node.key)]
        if self.result:
            pairs.append(("result", self.result.key))
        return f"{address(reverse('route', args=[self.route.slug]), pairs)}#next"

    def way(self, step: RouteStep) -> Way:
        end = self.graph.nodes[step.end_id]
        return Way(
            key=end.key,
            title=self.text(end, "title"),
            condition=self.text(step, "condition"),
            results=[self.text(one, "name") for one in step.results.all()],
            is_open=is_open(step, self.result),
        )

    def station(self, node: RouteNode) -> Station:
        steps = self.graph.steps_from(node)
        return Station(
            key=node.key,
            kind=node.kind,
            kind_word=node.get_kind_display(),
            title=self.text(node, "title"),
            text=self.text(node, "text"),
            needs=self.text(node, "needs"),
            leads_to=self.text(node, "leads_to"),
            ways=[self.way(step) for step in steps],
            url=self.url_of(node) if steps else "",
            is_here=node == self.here,
            schools=self.schools(node),
            advisers=self.advisers(node),
            dates=[self.date(one) for one in self.dates if one.node_id == node.pk],
        )

    def date(self, entry: RouteDate) -> dict[str, Any]:
        return {
            "title": self.text(entry, "title"),
            "days": days_in_words(entry.first_day, entry.last_day, self.language),
            "school_year": entry.school_year,
        }

    def drawing(self) -> Drawing:
        places = {pk: place for place, pk in enumerate(self.graph.nodes)}
        labels = []
        for node in self.graph.nodes.values():
            title = self.text(node, "title")
            word = str(node.get_kind_display())
            labels.append(
                Label(node.key, title.text, node.kind, word, node == self.here)
            )
        edges = [
            Edge(
                places[step.start_id],
                places[step.end_id],
                is_conditional=bool(step.results.all()),
                is_open=self.graph.nodes[step.start_id] == self.here
                and is_open(step, self.result),
            )
            for step in self.graph.steps
        ]
        is_mirrored = direction(self.language) == "rtl"
        return draw(labels, edges, is_mirrored=is_mirrored)

    def sources(self) -> list[dict[str, str]]:
        """Each source once: that of the route, then those of its stations, dates."""
        entries = [self.route, *self.graph.nodes.values(), *self.dates]
        found: dict[str, dict[str, str]] = {}
        for entry in entries:
            if entry.source_title and entry.source_title not in found:
                found[entry.source_title] = {
                    "title": entry.source_title,
                    "url": entry.source_url,
                    "as_of": entry.as_of,
                    "quote": entry.source_quote,
                }
        return list(found.values())


def route_page(route: Route, data: Mapping[str, str], language: str) -> RoutePage:
    """The page of a route for the parameters of an address."""
    make = _Maker(route, data, language)
    stations = {pk: make.station(node) for pk, node in make.graph.nodes.items()}
    now, later = [], []
    if make.here:
        now, later = make.graph.possible(make.here, make.result)
    return RoutePage(
        title=make.text(route, "title"),
        lead=make.text(route, "lead"),
        errors=make.errors,
        starts=[
            Choice(node.key, make.text(node, "title"), node == make.here)
            for node in make.graph.starts
        ],
        results=[
            Choice(one.key, make.text(one, "name"), one == make.result)
            for one in make.graph.results
        ],
        here=stations[make.here.pk] if make.here else None,
        possible=[(make.way(step), stations[step.end_id]) for step in now],
        later=[(make.way(step), stations[step.end_id]) for step in later],
        stations=list(stations.values()),
        drawing=make.drawing(),
        dates=[make.date(one) for one in make.dates if one.node_id is None],
        has_dates=bool(make.dates),
        sources=make.sources(),
        has_fallback=make.has_fallback,
    )

"""A route as a graph: read whole, asked what is possible, checked by staff."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from counselling.models import Route, RouteNode, RouteResult, RouteStep


@dataclass
class Graph:
    """Nodes in their order, by id; steps in theirs, with their results; `foreign`
    are steps that lead out of the route or into it.
    """

    nodes: dict[int, RouteNode]
    steps: list[RouteStep]
    results: list[RouteResult] = field(default_factory=list)
    foreign: list[RouteStep] = field(default_factory=list)

    @cached_property
    def by_key(self) -> dict[str, RouteNode]:
        return {node.key: node for node in self.nodes.values()}

    @cached_property
    def starts(self) -> list[RouteNode]:
        """Where people may be: stations of that kind, then all others with a way on."""
        leaving = {step.start_id for step in self.steps}
        kept = [node for node in self.nodes.values() if node.pk in leaving]
        return sorted(kept, key=lambda node: node.kind != RouteNode.Kind.START)

    def steps_from(self, node: RouteNode) -> list[RouteStep]:
        return [step for step in self.steps if step.start_id == node.pk]

    def possible(
        self, node: RouteNode, result: RouteResult | None
    ) -> tuple[list[RouteStep], list[RouteStep]]:
        """Steps on with this result (None: not known yet, so all), and those that
        need another one.
        """
        now: list[RouteStep] = []
        later: list[RouteStep] = []
        for step in self.steps_from(node):
            (now if is_open(step, result) else later).append(step)
        return now, later


def is_open(step: RouteStep, result: RouteResult | None) -> bool:
    """Whether a step is possible with a result."""
    needed = step.results.all()
    return result is None or not needed or result in needed


def graph_of(route: Route, *, with_hidden: bool = False) -> Graph:
    """The graph as readers see it; with hidden stations for staff."""
    nodes = route.nodes.prefetch_related("concerns")
    if not with_hidden:
        nodes = nodes.filter(is_published=True)
    found = {node.pk: node for node in nodes}
    touching = RouteStep.objects.filter(
        Q(start__in=list(found)) | Q(end__in=list(found))
    )
    own, foreign = [], []
    for step in touching.select_related("start", "end").prefetch_related("results"):
        is_own = step.start.route_id == step.end.route_id == route.pk
        (own if is_own else foreign).append(step)
    return Graph(
        nodes=found,
        steps=[one for one in own if one.start_id in found and one.end_id in found],
        results=list(route.results.all()),
        foreign=foreign,
    )


def faults(graph: Graph) -> list[str]:
    """What readers would stumble over, in words for staff."""
    texts = []
    if not any(node.kind == RouteNode.Kind.START for node in graph.nodes.values()):
        texts.append(_("The route has no station of the kind “starting point”."))
    leaving = {step.start_id for step in graph.steps}
    for node in graph.nodes.values():
        if node.pk not in leaving and not node.is_goal:
            texts.append(
                _("Dead end: nothing follows “%(station)s”, and it is no goal.")
                % {"station": node}
            )
    reached = reachable(graph)
    for node in graph.nodes.values():
        if node.pk not in reached:
            texts.append(
                _("No way leads to “%(station)s”.") % {"station": node},
            )
    texts += [
        _("This step leads into another route, and is not shown: %(step)s")
        % {"step": step}
        for step in graph.foreign
    ]
    offered = set(graph.results)
    for step in graph.steps:
        missing = [one for one in step.results.all() if one not in offered]
        if missing:
            texts.append(
                _("“%(step)s” needs a result that the route does not offer: %(result)s")
                % {"step": step, "result": ", ".join(map(str, missing))}
            )
    return texts


def reachable(graph: Graph) -> set[int]:
    """Ids of the stations that some way leads to, those one starts from included."""
    waiting = [
        node.pk for node in graph.nodes.values() if node.kind == RouteNode.Kind.START
    ]
    found: set[int] = set(waiting)
    while waiting:
        here = waiting.pop()
        ahead = {step.end_id for step in graph.steps if step.start_id == here} - found
        found |= ahead
        waiting += ahead
    return found

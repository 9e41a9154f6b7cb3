"""What readers can follow of the action goals by mail: a goal, all goals of a period,
news. Told is what is public; of closed periods nothing new is to be expected.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.choices import MandateStatus
from goals.in_words import goal_url, measure_link
from goals.models import (
    CouncilPaper,
    Goal,
    GoalVerdict,
    Mandate,
    Measure,
    Milestone,
    Period,
    StatusChange,
)
from goals.news.listing import ALL_NEWS, shown_items
from herne_bildung.freshness.subscriptions import ItemKind, News, Thing, register
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.row_numbers import is_row_number

# Older news were there before anyone could be told; the list stays short.
NEWS_KEPT = timedelta(days=365)


def numbers(keys: Iterable[str]) -> list[int]:
    """The keys that can be ids; they come from addresses."""
    return [int(key) for key in keys if is_row_number(key)]


class GoalKind(ItemKind):
    """One action goal."""

    name, word, label = "goal", "ziel", gettext_lazy("action goal")
    days_between = 1

    def things(self, keys: Iterable[str], language: str) -> Mapping[str, Thing]:
        goals = Goal.objects.published().filter(pk__in=numbers(keys))
        return {
            str(goal.pk): Thing(
                localized_entry(goal, "title", language), goal_url(goal)
            )
            for goal in goals.select_related("period")
        }

    def items(self, key: str, language: str) -> Mapping[str, News]:
        return dict(news_of(Goal.objects.filter(pk__in=numbers([key])), language))


class PeriodKind(ItemKind):
    """All action goals of a period."""

    name, word = "goal_period", "zeitraum"
    label = gettext_lazy("all action goals of a period")
    days_between = 1

    def things(self, keys: Iterable[str], language: str) -> Mapping[str, Thing]:
        periods = Period.objects.published().filter(pk__in=numbers(keys))
        return {
            str(period.pk): Thing(
                Text(_("Action goals %(years)s") % {"years": period}),
                reverse("period", args=[period.slug]),
            )
            for period in periods
        }

    def items(self, key: str, language: str) -> Mapping[str, News]:
        goals = Goal.objects.filter(period__in=numbers([key])).order_by("number")
        published = goals.published().select_related("period")
        new_goals = {
            f"goal:{goal.pk}": News(
                _("New action goal"),
                localized_entry(goal, "title", language),
                localized_entry(goal, "short", language),
                goal_url(goal),
            )
            for goal in published
        }
        return new_goals | dict(news_of(goals, language))


def news_of(goals: QuerySet[Goal], language: str) -> Iterator[tuple[str, News]]:
    """All that is public of these goals and that readers may be told, by its mark."""
    measures = (
        Measure.objects.published()
        .in_their_places()
        .filter(goal__in=goals.values("pk"))
        .order_by("goal__number", "order", "pk")
        .prefetch_related(
            Prefetch("status_changes", StatusChange.objects.order_by("on", "pk")),
            Prefetch("milestones", Milestone.objects.exclude(done_on=None)),
            "progress",
        )
    )
    for measure in measures:
        yield from _of_measure(measure, language)
    verdicts = GoalVerdict.objects.published().filter(goal__in=goals.values("pk"))
    for verdict in verdicts.select_related("goal__period"):
        yield _of_verdict(verdict, language)
    papers = CouncilPaper.objects.published().values("pk")
    mandates = Mandate.objects.published().filter(
        Q(goals__in=goals.published().values("pk"))
        | Q(measures__in=measures.order_by().values("pk")),
        paper__in=papers,
    )
    for mandate in mandates.select_related("paper").distinct():
        yield from _of_mandate(mandate, language)


def _of_measure(measure: Measure, language: str) -> Iterator[tuple[str, News]]:
    link = measure_link(measure, language)
    title, url = link["title"], link["url"]
    summary = localized_entry(measure, "summary", language)
    yield f"measure:{measure.pk}", News(_("New measure"), title, summary, url)
    for change in measure.status_changes.all():
        what = _("Status: %(status)s (since %(day)s)") % {
            "status": change.get_status_display(),
            "day": day_in_words(change.on, language),
        }
        reason = localized_entry(change, "reason", language)
        yield f"status:{change.pk}", News(what, title, reason, url)
    for step in measure.milestones.all():
        what = _("Milestone reached on %(day)s") % {
            "day": day_in_words(step.done_on, language)
        }
        text = localized_entry(step, "title", language)
        yield f"milestone:{step.pk}", News(what, title, text, url)
    for progress in measure.progress.all():
        what = _("Progress in %(year)s") % {"year": progress.year}
        text = localized_entry(progress, "text", language)
        yield f"progress:{progress.pk}", News(what, title, text, url)


def _of_verdict(verdict: GoalVerdict, language: str) -> tuple[str, News]:
    what = _("Evaluation: %(verdict)s") % {"verdict": verdict.get_verdict_display()}
    title = localized_entry(verdict.goal, "title", language)
    reasons = localized_entry(verdict, "reasons", language)
    url = f"{goal_url(verdict.goal)}#verdicts"
    return f"verdict:{verdict.pk}", News(what, title, reasons, url)


def _of_mandate(mandate: Mandate, language: str) -> Iterator[tuple[str, News]]:
    task = localized_entry(mandate, "task", language)
    url = reverse("paper", args=[mandate.paper.slug])
    what = _("Ordered by council paper %(paper)s") % {"paper": mandate.paper.reference}
    yield f"mandate:{mandate.pk}", News(what, task, path=url)
    if mandate.status == MandateStatus.DONE:
        outcome = localized_entry(mandate, "outcome", language)
        done = News(_("Done: what a council paper ordered"), task, outcome, url)
        yield f"mandate-done:{mandate.pk}", done


class NewsKind(ItemKind):
    """News of the Bildungsbüro, all of them."""

    name, word, label = "news", "neues", gettext_lazy("news of the Bildungsbüro")
    days_between = 7

    def things(self, keys: Iterable[str], language: str) -> Mapping[str, Thing]:
        title = Text(_("News of the Bildungsbüro"))
        return {key: Thing(title, reverse("news")) for key in keys if key == ALL_NEWS}

    def items(self, key: str, language: str) -> Mapping[str, News]:
        since = clock.today() - NEWS_KEPT
        items = shown_items().filter(is_sample=False, published_on__gte=since)
        return {
            f"news:{item.pk}": News(
                day_in_words(item.published_on, language),
                localized_entry(item, "title", language),
                localized_entry(item, "summary", language),
                reverse("news_item", args=[item.slug]),
            )
            for item in items.order_by("published_on", "pk")
        }


for kind in (GoalKind(), PeriodKind(), NewsKind()):
    register(kind)

"""Turning sentences of a resolution into mandates."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from goals.models import CouncilPaper, Mandate
from goals.papers.sentences import orders, sentences
from herne_bildung.city.models import EntryVersion, User
from herne_bildung.city.versions import note

LONGEST_TASK = 300


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence; `mandate` is the one that quotes it already."""

    number: int
    wording: str
    task: str
    is_order: bool
    mandate: Mandate | None


def suggestions(paper: CouncilPaper) -> list[Suggestion]:
    """Every sentence of the resolution, with what would stand in its mandate."""
    there = {_same(one.wording): one for one in paper.mandates.all()}
    return [
        Suggestion(number, text, shortened(text), orders(text), there.get(_same(text)))
        for number, text in enumerate(sentences(paper.resolution), 1)
    ]


@transaction.atomic
def make_mandates(
    *, paper: CouncilPaper, chosen: Iterable[tuple[str, str]], by: User
) -> list[Mandate]:
    """Drafts of mandates for (sentence, task) pairs; a sentence that is one already
    makes no second one. They begin with the goals of the paper, so that pages of these
    and reports on them name what it orders.
    """
    CouncilPaper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    there = {_same(text) for text in paper.mandates.values_list("wording", flat=True)}
    order = paper.mandates.aggregate(last=Max("order"))["last"] or 0
    goals = list(paper.goals.all())
    made = []
    for wording, task in chosen:
        if _same(wording) in there:
            continue
        there.add(_same(wording))
        order += 1
        mandate = Mandate.objects.create(
            paper=paper,
            wording=wording,
            task_de=shortened(task or wording),
            order=order,
            as_of=paper.as_of,
            source_title=paper.source_title,
            source_url=paper.source_url,
            is_sample=paper.is_sample,
        )
        mandate.goals.set(goals)
        note(mandate, by=by, how=EntryVersion.How.LOGIN)
        made.append(mandate)
    return made


def shortened(text: str) -> str:
    """A text as a task, cut where it is too long."""
    text = " ".join(text.replace("\0", "").split())
    return text if len(text) <= LONGEST_TASK else text[: LONGEST_TASK - 1] + "…"


def _same(wording: str) -> str:
    """Sentences that differ only in spaces are the same."""
    return " ".join(wording.split())

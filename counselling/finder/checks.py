"""What is wrong with the questions of a version, before the public sees them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from counselling.finder.tree import MOST_QUESTIONS, Tree
from counselling.models import Concern, CounsellingOffice, OfficeConcern, Question
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES


@dataclass(frozen=True, slots=True)
class Problem:
    """A version with an error is not published; the rest is said and may be so."""

    text: str
    is_error: bool = True
    question: Question | None = None


def problems_of(tree: Tree) -> list[Problem]:
    """All problems of a version, errors first; one query for the concerns."""
    answering = OfficeConcern.objects.filter(
        concern=OuterRef("pk"),
        office__in=CounsellingOffice.objects.answers().values("pk"),
    )
    concerns = Concern.objects.annotate(has_office=Exists(answering))
    found = [*problems(tree, concerns)]
    return sorted(found, key=lambda problem: not problem.is_error)


def problems(tree: Tree, concerns: Iterable[Concern]) -> Iterator[Problem]:
    """The same for concerns that know by `has_office` whether an office answers."""
    if tree.first is None:
        yield Problem(_("There is no question yet."))
        return
    reached = reachable(tree, tree.first.pk)
    for pk, question in tree.questions.items():
        yield from _problems_of_question(tree, question, pk in reached)
    depth = tree.depths.get(tree.first.pk, 0)
    if depth > MOST_QUESTIONS:
        yield Problem(
            _("%(number)s questions are asked one after the other; three at most.")
            % {"number": depth},
            question=deepest(tree),
        )
    yield from _problems_of_concerns(tree, reached, concerns)
    yield from _missing_translations(tree)


def reachable(tree: Tree, start: int) -> set[int]:
    """Ids of the questions that one comes to from a question, itself included."""
    reached, waiting = set(), [start]
    while waiting:
        pk = waiting.pop()
        if pk in reached or pk not in tree.questions:
            continue
        reached.add(pk)
        waiting += [a.next_question_id for a in tree.answers[pk] if a.next_question_id]
    return reached


def deepest(tree: Tree) -> Question:
    """The question after the third on the longest way."""
    question = tree.first
    for _number in range(MOST_QUESTIONS):
        further = [tree.next_of(answer) for answer in tree.answers[question.pk]]
        question = max(filter(None, further), key=lambda one: tree.depths[one.pk])
    return question


def _problems_of_question(
    tree: Tree, question: Question, is_reached: bool
) -> Iterator[Problem]:
    answers = tree.answers[question.pk]
    if not is_reached:
        yield Problem(_("No answer leads to this question."), question=question)
    if not answers:
        text = _("This question has no answer: it is a dead end.")
        yield Problem(text, question=question)
    if any(answer.next_question_id and not tree.next_of(answer) for answer in answers):
        text = _("An answer leads to a question of another version.")
        yield Problem(text, question=question)
    if any(
        question.pk in reachable(tree, answer.next_question_id)
        for answer in answers
        if answer.next_question_id
    ):
        text = _("From this question one comes back to it: it is a circle.")
        yield Problem(text, question=question)


def _problems_of_concerns(
    tree: Tree, reached: set[int], concerns: Iterable[Concern]
) -> Iterator[Problem]:
    led_to = {
        answer.concern_id
        for pk in reached
        for answer in tree.answers[pk]
        if answer.concern_id
    }
    for concern in concerns:
        name = {"concern": concern.name_de}
        if concern.pk not in led_to:
            yield Problem(_("No answer leads to the concern “%(concern)s”.") % name)
        if not concern.has_office:
            yield Problem(
                _(
                    "No office answers the concern “%(concern)s”: people are told so,"
                    " and get the general office."
                )
                % name,
                is_error=False,
            )


def _missing_translations(tree: Tree) -> Iterator[Problem]:
    texts = [(question, "text") for question in tree.questions.values()]
    texts += [(q, "help") for q in tree.questions.values() if q.help_de]
    texts += [(one, "text") for rows in tree.answers.values() for one in rows]
    for language in LANGUAGES:
        missing = [
            entry
            for entry, field in texts
            if not getattr(entry, f"{field}_{language.column}")
        ]
        if not missing:
            continue
        said = {"number": len(missing), "language": language.native_name}
        yield Problem(
            _("%(language)s: texts missing: %(number)s") % said,
            is_error=language.code == DEFAULT_LANGUAGE,
        )

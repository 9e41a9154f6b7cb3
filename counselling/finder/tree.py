"""The questions of one version in memory, and the way someone took through them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from counselling.models import Answer, FinderVersion, Question
from counselling.models.finder import DO_NOT_KNOW

MOST_QUESTIONS = 3
# Of an address, with room for four long keys.
LONGEST_ADDRESS = 200


@dataclass(frozen=True, eq=False)
class Tree:
    """All questions by id, in order; the first one is where everyone begins."""

    version: FinderVersion
    questions: dict[int, Question]
    answers: dict[int, list[Answer]]

    @property
    def first(self) -> Question | None:
        return next(iter(self.questions.values()), None)

    def next_of(self, answer: Answer) -> Question | None:
        """The question an answer leads to."""
        return self.questions.get(answer.next_question_id)

    @cached_property
    def depths(self) -> dict[int, int]:
        """How many questions are asked at most from each question on, by id; none
        for those that run in a circle.
        """
        found: dict[int, int] = {}

        def depth(pk: int, above: frozenset[int]) -> int | None:
            if pk in above:
                return None
            if pk not in found:
                below = [
                    depth(answer.next_question_id, above | {pk})
                    for answer in self.answers.get(pk, ())
                    if answer.next_question_id in self.questions
                ]
                if None in below:
                    return None
                found[pk] = 1 + max(below, default=0)
            return found[pk]

        for pk in self.questions:
            depth(pk, frozenset())
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """A question that was answered; `answer` is None for "I don't know"."""

    question: Question
    answer: Answer | None


@dataclass(slots=True)
class Walk:
    """Where answers lead: to a further question, to a concern or, where someone does
    not know, to neither. `is_lost`: the address has answers that there are not.
    """

    steps: list[Step] = field(default_factory=list)
    question: Question | None = None
    is_lost: bool = False

    @property
    def last(self) -> Answer | None:
        """The answer that leads to a concern."""
        if self.question or not self.steps:
            return None
        return self.steps[-1].answer


def load(version: FinderVersion) -> Tree:
    """The questions and answers of a version; two queries."""
    questions = {one.pk: one for one in Question.objects.filter(version=version)}
    answers: dict[int, list[Answer]] = {pk: [] for pk in questions}
    rows = Answer.objects.filter(question__version=version).select_related("concern")
    for answer in rows:
        answers[answer.question_id].append(answer)
    return Tree(version, questions, answers)


def walk(tree: Tree, address: str) -> Walk:
    """Follow the answers of an address ("kind-schule.lernen"); with one that there
    is not, people begin anew, and are told.
    """
    first = tree.first
    lost = Walk(question=first, is_lost=True)
    if not address:
        return Walk(question=first)
    if len(address) > LONGEST_ADDRESS:
        return lost
    taken = Walk(question=first)
    for key in address.split("."):
        question = taken.question
        if question is None:
            return lost
        if key == DO_NOT_KNOW:
            taken.steps.append(Step(question, None))
            taken.question = None
            continue
        answer = next((a for a in tree.answers[question.pk] if a.key == key), None)
        if answer is None:
            return lost
        taken.steps.append(Step(question, answer))
        taken.question = tree.next_of(answer)
        if taken.question is None and answer.concern_id is None:
            return lost
    return taken


def address_of(steps: Sequence[Step]) -> str:
    """The answers as an address has them."""
    return ".".join(step.answer.key if step.answer else DO_NOT_KNOW for step in steps)

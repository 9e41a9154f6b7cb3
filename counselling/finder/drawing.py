"""The questions of a version as nested lists, for staff."""

from dataclasses import dataclass, field

from counselling.finder.tree import Tree
from counselling.models import Answer, Question


@dataclass(slots=True)
class Branch:
    """A question in the tree. `is_again`: its answers stand further up already."""

    question: Question
    is_again: bool = False
    answers: list[tuple[Answer, "Branch | None"]] = field(default_factory=list)


def branches(tree: Tree) -> list[Branch]:
    """The tree from the first question on, then what no answer leads to."""
    shown: set[int] = set()

    def branch(question: Question) -> Branch:
        if question.pk in shown:
            return Branch(question, is_again=True)
        shown.add(question.pk)
        made = Branch(question)
        for answer in tree.answers[question.pk]:
            further = tree.next_of(answer)
            made.answers.append((answer, branch(further) if further else None))
        return made

    found = []
    for question in tree.questions.values():
        if question.pk not in shown:
            found.append(branch(question))
    return found

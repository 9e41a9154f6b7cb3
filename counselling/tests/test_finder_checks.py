"""What is wrong with a tree is found before the public sees it."""

import pytest
from django.utils.translation import override

from counselling.finder.checks import problems_of
from counselling.finder.tree import load
from counselling.models import FinderVersion
from counselling.tests.factories import make_concern, make_office
from counselling.tests.finder import answer, ask, make_finder, make_version

pytestmark = pytest.mark.django_db


def errors() -> list[tuple[str, str]]:
    """(key of the question, text) of each error."""
    with override("en"):
        return [
            (one.question.key if one.question else "", one.text)
            for one in problems_of(load(FinderVersion.objects.get()))
            if one.is_error
        ]


def test_a_good_tree_has_only_notes():
    concern = make_finder()
    make_office(concerns=[concern])

    with override("en"):
        problems = problems_of(load(FinderVersion.objects.get()))

    texts = [one.text for one in problems]
    assert [one.is_error for one in problems] == [False] * 10
    assert texts[0] == (
        "No office answers the concern “Erziehung”: people are told so, and get the"
        " general office."
    )
    assert texts[1:3] == ["Leichte Sprache: texts missing: 5",
                          "English: texts missing: 5"]  # fmt: skip


def test_a_version_without_questions():
    make_version()

    assert errors() == [("", "There is no question yet.")]


def test_dead_ends_and_lonely_questions():
    make_finder()
    ask(FinderVersion.objects.get(), "verlassen", 9)

    assert errors() == [
        ("verlassen", "No answer leads to this question."),
        ("verlassen", "This question has no answer: it is a dead end."),
    ]


def test_circles():
    version = make_version()
    one, two = ask(version, "eins"), ask(version, "zwei", 1)
    concern = make_concern("Da")
    answer(one, "weiter", two)
    answer(two, "zurueck", one)
    answer(two, "da", concern)

    assert errors() == [
        ("eins", "From this question one comes back to it: it is a circle."),
        ("zwei", "From this question one comes back to it: it is a circle."),
    ]


def test_more_than_three_questions():
    version = make_version()
    asked = [ask(version, f"frage-{number}", number) for number in range(4)]
    for one, further in zip(asked, [*asked[1:], make_concern("Da")], strict=True):
        answer(one, "weiter", further)

    assert errors() == [
        ("frage-3", "4 questions are asked one after the other; three at most.")
    ]


def test_a_concern_nobody_is_led_to():
    make_finder()
    make_concern("Vergessen")

    assert errors() == [("", "No answer leads to the concern “Vergessen”.")]


def test_a_question_of_another_version():
    make_finder()
    other = ask(make_version("draft", 2), "fremd")
    answer(FinderVersion.objects.get(number=1).questions.get(key="was"), "fremd", other)

    tree = load(FinderVersion.objects.get(number=1))

    with override("en"):
        [error] = [one for one in problems_of(tree) if one.is_error]
    assert error.text == "An answer leads to a question of another version."


def test_german_texts_must_be_there():
    make_finder()
    FinderVersion.objects.get().questions.filter(key="was").update(text_de="")

    assert errors() == [("", "Deutsch: texts missing: 1")]

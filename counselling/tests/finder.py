"""A small finder for tests: published, two questions deep."""

from django.utils import timezone

from counselling.models import Answer, Concern, FinderVersion, Question
from counselling.tests.factories import make_concern


def make_version(state: str = "published", number: int = 1) -> FinderVersion:
    published_at = None if state == "draft" else timezone.now()
    return FinderVersion.objects.create(
        number=number, state=state, published_at=published_at
    )


def ask(version: FinderVersion, key: str, order: int = 0) -> Question:
    return Question.objects.create(
        version=version, key=key, text_de=f"Frage {key}?", order=order
    )


def answer(
    question: Question, key: str, to: Question | Concern, audience: str = ""
) -> Answer:
    """An answer that leads to a question or a concern."""
    where = {"next_question" if isinstance(to, Question) else "concern": to}
    return Answer.objects.create(
        question=question, key=key, text_de=f"Antwort {key}", audience=audience, **where
    )


def make_finder() -> Concern:
    """ "ich" → "arbeit" → the concern it returns; "kind" leads to another one."""
    version = make_version()
    who, what = ask(version, "wer"), ask(version, "was", 1)
    concern = make_concern("Wieder arbeiten", key="wiedereinstieg", name_tr="İş")
    answer(who, "ich", what)
    answer(who, "kind", make_concern("Erziehung", key="erziehung"))
    answer(what, "arbeit", concern, audience="men")
    return concern

"""Staff edit a draft of the finder, look at it, and leads publish it."""

import pytest
from django.urls import reverse

from counselling.finder.actions import HasErrors, Refused, begin_draft, publish
from counselling.finder.tree import load
from counselling.models import Answer, FinderVersion, Question
from counselling.tests.finder import answer, ask, make_finder
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import AuditEntry
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.tests.factories import make_user
from herne_bildung.lib.languages import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
LIST = "/verwaltung/counselling/finderversion/"


@pytest.fixture(autouse=True)
def groups():
    ensure_groups()


def sign_in(client, *names: str):
    user = make_user("", *names)
    client.force_login(user)
    return user


def page(name: str, version: FinderVersion, *more: str) -> str:
    return reverse(f"admin:counselling_finderversion_{name}", args=[version.pk, *more])


def published() -> FinderVersion:
    return FinderVersion.objects.published().get()


def draft() -> FinderVersion:
    return FinderVersion.objects.drafts().get()


def shape(version: FinderVersion) -> dict[str, dict[str, str]]:
    """Where each answer of each question leads, by keys."""
    tree = load(version)
    return {
        question.key: {
            one.key: one.concern.key if one.concern else tree.next_of(one).key
            for one in tree.answers[pk]
        }
        for pk, question in tree.questions.items()
    }


def question_form(question: Question | None, *answers: dict, **values) -> dict:
    """What the form of a question sends; answers as rows."""
    sent = {"key": "neu", "order": 5, "text_de": "Neu?", **values}
    for language in LANGUAGES:
        for name in ("text", "help"):
            sent.setdefault(f"{name}_{language.column}", "")
    old = list(question.answers.all()) if question else []
    sent |= {
        "answers-TOTAL_FORMS": len(old) + len(answers),
        "answers-INITIAL_FORMS": len(old),
    }
    rows = [
        {
            "id": one.pk,
            "key": one.key,
            "order": one.order,
            "text_de": one.text_de,
            "next_question": one.next_question_id or "",
            "concern": one.concern_id or "",
            "audience": one.audience,
        }
        for one in old
    ]
    for number, row in enumerate([*rows, *answers]):
        sent |= {f"answers-{number}-{name}": value for name, value in row.items()}
    return sent


def test_editing_begins_with_a_copy(client):
    make_finder()
    sign_in(client, OFFICE)

    response = client.post(page("draft", published()))

    assert response.url == page("tree", draft())
    assert (draft().number, shape(draft())) == (2, shape(published()))
    assert {one.version for one in Question.objects.all()} == {draft(), published()}
    again = client.post(page("draft", published()), follow=True)
    assert FinderVersion.objects.count() == 2
    assert len(list(again.context["messages"])) == 1


def test_copies_keep_translations_and_what_is_known_of_them():
    make_finder()
    Question.objects.filter(key="wer").update(
        text_tr="Kim?", translation_state={"tr": {"text": {"hash": "x"}}}
    )

    begin_draft(published())

    copied = draft().questions.get(key="wer")
    assert (copied.text_de, copied.text_tr) == ("Frage wer?", "Kim?")
    assert copied.translation_state == {"tr": {"text": {"hash": "x"}}}


def test_question_with_answers_joins_the_draft(client):
    concern = make_finder()
    begin_draft(published())
    sign_in(client, OFFICE)
    row = {"key": "a", "order": 0, "text_de": "A", "concern": concern.pk}

    response = client.post(
        reverse("admin:counselling_question_add"), question_form(None, row)
    )

    assert response.url == page("tree", draft())
    assert shape(draft())["neu"] == {"a": "wiedereinstieg"}
    assert "neu" not in shape(published())


@pytest.mark.parametrize("is_both", [True, False])
def test_an_answer_that_leads_to_two_things_or_none_is_refused(client, is_both):
    concern = make_finder()
    further = begin_draft(published()).questions.get(key="was")
    sign_in(client, OFFICE)
    row = {"key": "a", "order": 0, "text_de": "A"}
    if is_both:
        row |= {"concern": concern.pk, "next_question": further.pk}

    response = client.post(
        reverse("admin:counselling_question_add"), question_form(None, row)
    )

    [inline] = response.context["inline_admin_formsets"]
    assert list(inline.formset.forms[0].errors) == ["__all__"]
    assert "neu" not in shape(draft())


def test_what_was_published_is_not_changed(client):
    make_finder()
    sign_in(client, LEADS)
    question = published().questions.get(key="wer")
    path = reverse("admin:counselling_question_change", args=[question.pk])

    refused = [
        client.post(path, question_form(question)).status_code,
        client.post(
            reverse("admin:counselling_question_delete", args=[question.pk]),
            {"post": "yes"},
        ).status_code,
        client.post(page("change", published()), {"note": "x"}).status_code,
        client.post(reverse("admin:counselling_question_add")).status_code,
    ]

    assert refused == [403] * 4
    assert client.get(path).status_code == 200


def test_tree_shows_problems_and_a_draft_with_errors_is_not_published(client):
    make_finder()
    lonely = ask(begin_draft(published()), "verlassen", 9)
    sign_in(client, LEADS)

    tree = client.get(page("tree", draft()))
    client.post(page("publish", draft()))

    errors = [one for one in tree.context["problems"] if one.is_error]
    assert [one.question for one in errors] == [lonely, lonely]
    assert draft().number == 2


def test_errors_are_found_where_a_draft_is_published():
    make_finder()
    version = begin_draft(published())
    ask(version, "verlassen", 9)

    with pytest.raises(HasErrors):
        publish(version, by=None)
    with pytest.raises(Refused):
        publish(published(), by=None)

    assert published().number == 1


def test_publishing_keeps_the_former_version_which_can_be_restored(client):
    make_finder()
    first = published()
    begin_draft(first)
    second = draft()
    lead = sign_in(client, LEADS)

    client.get(page("publish", second))
    assert published() == first
    client.post(page("publish", second))

    assert (published(), published().published_by) == (second, lead)
    first.refresh_from_db()
    assert first.state == "former"
    logged = AuditEntry.objects.filter(model="counselling.finderversion").get()
    assert (logged.action, logged.by) == ("published", lead)
    client.post(page("draft", first))
    assert (draft().number, shape(draft())) == (3, shape(first))


def test_a_draft_can_be_thrown_away_and_nothing_else(client):
    make_finder()
    begin_draft(published())
    sign_in(client, OFFICE)

    client.post(page("discard", draft()))
    client.post(page("discard", published()))

    assert [one.state for one in FinderVersion.objects.all()] == ["published"]
    assert Answer.objects.count() == 3


def test_steps_are_not_taken_by_following_a_link(client):
    make_finder()
    version = begin_draft(published())
    sign_in(client, LEADS)

    answered = [
        client.get(page(name, version)).status_code for name in ("draft", "discard")
    ]

    assert answered == [405, 405]


def test_preview_is_the_public_page_of_the_draft(client):
    make_finder()
    first = begin_draft(published()).questions.get(key="wer")
    answer(first, "neu", first.answers.get(key="kind").concern)
    sign_in(client, OFFICE)

    path = page("preview", draft(), "tr")
    response = client.get(path, {"answers": "neu"})

    assert "no-store" in response.headers["Cache-Control"]
    assert response.context["page"]["language"] == "tr"
    assert not response.context["finder"].is_lost
    assert client.get(page("preview", draft(), "xx")).status_code == 404
    public = client.get("/tr/beratung/finden/", {"answers": "neu"})
    assert public.context["finder"].is_lost


@pytest.mark.parametrize("group", [ADVISERS, PROVIDERS, TRANSLATORS])
def test_others_reach_none_of_it(client, group):
    make_finder()
    version = begin_draft(published())
    sign_in(client, group)
    names = ("tree", "draft", "publish", "discard", "change", "history")
    paths = [page(name, version) for name in names]
    paths += [LIST, page("preview", version, "de")]
    paths += [reverse("admin:counselling_question_changelist")]
    paths += [reverse("admin:counselling_concerncount_changelist")]

    answered = {client.post(path).status_code for path in paths}
    answered |= {client.get(path).status_code for path in paths}

    assert answered == {403}
    assert draft() == version


def test_only_leads_publish(client):
    make_finder()
    begin_draft(published())
    sign_in(client, OFFICE)

    assert client.post(page("publish", draft())).status_code == 403
    assert published().number == 1


def test_list_leads_to_the_draft(client):
    make_finder()
    sign_in(client, OFFICE)
    begin = page("draft", published())

    before = client.get(LIST).content.decode()
    begin_draft(published())
    after = client.get(LIST).content.decode()

    assert [begin in text for text in (before, after)] == [True, False]
    assert f'class="button" href="{page("tree", draft())}"' in after

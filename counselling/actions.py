"""Writes of counselling."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, override

from counselling.models import Concern, ContactRole, CounsellingOffice
from herne_bildung.city import search
from herne_bildung.city.models import SearchDocument
from herne_bildung.lib import clock
from herne_bildung.lib.analyser import fuzzy_text
from herne_bildung.lib.languages import LANGUAGES

KIND = "office"
# What the first contact role of an office is called, until somebody says it better.
GENERAL = gettext_noop("General enquiries")


@transaction.atomic
def reindex(ids: Iterable[int] | None = None) -> int:
    """Make the search words of these offices anew (all when none are named)."""
    offices = CounsellingOffice.objects.for_pages()
    if ids is not None:
        offices = offices.filter(pk__in=list(ids))
    documents = [document(office) for office in offices]
    search.write(documents)
    return len(documents)


def document(office: CounsellingOffice) -> SearchDocument:
    """The words by which an office is found: its name, its concerns in people's own
    words, its roles, its organisation and place.
    """
    values = vars(office)
    names = search.texts_by_language(values, "name")
    concerns = [link.concern for link in office.concern_links.all()]
    main = _together([_of_concern(concern) for concern in concerns])
    roles = _together(
        search.texts_by_language(vars(role), "title", "responsibility")
        for role in office.shown_roles
    )
    texts = search.texts_by_language(values, "summary", "description", "what_to_bring")
    where = [str(office.organisation or "")]
    if office.place:
        where += [str(office.place), getattr(office.place.district, "name", "")]
    return SearchDocument(
        kind=KIND,
        object_id=office.pk,
        is_public=office.state == CounsellingOffice.State.PUBLISHED,
        is_sample=office.is_sample,
        terms_a=search.terms(names),
        terms_b=search.terms(_together([main, roles])),
        terms_c=search.terms(search.texts_by_language(values, "summary")),
        terms_d=search.terms(_together([texts, {"de": " ".join(where)}])),
        fuzzy_text=fuzzy_text(f"{names['de']} {main['de']}"),
    )


def _of_concern(concern: Concern) -> dict[str, str]:
    """Its name and the words people type for it, by language."""
    names = search.texts_by_language(vars(concern), "name")
    return {
        language: " ".join([name, *concern.synonyms.get(language, ())])
        for language, name in names.items()
    }


def _together(texts: Iterable[dict[str, str]]) -> dict[str, str]:
    found = {language.code: "" for language in LANGUAGES}
    for one in texts:
        for language, text in one.items():
            found[language] = f"{found[language]} {text}".strip()
    return found


@transaction.atomic
def ensure_general_role(office: CounsellingOffice) -> None:
    """Give a new office its general contact, named in all languages."""
    if office.roles.filter(is_general=True).exists():
        return
    titles = {}
    for language in LANGUAGES:
        with override(language.code):
            titles[f"title_{language.column}"] = gettext(GENERAL)
    ContactRole.objects.create(office=office, is_general=True, **titles)


@transaction.atomic
def make_general(role: ContactRole) -> None:
    """Make a role the general contact instead of the one that was."""
    roles = ContactRole.objects.select_for_update().filter(office=role.office_id)
    list(roles)
    roles.filter(is_general=True).exclude(pk=role.pk).update(is_general=False)
    roles.filter(pk=role.pk).update(is_general=True, is_hidden=False)


@transaction.atomic
def hide_roles(roles: QuerySet[ContactRole], *, is_hidden: bool) -> list[ContactRole]:
    """Take these roles off the site, but general contacts, or show them again. Nothing
    is deleted. Returns those that changed.
    """
    changed = list(
        roles.select_for_update(of=("self",)).filter(
            is_general=False, is_hidden=not is_hidden
        )
    )
    for role in changed:
        role.is_hidden = is_hidden
        role.save()
    reindex({role.office_id for role in changed})
    return changed


def role_path(role: ContactRole) -> str:
    """Where a role is edited."""
    return reverse("admin:counselling_contactrole_change", args=[role.pk])


def forget_names() -> int:
    """Remove names whose consent has ended. Returns how many."""
    ended = ContactRole.objects.filter(name_shown_until__lt=clock.today())
    return ended.update(person_name="", name_consent_on=None, name_shown_until=None)

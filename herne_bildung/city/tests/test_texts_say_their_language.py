"""In the German administration each text of another language says which it is
(docs/decisions/2026-11-22-german-workplace.md): what a voice reads, and to which side.
"""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from herne_bildung.city.models import Organisation
from herne_bildung.city.rights import ADVISERS, LEADS
from herne_bildung.city.tests.administration import fields_of, signed_in
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib.languages import LANGUAGES

pytestmark = pytest.mark.django_db
CHANGE = "admin:city_organisation_change"
NEW = "ناد"
WITHOUT_END = {"input", "br", "img", "meta", "link", "hr", "source"}


class Reader(HTMLParser):
    """Arabic words of a page, each with the marks of the elements around it."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[tuple[str, str, str]] = []
        self.found: set[tuple[str, str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        values = dict(attrs)
        _, lang, dir = self.around[-1] if self.around else ("", "", "ltr")
        marks = (tag, values.get("lang") or lang, values.get("dir") or dir)
        self._note(values.get("value") or "", marks, values.get("type"))
        if tag not in WITHOUT_END:
            self.around.append(marks)

    def handle_endtag(self, tag: str) -> None:
        while self.around and self.around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._note(data, self.around[-1] if self.around else ("", "", ""), "")

    def _note(self, text: str, marks: tuple[str, str, str], kind: str | None) -> None:
        names = {language.native_name for language in LANGUAGES}
        if (
            any("\u0600" <= letter < "\u0700" for letter in text)
            and text.strip() not in names
            and kind != "hidden"
        ):
            self.found.add((text.strip(), marks[1], marks[2]))


def arabic(answer) -> set[tuple[str, str, str]]:
    """(words, lang, dir) of what the page shows in Arabic."""
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader.found


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation("Verein", name_ar="جمعية")


@pytest.mark.parametrize("group", [LEADS, ADVISERS])
def test_in_a_form_to_write_and_to_read(client, organisation, group):
    signed_in(client, group)

    page = client.get(reverse(CHANGE, args=[organisation.pk]))

    assert arabic(page) == {("جمعية", "ar", "rtl")}


def test_where_versions_are_compared(client, organisation):
    signed_in(client, LEADS)
    path = reverse(CHANGE, args=[organisation.pk])
    client.post(path, fields_of(organisation, name_ar=NEW))

    compare = reverse("admin:city_organisation_compare", args=[organisation.pk])
    page = client.get(compare, {"a": 1, "b": 2})

    assert [one.label for one in page.context["differences"]] == ["Name (Arabisch)"]
    assert arabic(page) == {("جمعية", "ar", "rtl"), (NEW, "ar", "rtl")}


def test_where_two_people_wrote(client, organisation):
    path = reverse(CHANGE, args=[organisation.pk])
    other = Client()
    signed_in(client, LEADS)
    signed_in(other, LEADS)
    state = client.get(path).context["form_state"]
    other.post(path, fields_of(organisation, name_ar=NEW))

    typed = fields_of(organisation, name_ar="نادي", form_state=state)
    page = client.post(path, typed)

    assert [one["name"] for one in page.context["conflicts"]] == ["choice:name_ar"]
    assert arabic(page) == {
        ("جمعية", "ar", "rtl"),
        (NEW, "ar", "rtl"),
        ("نادي", "ar", "rtl"),
    }


def test_mails_have_a_language_the_administration_has_not(client, organisation):
    person = signed_in(client, LEADS, language="ar")

    page = client.get(reverse("admin:city_user_change", args=[person.pk]))

    field = page.context["adminform"].form.fields["language"]
    assert field.label == capfirst(gettext("language of mails"))
    assert 'lang="ar"' in str(page.context["adminform"].form["language"])
    assert page.headers["Content-Language"] == "de"
    assert '<html lang="de"' in page.content.decode()

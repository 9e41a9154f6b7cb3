from pathlib import Path

import pytest

from herne_bildung.lib import catalogues
from herne_bildung.lib.catalogues import Key

PYTHON = """
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

LABEL = _("Topic")
UNKNOWN = gettext(LABEL)


def words(number):
    # Translators: the month of May
    month = pgettext("month", "May")
    return ngettext("%(number)s offer", "%(number)s offers", number), month
"""
TEMPLATE = """
{% load something %}
<h1 title="{% translate "It's CSS" %}">{{ _("Find an offer") }}</h1>
  {% translate "May" context "month" %}
{% blocktranslate trimmed count number=offers %}
  One offer
  fits
{% plural %}
  {{ number }} offers fit
{% endblocktranslate %}
{% translate variable %} don't
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one module, one template and one test."""
    files = {
        "offerings/words.py": PYTHON,
        "offerings/tests/test_words.py": '_("only in a test")',
        "templates/page.html": TEMPLATE,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def entries(path: Path) -> dict[Key, object]:
    found = catalogues.messages(catalogues.read(path))
    return {key: message.string for key, message in found.items()}


def test_collect_finds_every_string_in_python_and_templates(project):
    collected = catalogues.messages(catalogues.collect(project))

    assert {
        key: [name for name, _ in message.locations]
        for key, message in collected.items()
    } == {
        Key("", ("Topic",)): ["offerings/words.py"],
        Key("month", ("May",)): ["offerings/words.py", "templates/page.html"],
        Key("", ("%(number)s offer", "%(number)s offers")): ["offerings/words.py"],
        Key("", ("It's CSS",)): ["templates/page.html"],
        Key("", ("Find an offer",)): ["templates/page.html"],
        Key("", ("One offer fits", "%(number)s offers fit")): ["templates/page.html"],
    }


def test_collect_names_the_broken_template(project):
    page = project / "templates/page.html"
    page.write_text("{% blocktranslate %}{% if x %}y{% endif %}{% endblocktranslate %}")

    with pytest.raises(ValueError, match=r"templates/page\.html"):
        catalogues.collect(project)


def test_update_makes_every_plural_form_of_the_language(project):
    path = catalogues.paths(project)["ar"]

    changes = catalogues.update(path, catalogues.collect(project))

    assert changes == catalogues.Changes(added=6, gone=0, missing=6)
    assert entries(path)[Key("", ("%(number)s offer", "%(number)s offers"))] == (
        ("",) * 6
    )


def test_update_takes_english_as_its_own_translation(project):
    path = catalogues.paths(project)["en"]

    changes = catalogues.update(path, catalogues.collect(project))

    assert changes == catalogues.Changes(added=6, gone=0, missing=0)
    assert entries(path)[Key("month", ("May",))] == "May"


def test_update_keeps_translations_and_brings_back_a_string_that_returns(project):
    path = catalogues.paths(project)["tr"]
    catalogues.update(path, catalogues.collect(project))
    path.write_text(path.read_text().replace('msgid "Topic"\nmsgstr ""', TRANSLATED))
    translated = path.read_text()
    module = project / "offerings/words.py"

    module.write_text(PYTHON.replace("Topic", "Subject"))
    without = catalogues.update(path, catalogues.collect(project))
    module.write_text(PYTHON)
    again = catalogues.update(path, catalogues.collect(project))

    assert without == catalogues.Changes(added=1, gone=1, missing=6)
    assert again == catalogues.Changes(added=1, gone=1, missing=5)
    assert path.read_text() == translated


def test_update_drops_old_strings_on_demand(project):
    path = catalogues.paths(project)["tr"]
    catalogues.update(path, catalogues.collect(project))
    path.write_text(path.read_text().replace('msgid "Topic"\nmsgstr ""', TRANSLATED))
    (project / "offerings/words.py").unlink()

    catalogues.update(path, catalogues.collect(project))
    kept = "#~" in path.read_text()
    catalogues.update(path, catalogues.collect(project), drop_obsolete=True)

    assert (kept, "#~" in path.read_text()) == (True, False)


TRANSLATED = 'msgid "Topic"\nmsgstr "Konu"'

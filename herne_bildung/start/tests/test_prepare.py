"""Steps before the web server starts."""

from django.utils.translation import gettext

from herne_bildung.start.prepare import compile_catalogues

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "a string of a new catalogue"
msgstr "ein Text"
"""


def test_process_that_compiles_a_catalogue_uses_it(tmp_path, settings):
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE)
    settings.LOCALE_PATHS = [tmp_path]
    before = gettext("a string of a new catalogue")

    compiled = [compile_catalogues(tmp_path) for _ in range(2)]

    assert before == "a string of a new catalogue"
    assert compiled == [True, False]
    assert gettext("a string of a new catalogue") == "ein Text"

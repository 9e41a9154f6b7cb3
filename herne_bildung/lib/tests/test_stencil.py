from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from herne_bildung.lib.localized import Text
from herne_bildung.lib.stencil import fill, marked, text_values, together

CARD = "components/offer_card.html"
CHOICE = "components/facet_choice.html"


def as_ordinary_template(name, values):
    context = {
        key: value if value is True else SafeString(value)
        for key, value in values.items()
        if value
    }
    return render_to_string(name, context).strip()


def test_filled_stencils_equal_the_ordinary_template():
    full = {
        "url": "/de/angebote/a/?x=1&amp;y=2",
        "title": "<mark>Kurs</mark>",
        "title_lang": "de",
        "title_dir": "ltr",
        "topics": "Sprache",
        "ages": "3 bis 6 Jahre",
        "documented": "Stand 2017",
        "reasons": "Alter nicht bekannt",
        "is_sample": True,
    }
    bare = {"url": "/de/angebote/b/", "title": "Treff", "topics": "", "ages": ""}

    filled = [fill(CARD, values) for values in (full, bare, full)]

    expected = [as_ordinary_template(CARD, values) for values in (full, bare, full)]
    assert filled == expected


def test_the_same_shape_takes_other_values():
    values = {"name": "topic", "kind": "checkbox", "count": "4", "is_checked": True}

    filled = [
        fill(CHOICE, {**values, "value": value, "label": value.title()})
        for value in ("musik", "sport")
    ]

    assert filled[1] == filled[0].replace("musik", "sport").replace("Musik", "Sport")


def test_each_language_has_its_own_stencil():
    values = {"id": "words", "label": "Words", "placeholder": "…", "value": "x"}
    values |= {"action_language": "de", "action_path": "suche/"}

    found = {}
    for language in ("de", "en"):
        with translation.override(language):
            filled = fill("components/search_box.html", values)
            expected = as_ordinary_template("components/search_box.html", values)
        assert filled == expected
        found[language] = filled

    assert found["de"] != found["en"]


def test_text_values_are_escaped_and_name_their_language():
    assert text_values("title", Text('<b> & "c"', "de", "ltr")) == {
        "title": "&lt;b&gt; &amp; &quot;c&quot;",
        "title_lang": "de",
        "title_dir": "ltr",
    }
    assert text_values("title", Text("")) == {}
    assert text_values("title", None) == {}


def test_marked_escapes_each_piece():
    pieces = [{"text": "<i>", "hit": True}, {"text": " & mehr", "hit": False}]

    assert marked(pieces) == "<mark>&lt;i&gt;</mark> &amp; mehr"
    assert marked(None) == ""


def test_together_is_safe_to_print():
    assert isinstance(together(["<p>", "</p>"]), SafeString)
    assert together(["<p>", "</p>"]) == "<p>\n</p>"

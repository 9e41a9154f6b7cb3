import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from herne_bildung.lib.localized import Text
from herne_bildung.portal.component_samples import samples
from herne_bildung.portal.templatetags.components import before_what_it_says

COMPONENTS = settings.BASE_DIR / "templates" / "components"
PARTS_OF_OTHERS = {
    "facet_choice.html",
    "card_badge.html",
    "offer_card.html",
    "field_error.html",
    "footer.html",
    "wordmark.html",
    "main_navigation.html",
    "language_chooser.html",
    "language_link.html",
    "search_box.html",
}


def test_every_component_names_its_arguments():
    silent = [
        path.name
        for path in sorted(COMPONENTS.glob("*.html"))
        if not re.match(r"\{# .+ Arguments: .+ #\}\n", path.read_text())
        and not re.match(r"\{# .+; a stencil, .+ Arguments: .+ #\}\n", path.read_text())
    ]

    assert silent == []


def test_every_component_is_on_the_component_page():
    page = (COMPONENTS.parent / "portal" / "components.html").read_text()
    shown = set(re.findall(r'include "components/([a-z_]+\.html)"', page))
    existing = {path.name for path in COMPONENTS.glob("*.html")}

    assert existing - shown - PARTS_OF_OTHERS == set()


def test_component_page_has_no_inline_style_or_script():
    """Data blocks are no scripts: no browser runs them."""
    html = render_to_string("portal/components.html", samples())
    html = html.replace('<script type="application/ld+json">', "")

    assert re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", html) == []


def test_a_filter_choice_shows_what_it_would_leave():
    choices = [
        {"value": "a&b", "label": "A & B", "count": 12, "depth": 1, "checked": True},
        {"value": "none", "label": "Nichts", "count": 0, "maybe": 0, "depth": 0},
        {"value": "maybe", "label": "Vielleicht", "count": 0, "maybe": 3},
    ]
    template = Template(
        "{% load components %}{% facet_choices choices 'topic' 'radio' %}"
    )

    html = template.render(Context({"choices": choices}))

    assert html == "\n".join(
        [
            '<label class="choice choice--depth-1"><input type="radio" '
            'id="topic-a&amp;b" name="topic" value="a&amp;b" checked>'
            '<span class="choice__label">A &amp; B</span> '
            '<span class="choice__count">12</span></label>',
            '<label class="choice choice--none"><input type="radio" '
            'id="topic-none" name="topic" value="none">'
            '<span class="choice__label">Nichts</span> '
            '<span class="choice__count">0</span></label>',
            '<label class="choice"><input type="radio" '
            'id="topic-maybe" name="topic" value="maybe">'
            '<span class="choice__label">Vielleicht</span> '
            '<span class="choice__count">0</span></label>',
        ]
    )


def test_a_card_escapes_what_people_typed():
    card = {
        "url": "/de/angebote/x/",
        "title": {"text": "<script>alert(1)</script>"},
        "summary": Text("<img src=x onerror=alert(1)>", "de", "ltr"),
        "provider": Text('"><b>'),
        "topics": "<i>",
        "may_fit_reasons": ["<u>"],
    }

    html = render_to_string("components/offer_list.html", {"cards": [card]})

    assert re.findall(r"<(?:script|img|b|i|u)\b", html) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize(
    ("label", "said"),
    [("E-Mail", "E-Mail:"), ("Was fehlt?", "Was fehlt?"), ("ما الخطأ؟", "ما الخطأ؟")],
)
def test_a_question_has_no_colon(label, said):
    assert before_what_it_says(label) == said

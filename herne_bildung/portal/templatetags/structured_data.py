"""What pages say to machines: schema.org (`lib.schema_org`) and Open Graph."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from herne_bildung.lib import schema_org
from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE

register = template.Library()

SITE = "Lernen! in Herne"
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
TITLE = re.compile(rf"<title>(.*) – {SITE}</title>", re.DOTALL)
IMAGE = "images/touch-icon.png"


@register.simple_tag
def structured_data(data: Mapping[str, Any] | None) -> SafeString:
    """A node of schema.org as a data block; nothing for None."""
    return schema_org.script(data)


@register.simple_tag
def breadcrumb_data(
    steps: Iterable[Mapping[str, Any]] | None, current: Any, language: str, home: str
) -> SafeString:
    """The breadcrumb of a page as a BreadcrumbList."""
    first = {"label": home, "url": f"/{language or DEFAULT_LANGUAGE}/"}
    return schema_org.script(
        schema_org.breadcrumbs([first, *(steps or ())], str(current))
    )


class Headed(Node):
    """The title and the block `meta` as they are, and the same for Open Graph."""

    child_nodelists = ("title", "meta")

    def __init__(self, title: NodeList, meta: NodeList):
        self.title, self.meta = title, meta

    def render(self, context: template.Context) -> SafeString:
        title = self.title.render(context)
        meta = self.meta.render(context)
        named = TITLE.search(title)
        page = context.get("page") or {}
        described = DESCRIPTION.search(meta)
        facts = [
            ("og:site_name", SITE),
            ("og:type", "website"),
            ("og:title", mark_safe(named[1].strip()) if named else ""),  # noqa: S308
            ("og:description", mark_safe(described[1]) if described else ""),  # noqa: S308
            ("og:url", page.get("canonical_url", "")),
            ("og:locale", _locale(page.get("language"))),
            ("og:image", absolute(static(IMAGE))),
        ]
        properties = format_html_join(
            "\n    ",
            '<meta property="{}" content="{}">',
            [fact for fact in facts if fact[1]],
        )
        return format_html(
            "{}\n    {}\n    {}",
            mark_safe(title),  # noqa: S308  escaped by its template
            mark_safe(meta),  # noqa: S308  escaped by its template
            properties,
        )


def _locale(code: str | None) -> str:
    """As Open Graph writes languages: "de", "tr"; easy German is German."""
    return BY_CODE[code].spoken_code if code in BY_CODE else ""


@register.tag
def headed(parser: Parser, token: Token) -> Headed:
    """`{% headed %}<title>…</title>{% head_meta %}meta{% endheaded %}`"""
    title = parser.parse(("head_meta",))
    parser.delete_first_token()
    meta = parser.parse(("endheaded",))
    parser.delete_first_token()
    return Headed(title, meta)

"""What every public page's frame needs; the same for every visitor."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.portal import side_by_side

EASY_LANGUAGE = "de-simple"


def page(request: HttpRequest) -> dict[str, Any]:
    """`page`: language, direction, the same page in the other languages; `easy_url`
    is that in Leichte Sprache, `two_url` two languages side by side (empty for what
    cannot be shown so).
    """
    code = get_language() or DEFAULT_LANGUAGE
    language = BY_CODE.get(code, BY_CODE[DEFAULT_LANGUAGE])
    first, _, rest = request.path[1:].partition("/")
    if first not in BY_CODE:
        rest = ""
    query = request.META.get("QUERY_STRING", "")
    tail = f"{rest}?{query}" if query else rest
    can_be_two = side_by_side.can_be_shown(request.resolver_match)
    return {
        "page": {
            "language": language.code,
            "dir": language.direction,
            "path": request.path,
            "canonical_url": f"{settings.PUBLIC_ADDRESS}{request.path}",
            "easy_url": f"/{EASY_LANGUAGE}/{tail}",
            "two_url": side_by_side.link(language.code, f"/{tail}")
            if can_be_two
            else "",
            "languages": [
                {
                    "code": other.code,
                    "native_name": other.native_name,
                    "dir": other.direction,
                    "url": f"/{other.code}/{tail}",
                }
                for other in LANGUAGES
            ],
        }
    }

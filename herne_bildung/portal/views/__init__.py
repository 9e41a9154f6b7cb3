from herne_bildung.portal.views.errors import (
    bad_request,
    forbidden,
    not_found,
    server_error,
)
from herne_bildung.portal.views.home import choose_language, home

__all__ = [
    "bad_request",
    "choose_language",
    "forbidden",
    "home",
    "not_found",
    "server_error",
]

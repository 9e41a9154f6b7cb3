from herne_bildung.portal.views.barriers import barrier_reported, report_barrier
from herne_bildung.portal.views.components import components
from herne_bildung.portal.views.errors import (
    bad_request,
    forbidden,
    not_found,
    server_error,
)
from herne_bildung.portal.views.home import choose_language, home
from herne_bildung.portal.views.legal import about, accessibility, imprint, privacy
from herne_bildung.portal.views.machines import feed
from herne_bildung.portal.views.search import site_search
from herne_bildung.portal.views.side_by_side import side_by_side

__all__ = [
    "about",
    "accessibility",
    "bad_request",
    "barrier_reported",
    "choose_language",
    "components",
    "feed",
    "forbidden",
    "home",
    "imprint",
    "not_found",
    "privacy",
    "report_barrier",
    "server_error",
    "side_by_side",
    "site_search",
]

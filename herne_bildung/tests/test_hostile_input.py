"""Whatever arrives at a public address: never a failure of ours, never slow.

The lists are what scanners and broken programs send; Hypothesis adds what nobody
thought of, the same in every run.
"""

from datetime import timedelta
from itertools import product
from urllib.parse import quote, urlencode

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from herne_bildung.freshness.models import ErrorReport, OutgoingMail
from herne_bildung.lib import clock, form_token
from herne_bildung.tests import pages
from herne_bildung.tests.hostile import (
    FURTHER_PARAMETERS,
    HEADERS,
    METHODS,
    PARAMETERS,
    RAW_QUERIES,
    TAILS,
    VALUES,
)
from herne_bildung.tests.probing import Prober

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("content"),
    pytest.mark.long,
]

MACHINES = (
    "/",
    "/robots.txt",
    "/sitemap.xml",
    "/opensearch.xml",
    "/healthz",
    "/daten/",
    "/daten/katalog.ttl",
    "/daten/ganze-kennzahl/werte.csv",
)
READ_PARAMETERS = {
    "booklet",
    "directory",
    "family",
    "family_folder",
    "feed",
    "findings",
    "indicator",
    "indicator_chart",
    "indicator_embed",
    "indicator_release",
    "kept",
    "kept_paper",
    "monitoring",
    "new_in_herne",
    "offerings",
    "offerings_calendar",
    "offerings_map",
    "offices",
    "papers",
    "period",
    "provider",
    "schools",
    "side_by_side",
    "site_search",
    "slip",
    "survey",
    "surveys",
}
SIGN_IN = "/verwaltung/konto/anmelden/"
FORM_FIELDS = ("message", "email", "page", "token", "homepage", "unknown")
FORM = "/de/barrierefreiheit/melden/"


@pytest.fixture(autouse=True)
def _one_connection():
    """Requests share the connection of the test, as with Django's test client."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def prober() -> Prober:
    return Prober()


@pytest.fixture
def kinds(content) -> list[pages.Page]:
    """One page of each kind."""
    return list({page.name: page for page in content}.values())


def everywhere(value: str) -> str:
    """A query string with one value under every parameter's name."""
    names = (*PARAMETERS, *FURTHER_PARAMETERS)
    return urlencode([(name, value) for name in names], errors="replace")


@pytest.fixture
def step(pytestconfig) -> int:
    """Each page gets a third of what is there, its neighbours the other thirds; with
    --all-languages all of it.
    """
    return 1 if pytestconfig.getoption("--all-languages", default=False) else 3


def test_hostile_queries(prober, kinds, step):
    """Pages that read parameters get their share of it, the others some."""
    for number, page in enumerate(kinds):
        reads = page.name in READ_PARAMETERS
        share = slice(number % step, None, step if reads else 10)
        for query in (*map(everywhere, VALUES[share]), *RAW_QUERIES[share]):
            prober.send("GET", page.address("de"), query)

    assert prober.wrong == {}
    assert prober.count > 600


def test_values_under_single_parameters_of_the_search(prober):
    """Alone, so that no other bad value gets in the way; a quarter of all pairs."""
    for value, name in list(product(VALUES, PARAMETERS))[::4]:
        query = {name: value} if name == "q" else {name: value, "q": "kurs"}
        prober.send("GET", "/ar/angebote/", urlencode(query, errors="replace"))

    assert prober.wrong == {}
    assert prober.count > 450


def test_hostile_paths(prober, content):
    stems = {"/", "/de/", "/verwaltung/", "/static/"}
    stems |= {page.address("de") for page in content}
    stems |= {stem.rsplit("/", 2)[0] + "/" for stem in stems if stem.count("/") > 2}
    for stem in sorted(stems):
        for tail in TAILS:
            prober.send("GET", stem + quote(tail, safe="%/?;=&.<>'\""))

    assert prober.wrong == {}


def test_wrong_methods(prober, kinds):
    addresses = [page.address("de") for page in kinds]
    for address in (*addresses, *MACHINES):
        for method in METHODS:
            prober.send(method, address)
            prober.send(method, address, data=b"\0\xff" * 100, content_type="a/b")

    assert prober.wrong == {}


def test_odd_headers(prober, kinds, step):
    addresses = [page.address("tr") for page in kinds]
    for number, address in enumerate((*addresses, *MACHINES, SIGN_IN)):
        for name, value in HEADERS[number % step :: step]:
            header = name.upper().replace("-", "_")
            if not header.startswith("CONTENT_"):
                header = f"HTTP_{header}"
            prober.send("GET", address, **{header: value})

    assert prober.wrong == {}


@pytest.fixture
def an_hour_later():
    """Tokens of forms made before count now."""
    return lambda: clock.shift(timedelta(hours=1))


def post(prober: Prober, address: str, fields: dict[str, str], **options) -> None:
    prober.send(
        "POST",
        address,
        data=urlencode(fields, errors="replace").encode(),
        content_type="application/x-www-form-urlencoded",
        **options,
    )


def test_hostile_reports(prober, an_hour_later):
    """With good tokens and from many networks, so that nothing is turned away early."""
    tokens = [form_token.make("barrier") for _ in VALUES]
    an_hour_later()
    for number, (value, token) in enumerate(zip(VALUES, tokens, strict=True)):
        network = {"REMOTE_ADDR": f"10.{number}.0.1"}
        post(prober, FORM, dict.fromkeys(FORM_FIELDS, value), **network)
        fields = {"message": value or "a", "page": value, "token": token}
        post(prober, FORM, fields, **network)
        post(prober, FORM, fields | {"message": "a", "email": value}, **network)

    assert prober.wrong == {}
    assert OutgoingMail.objects.count() > 10


def test_hostile_sign_in(prober):
    """With a CSRF token, so that the values reach the form."""
    secret = "a" * 32
    for value in VALUES:
        fields = dict.fromkeys(("login", "password", "next"), value)
        fields["csrfmiddlewaretoken"] = secret
        post(prober, SIGN_IN, fields, HTTP_COOKIE=f"csrftoken={secret}")
        post(prober, SIGN_IN, fields | {"csrfmiddlewaretoken": value})

    assert prober.wrong == {}


def test_hostile_reports_of_errors(prober, kinds, an_hour_later):
    """The same for reports of errors; what is refused is kept nowhere."""
    [form] = [page.address("de") for page in kinds if page.name == "report_error"]
    tokens = [form_token.make("report") for _ in VALUES]
    an_hour_later()
    for number, (value, token) in enumerate(zip(VALUES, tokens, strict=True)):
        network = {"REMOTE_ADDR": f"10.{number}.0.2"}
        post(prober, form, dict.fromkeys((*FORM_FIELDS, "reason"), value), **network)
        fields = {"reason": "times", "text": value, "token": token}
        post(prober, form, fields, **network)
        post(prober, form, fields | {"text": "", "email": value}, **network)

    assert prober.wrong == {}
    assert ErrorReport.objects.count() > 10


@pytest.mark.parametrize("address", [FORM, SIGN_IN, "/de/angebote/"])
def test_broken_bodies(prober, address):
    kinds = ("multipart/form-data; boundary=x", "multipart/form-data", "text/plain")
    bodies = (b"", b"--x\r\n", b"\xff" * 1_000, b"--x\r\nContent-Disposition: x")
    for kind in (*kinds, "application/x-www-form-urlencoded; charset=nonsense"):
        for body in (*bodies, b"a=%ff&b=%00&" * 2_000):
            prober.send("POST", address, data=body, content_type=kind)

    assert prober.wrong == {}


texts = st.text(max_size=60) | st.sampled_from(VALUES)
numbers = st.integers().map(str) | st.floats().map(str) | st.dates().map(str)
parameters = st.lists(
    st.tuples(st.sampled_from(PARAMETERS) | st.text(max_size=8), texts | numbers),
    max_size=12,
)


@given(
    parameters, st.sampled_from(["angebote/", "angebote/karte/", "suche/", "familie/"])
)
@settings(
    max_examples=100,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_unthought_of_queries(pairs, rest):
    prober = Prober()

    prober.send("GET", f"/de/{rest}", urlencode(pairs, errors="replace"))

    assert prober.wrong == {}


@given(
    st.text(max_size=80), st.sampled_from(["", "angebote/", "schulen/", "anbieter/"])
)
@settings(
    max_examples=80,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_unthought_of_paths(path, rest):
    prober = Prober()

    prober.send("GET", f"/de/{rest}{quote(path, errors='replace')}")

    assert prober.wrong == {}

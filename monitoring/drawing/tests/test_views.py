import io
import xml.etree.ElementTree as ElementTree

import pytest
from django.utils import translation
from PIL import Image

from monitoring.choices import ReleaseState, ValueState
from monitoring.drawing.svg import NAMESPACE
from monitoring.drawing.tests.examples import make_district_release
from monitoring.tests.factories import make_breakdown, make_observation

TAG = f"{{{NAMESPACE}}}"
CHARTS = ("verlauf", "vergleich", "karte", "bezirke")

pytestmark = pytest.mark.django_db


def address(chart, number=1, language="de"):
    return f"/{language}/monitoring/kinder/fassung/{number}/{chart}"


@pytest.fixture
def release():
    return make_district_release()


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_a_file_with_title_source_and_state(client, release, chart):
    answer = client.get(address(f"{chart}.svg"))

    picture = ElementTree.fromstring(answer.content)
    words = " ".join(one.text for one in picture.iter(f"{TAG}text"))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert [one.tag for one in picture][:2] == [f"{TAG}title", f"{TAG}desc"]
    assert "Amtliche Quelle, dl-zero" in words
    assert "/monitoring/kinder/fassung/1/" in words
    assert not [one for one in picture.iter() if one.get("class") or one.get("style")]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_png_is_twice_the_size(client, release, chart):
    svg = ElementTree.fromstring(client.get(address(f"{chart}.svg")).content)
    answer = client.get(address(f"{chart}.png"))

    picture = Image.open(io.BytesIO(answer.content))
    expected = (2 * float(svg.get("width")), 2 * float(svg.get("height")))
    assert picture.format == "PNG"
    assert picture.size == pytest.approx(expected, abs=2)


def test_who_has_the_picture_gets_it_not_again(client, release):
    first = client.get(address("verlauf.png"))
    again = client.get(address("verlauf.png"), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"]


def test_the_choice_of_the_address_counts(client, release):
    with translation.override("de"):
        answer = client.get(address("vergleich.svg"), {"period": "2021"})

    picture = ElementTree.fromstring(answer.content)
    assert picture.find(f"{TAG}desc").text.startswith(
        "Eickel: 20,0\N{NO-BREAK SPACE}%; Wanne: 17,0\N{NO-BREAK SPACE}%; Herne: 12,0"
    )


@pytest.mark.parametrize("chart", CHARTS)
def test_pictures_and_frames_say_of_whom_the_values_are(client, release, chart):
    [girls] = make_breakdown(release.indicator, "geschlecht", "Mädchen")
    for one in release.observations.filter(state=ValueState.VALUE):
        one.pk, one.category_1 = None, girls
        one.save()
    choice = {"geschlecht": girls.key}

    picture = client.get(address(f"{chart}.svg"), choice)
    frame = client.get(address(f"einbetten/{chart}/"), choice)

    title = ElementTree.fromstring(picture.content).find(f"{TAG}title").text
    assert title.startswith("Kinder, Mädchen – ")
    assert f"{title}</" in frame.text


def test_frames_of_all_sites_may_show_a_chart_and_nothing_else(client, release):
    answers = [
        client.get(address("verlauf").replace("/verlauf", "/einbetten/verlauf/"))
        for _ in range(2)
    ]
    page = client.get(address(""))

    for answer in answers:
        policy = answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert "frame-ancestors *" in policy.split("; ")
        assert not answer.cookies
        assert "<script" not in answer.text
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"].split("; ")


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_withdrawn_release_gives_a_picture_without_figures(client, release, kind):
    release.state = ReleaseState.WITHDRAWN
    release.withdrawn_because_de = "Die Quelle hat sich geirrt."
    release.save()

    answer = client.get(address(f"verlauf.{kind}"))

    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-store")
    if kind == "svg":
        picture = ElementTree.fromstring(answer.content)
        words = " ".join(one.text for one in picture.iter(f"{TAG}text"))
        assert "Die Quelle hat sich geirrt." in words
        assert picture.find(f"{TAG}path") is None


def test_a_withdrawn_release_is_told_in_the_frame(client, release):
    release.state = ReleaseState.WITHDRAWN
    release.withdrawn_because_de = "Die Quelle hat sich geirrt."
    release.save()

    answer = client.get(address("einbetten/verlauf/"))

    assert answer.status_code == 410
    assert "Die Quelle hat sich geirrt." in answer.text
    assert "<svg" not in answer.text


@pytest.mark.parametrize("state", [ReleaseState.DRAFT, ReleaseState.SCHEDULED])
def test_what_was_never_public_has_no_pictures(client, release, state):
    release.publish_at, release.state = release.published_at, state
    release.save()

    answers = [client.get(address(f"verlauf.{kind}")) for kind in ("svg", "png")]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    "rest", ["kuchen.svg", "verlauf.pdf", "einbetten/kuchen/", "verlauf.svg.png"]
)
def test_other_charts_and_forms_do_not_exist(client, release, rest):
    assert client.get(address(rest)).status_code == 404


def test_numbers_too_large_for_a_release_do_not_exist(client, release):
    assert client.get(address("verlauf.svg", number=10**12)).status_code == 404


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("years", [1, 3])
def test_queries_of_a_file(client, release, django_assert_num_queries, chart, years):
    area = release.observations.first().area
    for year in range(years):
        make_observation(release, area, str(1990 + year), year)
    expected = {"verlauf": 7, "vergleich": 7, "karte": 9, "bezirke": 8}

    with django_assert_num_queries(expected[chart]):
        client.get(address(f"{chart}.svg"))

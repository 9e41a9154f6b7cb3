"""Pictures and flyers in the form of an offer, on its page, and on disk."""

import os
import time
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from herne_bildung.city import uploads
from herne_bildung.city.file_views import POLICY
from herne_bildung.city.rights import LEADS
from herne_bildung.lib import page_cache
from offerings.models import Offering, OfferingPicture
from offerings.tests.administration import change_page, fields_of, provider, signed_in
from offerings.tests.factories import make_offering
from offerings.tests.forms_in_pages import fields_in, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def offer() -> Offering:
    return make_offering("Kurs", summary_de="Kurz.")


def jpeg(colour: str = "teal") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (1200, 800), colour).save(out, "JPEG")
    return SimpleUploadedFile("urlaub.jpg", out.getvalue(), "image/jpeg")


def leaflet() -> SimpleUploadedFile:
    out, document = BytesIO(), pikepdf.new()
    document.add_blank_page()
    document.save(out)
    return SimpleUploadedFile("../../etc/passwd.html", out.getvalue(), "text/html")


def row(prefix: str, **values) -> dict:
    """A new row of a form."""
    return {
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-INITIAL_FORMS": 0,
        **{f"{prefix}-0-{name}": value for name, value in values.items()},
    }


def with_picture(client, offer: Offering) -> OfferingPicture:
    sent = row("picture", upload=jpeg(), alt_de="Zwei Kinder", alt_tr="İki çocuk")
    client.post(change_page(offer), fields_of(offer) | sent)
    return OfferingPicture.objects.get()


def address(name: str, width: int = 480) -> str:
    return f"/bilder/{name}-{width}.webp"


def test_picture_is_shown_small_and_said_in_words(client, offer):
    signed_in(client, LEADS)
    picture = with_picture(client, offer)

    german = client.get(f"/de/angebote/{offer.slug}/").content.decode()
    turkish = client.get(f"/tr/angebote/{offer.slug}/").content.decode()
    polish = client.get(f"/pl/angebote/{offer.slug}/").content.decode()

    image = german[german.index('<img src="/bilder/') :].partition(">")[0]
    assert f'src="{address(picture.file)}"' in image
    assert f"{address(picture.file, 960)} 960w" in image
    assert 'width="960" height="640" alt="Zwei Kinder" loading="lazy"' in image
    assert 'alt="İki çocuk"' in turkish
    assert 'alt="Zwei Kinder" lang="de"' in polish


def test_picture_is_given_out_as_nothing_else(client, offer):
    signed_in(client, LEADS)
    picture = with_picture(client, offer)

    answer = client.get(address(picture.file))

    wanted = {
        "Content-Type": "image/webp",
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=86400, immutable",
        "Content-Security-Policy": POLICY,
    }
    assert {name: answer.headers[name] for name in wanted} == wanted
    assert len(answer.content) < 40_000
    assert client.get(address(picture.file, 481)).status_code == 404
    assert client.get("/bilder/" + "0" * 32 + "-480.webp").status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"upload": jpeg}, "alt_de"),
        ({"alt_de": lambda: "Zwei Kinder"}, "upload"),
        ({"upload": leaflet, "alt_de": lambda: "Zwei Kinder"}, "upload"),
        ({"kept": lambda: "x:y", "alt_de": lambda: "Zwei Kinder"}, "upload"),
    ],
)
def test_a_picture_needs_a_real_file_and_words(client, offer, sent, field):
    signed_in(client, LEADS)
    values = {name: make() for name, make in sent.items()}

    answer = client.post(
        change_page(offer), fields_of(offer) | row("picture", **values)
    )

    formsets = {one.formset.prefix: one.formset for one in formsets_of(answer)}
    assert list(formsets["picture"].forms[0].errors) == [field]
    assert OfferingPicture.objects.count() == 0


def formsets_of(answer) -> list:
    return answer.context["inline_admin_formsets"]


def test_a_picture_is_not_chosen_twice_when_something_else_is_wrong(client, offer):
    signed_in(client, LEADS)
    fields = fields_of(offer) | row("picture", upload=jpeg(), alt_de="Zwei Kinder")
    faulty = client.post(change_page(offer), fields | {"title_de": ""})

    again = fields_in(faulty.content.decode()) | {"title_de": "Kurs"}
    client.post(change_page(offer), again)

    assert OfferingPicture.objects.get().alt_de == "Zwei Kinder"


def test_flyer_is_offered_for_download(client, offer):
    signed_in(client, LEADS)
    sent = row("flyers", upload=leaflet(), title_de="Programm")
    client.post(change_page(offer), fields_of(offer) | sent)
    flyer = offer.flyers.get()

    page = client.get(f"/de/angebote/{offer.slug}/").content.decode()
    answer = client.get(f"/dateien/{flyer.file}.pdf")

    assert f'<a href="/dateien/{flyer.file}.pdf">Programm</a>' in page
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "passwd" not in answer.headers["Content-Disposition"]


def test_replaced_files_are_closed_at_once_and_removed_after_30_days(
    client, offer, media
):
    signed_in(client, LEADS)
    first = with_picture(client, offer).file
    shown = opened(client, change_page(offer)) | {"picture-0-upload": jpeg("red")}
    client.post(change_page(offer), shown)
    second = OfferingPicture.objects.get().file
    an_hour_ago = time.time() - 2 * 3600
    for path in media.glob("pictures/*"):
        os.utime(path, (an_hour_ago, an_hour_ago))

    codes = [client.get(address(name)).status_code for name in (first, second)]
    assert (first != second, codes) == (True, [404, 200])
    assert uploads.clean_up() == 0
    long_ago = time.time() - 31 * 24 * 3600
    for path in media.glob("pictures/*"):
        os.utime(path, (long_ago, long_ago))
    assert uploads.clean_up() == 2
    assert {path.name for path in media.glob("pictures/*")} == {
        f"{second}-480.webp",
        f"{second}-960.webp",
    }


def test_a_picture_that_waits_is_kept_but_not_shown(client, media):
    own = provider(client)
    offer = make_offering("Kurs", summary_de="Kurz.", provider=own)
    fields = opened(client, change_page(offer)) | row(
        "picture", upload=jpeg(), alt_de="Zwei Kinder"
    )

    client.post(change_page(offer), fields)

    assert OfferingPicture.objects.count() == 0
    long_ago = time.time() - 31 * 24 * 3600
    for path in media.glob("pictures/*"):
        os.utime(path, (long_ago, long_ago))
    assert uploads.clean_up() == 0
    assert (
        "Zwei Kinder" not in client.get(f"/de/angebote/{offer.slug}/").content.decode()
    )
    again = opened(client, change_page(offer))
    assert again["picture-0-alt_de"] == ["Zwei Kinder"]
    assert client.post(change_page(offer), again).status_code == 302


def test_a_lost_file_shows_no_picture(client, offer, media):
    signed_in(client, LEADS)
    with_picture(client, offer)
    for path in media.glob("pictures/*"):
        path.unlink()
    page_cache.outdate()

    page = client.get(f"/de/angebote/{offer.slug}/")

    assert (page.status_code, "Zwei Kinder" in page.content.decode()) == (200, False)


def test_samples_have_no_files(client):
    signed_in(client, LEADS)
    offer = make_offering("Kurs", summary_de="Kurz.", is_sample=True)

    shown = client.get(change_page(offer)).content.decode()

    assert "picture-" not in shown
    assert "flyers-" not in shown

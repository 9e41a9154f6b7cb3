import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image, ImageCms

from herne_bildung.lib import safe_flyers, safe_pictures
from herne_bildung.lib.safe_flyers import safe_flyer
from herne_bildung.lib.safe_pictures import safe_picture
from herne_bildung.lib.uploads import UploadRefused

SCRIPT = b"<script>alert(document.cookie)</script>"


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (1200, 900), mode: str = "RGB", **more
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "teal").save(out, kind, **more)
    return out.getvalue()


def pdf(change=lambda document: None, pages: int = 1) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def refused(take, content: bytes) -> str:
    with pytest.raises(UploadRefused) as found:
        take(BytesIO(content))
    return str(found.value)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_two_small_ones(kind):
    found = safe_picture(BytesIO(picture(kind)))

    sizes = {width: opened(one).size for width, one in found.files.items()}
    assert sizes == {480: (480, 360), 960: (960, 720)}
    assert {opened(one).format for one in found.files.values()} == {"WEBP"}
    assert (found.width, found.height, len(found.name)) == (960, 720, 32)


def test_a_small_picture_is_not_made_larger():
    found = safe_picture(BytesIO(picture(size=(400, 300))))

    assert {opened(one).size for one in found.files.values()} == {(400, 300)}
    assert (found.width, found.height) == (400, 300)


def test_nothing_of_where_and_when_it_was_taken_is_left():
    exif = Image.Exif()
    exif[0x0110] = "Telephone of Erika"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 32.0, 0.0), 3: "E", 4: (7.0, 12, 0)})
    content = picture(exif=exif, comment=b"home of Erika")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = picture("PNG", icc_profile=profile)
    assert b"Erika" in content

    for sent in (content, other):
        for one in safe_picture(BytesIO(sent)).files.values():
            with opened(one) as shown:
                assert (dict(shown.getexif()), set(shown.info) & PRIVATE) == ({}, set())
            assert b"Erika" not in one


PRIVATE = {"exif", "icc_profile", "xmp", "comment"}


def test_a_picture_taken_upright_stays_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    found = safe_picture(BytesIO(picture(size=(800, 400), exif=exif)))

    assert (found.width, found.height) == (400, 800)


def test_transparent_parts_become_white():
    out = BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(out, "PNG")

    found = safe_picture(BytesIO(out.getvalue()))

    assert opened(found.files[480]).getpixel((5, 5)) == (255, 255, 255)


def test_what_hides_behind_a_picture_is_gone():
    archive = BytesIO()
    with ZipFile(archive, "w") as packed:
        packed.writestr("run.js", "alert(1)")
    polyglot = picture() + SCRIPT + archive.getvalue()

    for one in safe_picture(BytesIO(polyglot)).files.values():
        assert (SCRIPT in one, b"run.js" in one) == (False, False)


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<html>" + SCRIPT,
        b"GIF89a" + SCRIPT,
        b"",
        b"%PDF-1.7",
        picture("GIF"),
        picture("TIFF"),
        picture("BMP"),
        picture()[:700],
        b"\xff\xd8\xff\xe0" + SCRIPT * 50,
        b"\x89PNG\r\n\x1a\n" + SCRIPT * 50,
    ],
    ids=[
        "svg with script",
        "page",
        "gif and script",
        "empty",
        "pdf",
        "gif",
        "tiff",
        "bmp",
        "torn off",
        "jpeg in name only",
        "png in name only",
    ],
)
def test_what_is_no_picture_is_refused(content):
    assert refused(safe_picture, content) in {
        "Das ist kein Bild. Möglich sind JPEG, PNG und WebP.",
        "Das Bild ist beschädigt.",
        "This is no picture. JPEG, PNG and WebP work.",
        "The picture is damaged.",
    }


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0" * 99))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 8_000), (65_000, 1)])
def test_bombs_are_refused_before_they_are_unpacked(size, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("unpacked"))

    refused(safe_picture, png_that_claims(*size))


def test_sizes_have_limits(monkeypatch):
    monkeypatch.setattr(safe_pictures, "LARGEST_PICTURE", 1000)
    monkeypatch.setattr(safe_flyers, "LARGEST_FLYER", 1000)

    refused(safe_picture, b"\xff\xd8" + b"0" * 1000)
    refused(safe_flyer, b"%PDF-" + b"0" * 1000)
    monkeypatch.undo()
    refused(safe_picture, picture(size=(199, 300)))
    refused(safe_picture, picture(size=(1000, 240)))


def test_a_flyer_is_written_anew_without_its_maker():
    def sign(document):
        document.docinfo["/Author"] = "Erika Beispiel"
        document.Root.Metadata = document.make_stream(b"<x>Erika</x>")

    sent = pdf(sign) + b"\n" + SCRIPT

    found = safe_flyer(BytesIO(sent))

    assert found.content.startswith(b"%PDF-")
    assert (b"Erika" in found.content, SCRIPT in found.content) == (False, False)
    with pikepdf.open(BytesIO(found.content)) as written:
        assert (len(written.pages), len(written.docinfo)) == (1, 0)


def with_script(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = action


def with_script_in_names(document):
    tree = pikepdf.Dictionary(Names=pikepdf.Array([]))
    document.Root.Names = pikepdf.Dictionary(JavaScript=tree)


def with_file(document):
    document.attachments["evil.exe"] = b"MZ"


def with_launch(document):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"),
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])


def with_action_of_page(document):
    document.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S="/URI"))


def with_form(document):
    document.Root.AcroForm = pikepdf.Dictionary(XFA=document.make_stream(b"<xdp/>"))


@pytest.mark.parametrize(
    "change",
    [
        with_script,
        with_script_in_names,
        with_file,
        with_launch,
        with_action_of_page,
        with_form,
    ],
)
def test_pdfs_that_act_or_carry_something_are_refused(change):
    assert refused(safe_flyer, pdf(change)) in {
        "This PDF contains scripts, forms or other files.",
        "Diese PDF-Datei enthält Skripte, Formulare oder andere Dateien.",
    }


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n" + SCRIPT,
        SCRIPT + pdf(),
        picture(),
        pdf()[:200],
        pdf(pages=41),
    ],
    ids=["empty", "page", "page before", "picture", "torn off", "too long"],
)
def test_what_is_no_plain_pdf_is_refused(content):
    assert refused(safe_flyer, content) != ""


def test_a_locked_pdf_is_refused():
    out = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))

    assert "PDF" in refused(safe_flyer, out.getvalue())

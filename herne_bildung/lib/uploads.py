"""Uploaded files made safe: judged by their content, written anew, never kept as sent.

A picture becomes two WebP files without any metadata; a PDF is written anew without
what acts by itself. Names, types and sizes that a browser claims play no part.
"""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pikepdf
import puremagic
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

# What a form takes, in bytes.
LARGEST_PICTURE = 12 * 1024 * 1024
LARGEST_FLYER = 8 * 1024 * 1024
# The camera of a telephone makes up to 50 million; a bomb many more.
MOST_PIXELS = 51_000_000
SMALLEST_SIDE = 200
LONGEST_SIDE_TO_SHORTEST = 4
# Widths that pages show: a telephone, a wide or sharp screen. Pixels.
WIDTHS = (480, 960)
QUALITY = 72
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP")
PICTURE_TYPES = {"image/jpeg", "image/png", "image/webp"}
MOST_PAGES = 40
# Keys of a PDF that act by themselves, carry files or reach out.
ACTING_KEYS = {
    "/AA",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/GoToE",
    "/GoToR",
    "/ImportData",
    "/JS",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/RichMedia",
    "/Sound",
    "/SubmitForm",
    "/XFA",
}
MOST_OBJECTS = 50_000


class UploadRefusedError(ValueError):
    """Why a file is not taken; the text is for the person who sent it."""


@dataclass(frozen=True, slots=True)
class SafePicture:
    """`files` has the bytes of each width; width and height are of the largest."""

    name: str
    width: int
    height: int
    files: dict[int, bytes]


@dataclass(frozen=True, slots=True)
class SafeFlyer:
    """A PDF as it may be given out."""

    name: str
    content: bytes


def safe_picture(upload: BinaryIO) -> SafePicture:
    """The picture without metadata, upright, at most 960 pixels wide.

    Raises UploadRefusedError.
    """
    content = _content(upload, LARGEST_PICTURE)
    if _type_of(content) not in PICTURE_TYPES:
        raise UploadRefusedError(_("This is no picture. JPEG, PNG and WebP work."))
    with _pillow_faults():
        picture = _decoded(content)
        files = {}
        for width in WIDTHS:
            small = picture.copy()
            small.thumbnail((width, width * LONGEST_SIDE_TO_SHORTEST))
            files[width] = _webp(small)
    return SafePicture(_name(*files.values()), *small.size, files)


def safe_flyer(upload: BinaryIO) -> SafeFlyer:
    """The PDF written anew, without who made it with what. Raises UploadRefusedError
    for what is no PDF, is locked, acts by itself or carries other files.
    """
    content = _content(upload, LARGEST_FLYER)
    if not content.startswith(b"%PDF-"):
        raise UploadRefusedError(_("This is no PDF."))
    try:
        with pikepdf.open(BytesIO(content)) as document:
            written = _harmless(document)
    except pikepdf.PasswordError as error:
        raise UploadRefusedError(_("This PDF is locked with a password.")) from error
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError) as error:
        if isinstance(error, UploadRefusedError):
            raise
        raise UploadRefusedError(_("This PDF is damaged.")) from error
    return SafeFlyer(_name(written), written)


def _content(upload: BinaryIO, largest: int) -> bytes:
    content = upload.read(largest + 1)
    if len(content) > largest:
        text = _("The file is too large: at most %(size)s MB.")
        raise UploadRefusedError(text % {"size": largest // 1024 // 1024})
    return content


def _type_of(content: bytes) -> str:
    try:
        return puremagic.from_string(content[:4096], mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def _name(*contents: bytes) -> str:
    """A name made from the content: the same content is one file."""
    digest = hashlib.blake2b(digest_size=16)
    for content in contents:
        digest.update(content)
    return digest.hexdigest()


@contextmanager
def _pillow_faults() -> Iterator[None]:
    """Whatever a hostile picture makes of the decoder is told to its sender."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except UploadRefusedError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UploadRefusedError(_("The picture has too many pixels.")) from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        MemoryError,
        OverflowError,
    ) as error:
        raise UploadRefusedError(_("The picture is damaged.")) from error


def _decoded(content: bytes) -> Image.Image:
    """The pixels, upright and in sRGB. Sizes are looked at before anything is read."""
    with Image.open(BytesIO(content), formats=PICTURE_FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise UploadRefusedError(_("The picture has too many pixels."))
        if min(width, height) < SMALLEST_SIDE:
            text = _("The picture is too small: at least %(size)s pixels each way.")
            raise UploadRefusedError(text % {"size": SMALLEST_SIDE})
        if max(width, height) > LONGEST_SIDE_TO_SHORTEST * min(width, height):
            raise UploadRefusedError(_("The picture is too long and narrow."))
        # JPEG is decoded at a smaller size right away.
        opened.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1] * LONGEST_SIDE_TO_SHORTEST))
        profile = opened.info.get("icc_profile")
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((2 * WIDTHS[-1], 2 * WIDTHS[-1] * LONGEST_SIDE_TO_SHORTEST))
        return _in_srgb(_on_white(upright), profile)


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency, which would show differently by day and by night."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as other screens show them; the profile itself is left out."""
    if not profile:
        return picture
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, srgb) or picture
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture


def _webp(picture: Image.Image) -> bytes:
    """Pixels only: nothing of what the upload said about itself goes along."""
    pixels = Image.frombytes("RGB", picture.size, picture.tobytes())
    out = BytesIO()
    pixels.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()


def _harmless(document: pikepdf.Pdf) -> bytes:
    if len(document.pages) > MOST_PAGES:
        text = _("The PDF has too many pages: at most %(number)s.")
        raise UploadRefusedError(text % {"number": MOST_PAGES})
    if len(document.pages) == 0:
        raise UploadRefusedError(_("This PDF is damaged."))
    if len(document.objects) > MOST_OBJECTS:
        raise UploadRefusedError(_("This PDF is damaged."))
    if any(_acts(one) for one in document.objects):
        raise UploadRefusedError(_("This PDF contains scripts, forms or other files."))
    # Opening at a page is harmless, but nobody needs it.
    for key in ("/OpenAction", "/Metadata", "/PieceInfo"):
        if key in document.Root:
            del document.Root[key]
    del document.docinfo
    for page in document.pages:
        for key in ("/Metadata", "/PieceInfo"):
            if key in page.obj:
                del page.obj[key]
    out = BytesIO()
    document.save(out, deterministic_id=True, linearize=False)
    return out.getvalue()


def _acts(one: pikepdf.Object, depth: int = 0) -> bool:
    """Whether an object, with what stands directly in it, does more than show."""
    if depth > 50:
        return True
    if isinstance(one, pikepdf.Array):
        return any(_acts(part, depth + 1) for part in one if _is_direct(part))
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return False
    for key, value in one.items():
        if key in ACTING_KEYS:
            return True
        if key in {"/S", "/Subtype", "/Type"} and str(value) in ACTING_KEYS:
            return True
        if _is_direct(value) and _acts(value, depth + 1):
            return True
    return False


def _is_direct(value: object) -> bool:
    """Objects of their own are looked at by themselves."""
    return (
        isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect
    )

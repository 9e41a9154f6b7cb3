"""Pictures made safe: small WebP files of the pixels, nothing else."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

import puremagic
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from herne_bildung.lib.uploads import (
    LARGEST_PICTURE,
    WIDTHS,
    SafePicture,
    UploadRefused,
    content_of,
    name_of,
)

# The camera of a telephone makes up to 50 million; a bomb many more.
MOST_PIXELS = 51_000_000
SMALLEST_SIDE = 200
LONGEST_SIDE_TO_SHORTEST = 4
QUALITY = 72
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP")
PICTURE_TYPES = {"image/jpeg", "image/png", "image/webp"}


def safe_picture(upload: BinaryIO) -> SafePicture:
    """The picture without metadata, upright, at most 960 pixels wide.

    Raises UploadRefused.
    """
    content = content_of(upload, LARGEST_PICTURE)
    if _type_of(content) not in PICTURE_TYPES:
        raise UploadRefused(_("This is no picture. JPEG, PNG and WebP work."))
    with _pillow_faults():
        picture = _decoded(content)
        files = {}
        for width in WIDTHS:
            small = picture.copy()
            small.thumbnail((width, width * LONGEST_SIDE_TO_SHORTEST))
            files[width] = _webp(small)
    return SafePicture(name_of(*files.values()), *small.size, files)


def _type_of(content: bytes) -> str:
    try:
        return puremagic.from_string(content[:4096], mime=True)
    except (puremagic.PureError, ValueError):
        return ""


@contextmanager
def _pillow_faults() -> Iterator[None]:
    """Whatever a hostile picture makes of the decoder is told to its sender."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except UploadRefused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UploadRefused(_("The picture has too many pixels.")) from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        MemoryError,
        OverflowError,
    ) as error:
        raise UploadRefused(_("The picture is damaged.")) from error


def _decoded(content: bytes) -> Image.Image:
    """The pixels, upright and in sRGB. Sizes are looked at before anything is read."""
    with Image.open(BytesIO(content), formats=PICTURE_FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise UploadRefused(_("The picture has too many pixels."))
        if min(width, height) < SMALLEST_SIDE:
            text = _("The picture is too small: at least %(size)s pixels each way.")
            raise UploadRefused(text % {"size": SMALLEST_SIDE})
        if max(width, height) > LONGEST_SIDE_TO_SHORTEST * min(width, height):
            raise UploadRefused(_("The picture is too long and narrow."))
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

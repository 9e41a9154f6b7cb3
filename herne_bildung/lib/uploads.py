"""Uploaded files made safe: judged by their content, written anew, never kept as sent.

A picture becomes two WebP files without any metadata (`safe_pictures`); a PDF is
written anew without what acts by itself (`safe_flyers`). Names, types and sizes that a
browser claims play no part. The two modules need 20 MB of packages: they are imported
when someone uploads.
"""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

# What a form takes, in bytes.
LARGEST_PICTURE = 12 * 1024 * 1024
LARGEST_FLYER = 8 * 1024 * 1024
# Widths that pages show: a telephone, a wide or sharp screen. Pixels.
WIDTHS = (480, 960)


class UploadRefused(ValueError):
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


def content_of(upload: BinaryIO, largest: int) -> bytes:
    content = upload.read(largest + 1)
    if len(content) > largest:
        text = _("The file is too large: at most %(size)s MB.")
        raise UploadRefused(text % {"size": largest // 1024 // 1024})
    return content


def name_of(*contents: bytes) -> str:
    """A name made from the content: the same content is one file."""
    digest = hashlib.blake2b(digest_size=16)
    for content in contents:
        digest.update(content)
    return digest.hexdigest()

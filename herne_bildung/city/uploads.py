"""Uploaded files on disk: under MEDIA_ROOT, named by their content, written once.

A file lives as long as a row names it, published or not, or a change that waits does.
The cleaning touches what is in use and removes what nobody used for 30 days, so that
a former version can be restored until then. Only files in use are given out, and new
ones for an hour, for the preview of a form.
"""

import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Func, JSONField
from django.urls import reverse

from herne_bildung.city.models import Upload, WaitingVersion
from herne_bildung.lib import clock
from herne_bildung.lib.uploads import WIDTHS, SafeFlyer, SafePicture

KEPT_SECONDS = 30 * 24 * 60 * 60
NEW_SECONDS = 60 * 60


def store_picture(picture: SafePicture) -> str:
    """Write all sizes; returns the name for the row."""
    for width, content in picture.files.items():
        _write(picture_path(picture.name, width), content)
    return picture.name


def store_flyer(flyer: SafeFlyer) -> str:
    """Write the PDF; returns the name for the row."""
    _write(flyer_path(flyer.name), flyer.content)
    return flyer.name


def picture_path(name: str, width: int) -> Path:
    """Where a size of a picture lies."""
    return Path(settings.MEDIA_ROOT) / "pictures" / f"{name}-{width}.webp"


def flyer_path(name: str) -> Path:
    """Where a PDF lies."""
    return Path(settings.MEDIA_ROOT) / "flyers" / f"{name}.pdf"


def picture_url(name: str, width: int) -> str:
    """Where readers find a size of a picture."""
    return reverse("picture", args=[name, width])


def flyer_url(name: str) -> str:
    """Where readers find a PDF."""
    return reverse("flyer", args=[name])


def exists(name: str) -> bool:
    """Whether a file of this name is there; a restored backup may lack some."""
    return picture_path(name, WIDTHS[0]).exists() or flyer_path(name).exists()


def may_be_given_out(name: str, path: Path) -> bool:
    """Whether anything uses the file, or it came within the last hour."""
    try:
        age = clock.now().timestamp() - path.stat().st_mtime
    except OSError:
        return False
    return age < NEW_SECONDS or bool(_used([name])) or name in _waiting([name])


def clean_up() -> int:
    """Remove files that nobody used for 30 days. Returns how many."""
    paths = [
        *Path(settings.MEDIA_ROOT).glob("pictures/*.webp"),
        *Path(settings.MEDIA_ROOT).glob("flyers/*.pdf"),
    ]
    names = {path: path.stem.partition("-")[0] for path in paths}
    used = _used(names.values())
    used |= _waiting(set(names.values()) - used)
    removed, now = 0, clock.now().timestamp()
    for path, name in names.items():
        if name in used:
            os.utime(path)
        elif now - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _write(path: Path, content: bytes) -> None:
    """The same content has the same name: a file is whole or not there."""
    if path.exists():
        os.utime(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


def _used(names: Iterable[str]) -> set[str]:
    wanted = set(names)
    return {
        name
        for model in apps.get_models()
        if issubclass(model, Upload)
        for name in model._default_manager.filter(file__in=wanted).values_list(
            "file", flat=True
        )
    }


def _waiting(names: Iterable[str]) -> set[str]:
    """Those that a change names which is not decided yet. The database reads the
    changes, and gives nothing of them but names of files.
    """
    wanted = set(names)
    if not wanted:
        return set()
    changes = WaitingVersion.objects.filter(state__in=WaitingVersion.OPEN)
    found = changes.values_list(_FilesIn("snapshot"), flat=True)
    return wanted.intersection(chain.from_iterable(found))


class _FilesIn(Func):
    """All values that are called "file", wherever they stand in a snapshot."""

    template = "jsonb_path_query_array(%(expressions)s, '$.**.file')"
    output_field = JSONField()

"""PDFs made safe: written anew, without what acts by itself or carries files."""

from io import BytesIO
from typing import BinaryIO

import pikepdf
from django.utils.translation import gettext as _

from herne_bildung.lib.uploads import (
    LARGEST_FLYER,
    SafeFlyer,
    UploadRefused,
    content_of,
    name_of,
)

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


def safe_flyer(upload: BinaryIO) -> SafeFlyer:
    """The PDF written anew, without who made it with what. Raises UploadRefused
    for what is no PDF, is locked, acts by itself or carries other files.
    """
    content = content_of(upload, LARGEST_FLYER)
    if not content.startswith(b"%PDF-"):
        raise UploadRefused(_("This is no PDF."))
    try:
        with pikepdf.open(BytesIO(content)) as document:
            written = _harmless(document)
    except pikepdf.PasswordError as error:
        raise UploadRefused(_("This PDF is locked with a password.")) from error
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError) as error:
        if isinstance(error, UploadRefused):
            raise
        raise UploadRefused(_("This PDF is damaged.")) from error
    return SafeFlyer(name_of(written), written)


def _harmless(document: pikepdf.Pdf) -> bytes:
    if len(document.pages) > MOST_PAGES:
        text = _("The PDF has too many pages: at most %(number)s.")
        raise UploadRefused(text % {"number": MOST_PAGES})
    if len(document.pages) == 0:
        raise UploadRefused(_("This PDF is damaged."))
    if len(document.objects) > MOST_OBJECTS:
        raise UploadRefused(_("This PDF is damaged."))
    if any(_acts(one) for one in document.objects):
        raise UploadRefused(_("This PDF contains scripts, forms or other files."))
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

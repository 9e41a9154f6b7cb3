"""Files that are too large for a page that takes some."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from herne_bildung.lib.tables.reading import too_large

View = Callable[..., HttpResponse]
# What a form needs beside the file.
AROUND_FILE = 100_000


def with_file_up_to(most: str) -> Callable[[View], View]:
    """Refuses a body that is too large before any of it is read; the check against
    forged forms, which reads it, comes after. `most` names the setting, in bytes.
    """

    def wrap(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            length = request.headers.get("Content-Length", "")
            size = int(length) if length.isascii() and length.isdigit() else 0
            if size > getattr(settings, most) + AROUND_FILE:
                messages.error(request, too_large(getattr(settings, most)))
                return redirect(request.path)
            return protected(request, *args, **values)

        return guarded

    return wrap

"""What pages of the administration beside Django's own share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from herne_bildung.city.rights import sees_everything

View = Callable[..., HttpResponse]
# In the address of a page whose form was sent without the words it needs.
MISSING = "fehlt"


def page_for(may_enter: Callable[[Any], bool]) -> Callable[[View], View]:
    """A page for those signed in of whom this is true."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            if not may_enter(request.user):
                raise PermissionDenied
            return view(request, *args, **values)

        return admin.site.admin_view(checked)

    return wrap


def staff_with(permission: str) -> Callable[[Any], bool]:
    """Whether somebody is staff of the portal with this permission."""
    return lambda user: user.has_perm(permission) and sees_everything(user)


def anyone_with(permission: str) -> Callable[[Any], bool]:
    """Whether somebody has it; such a page shows each only their own."""
    return lambda user: user.has_perm(permission)


def show(
    request: HttpRequest, template: str, title: str, /, **context: Any
) -> HttpResponse:
    """A page in the frame of the administration."""
    frame = admin.site.each_context(request)
    return render(request, template, {**frame, "title": title, **context})


def words_of(request: HttpRequest, name: str) -> str:
    """What someone wrote into a field, without what no database takes."""
    return request.POST.get(name, "").replace("\0", "").strip()

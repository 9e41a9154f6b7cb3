"""Pages of one's own login that django-allauth has not, or not as we need them."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.views import email as email_view
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from herne_bildung.city.models import User
from herne_bildung.lib.row_keys import row_key


def note_password(request: HttpRequest, user: User) -> None:
    """A person has just chosen the password: django-allauth need not ask for it."""
    record_authentication(request, user, "password")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The administration's own sign-in page leads to the one with a second factor.

    Whoever is signed in and may not enter is not sent in a circle.
    """
    if request.user.is_authenticated and not admin.site.has_permission(request):
        raise PermissionDenied
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    query = f"?{urlencode({REDIRECT_FIELD_NAME: wanted})}" if wanted else ""
    return redirect(f"{reverse('account_login')}{query}")


def keep_address(user: User) -> None:
    """The address of a login, which leads or an invitation gave, is the confirmed one
    for django-allauth; a former one is none any more.
    """
    email = user.email.lower()
    addresses = EmailAddress.objects.filter(user=user)
    addresses.filter(verified=True).exclude(email=email).delete()
    taken = EmailAddress.objects.filter(email=email, verified=True)
    if email and not taken.exists():
        addresses.filter(email=email).delete()
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)


@login_required
def address(request: HttpRequest) -> HttpResponse:
    """Another e-mail address; it counts when someone there says so."""
    keep_address(request.user)
    return email_view(request)


class SessionsView(ListUserSessionsView):
    """Where one is signed in; one session can be ended, or all others."""

    def post(self, request: HttpRequest, *args, **values) -> HttpResponse:
        if not request.POST.get("end"):
            return super().post(request, *args, **values)
        pk = row_key(request.POST["end"])
        session = UserSession.objects.filter(user=request.user, pk=pk).first()
        if session is not None and not session.is_current():
            session.end()
            messages.success(request, _("This session has ended."))
        return redirect("usersessions_list")


sessions = SessionsView.as_view()

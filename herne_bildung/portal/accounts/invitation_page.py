"""The page behind an invitation: choose a password, or sign in and accept."""

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django import forms
from django.contrib.auth import password_validation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from herne_bildung.city.models import Invitation, User
from herne_bildung.lib.rate_limit import Limit, is_allowed
from herne_bildung.portal.accounts import invitations
from herne_bildung.portal.accounts.own_login import note_password

LIMIT = Limit("invitation", by_network=60, by_all=2000)


class AcceptForm(forms.Form):
    """Who comes for the first time: a name, a password."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Family name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least eight characters; a short sentence is easy to keep."),
    )

    def __init__(self, invited: Invitation, data=None) -> None:
        first, _space, last = invited.name.strip().partition(" ")
        super().__init__(data, initial={"first_name": first, "last_name": last})
        self.user = User(
            username=_free_username(invited.email),
            email=invited.email,
            language=invited.language,
            is_staff=True,
        )

    def clean(self) -> dict:
        """The password must not be made of the person's names."""
        values = super().clean()
        self.user.first_name = values.get("first_name", "")
        self.user.last_name = values.get("last_name", "")
        if password := values.get("password"):
            try:
                password_validation.validate_password(password, self.user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values


def _free_username(email: str) -> str:
    """The address itself, unless somebody is called so."""
    name, number = email[:140], 1
    while User.objects.filter(username__iexact=name).exists():
        number += 1
        name = f"{email[:140]}-{number}"
    return name


@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """In the language of the invitation; opening the page changes nothing."""
    invited = invitations.find(token) if is_allowed(LIMIT, request) else None
    if invited is None:
        return _with_headers(
            render(request, "account/invitation_ended.html", status=410), "de"
        )
    with override(invited.language):
        return _with_headers(_page(request, token, invited), invited.language)


def _page(request: HttpRequest, token: str, invited: Invitation) -> HttpResponse:
    known = invitations.login_of(invited)
    context = {"invited": invited, "known": known, "is_theirs": request.user == known}
    is_sent = request.method == "POST" and request.POST.get("accept") == "yes"
    if known is not None:
        if is_sent and request.user == known:
            invitations.accept(token, user=known)
            return redirect("admin:index")
        return render(request, "account/invitation.html", context)
    form = AcceptForm(invited, request.POST if is_sent else None)
    if is_sent and form.is_valid():
        return _new_login(request, token, form) or redirect(request.path)
    return render(request, "account/invitation.html", context | {"form": form})


@transaction.atomic
def _new_login(
    request: HttpRequest, token: str, form: AcceptForm
) -> HttpResponse | None:
    """The login, what it may do, and the person signed in; None when too late."""
    user = form.user
    with transaction.atomic():
        user.set_password(form.cleaned_data["password"])
        user.save()
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
        if invitations.accept(token, user=user) is None:
            transaction.set_rollback(True)
            return None
    if request.user.is_authenticated:
        request.session.flush()
    note_password(request, user)
    return perform_login(request, user, redirect_url=reverse("mfa_index"))


def _with_headers(response: HttpResponse, language: str) -> HttpResponse:
    """The address is a secret: it goes to no other site. To our own it must: with
    "no-referrer" a browser names no origin, and no form is taken.
    """
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Content-Language"] = language
    return response

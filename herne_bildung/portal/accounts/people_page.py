"""“People”: who looks after what, who is invited, who leaves."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.admin.pages import page_for, show
from herne_bildung.city.language_names import LanguageChoice
from herne_bildung.city.models import Invitation, Membership, Organisation, User
from herne_bildung.city.own_paths import own_path
from herne_bildung.city.rights import GROUPS, PROVIDERS, manages_people
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.lib.row_keys import row_key
from herne_bildung.portal.accounts import handover as handing_over
from herne_bildung.portal.accounts import invitations, people

PER_PAGE = 25


@page_for(people.may_see)
def people_page(request: HttpRequest) -> HttpResponse:
    """All organisations whose people one manages. POST: the button says what."""
    if request.method == "POST":
        return _act(request)
    words = request.GET.get("q", "")[:80]
    found = people.organisations_for(request.user, words)
    total = found.count()
    number, _is_followed = page_number(request.GET.get("page"), total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    chosen = found[paging.offset : paging.offset + PER_PAGE]
    is_lead = manages_people(request.user)
    return show(
        request,
        "admin/people/people.html",
        _("People"),
        entries=people.people_of(chosen, request.user),
        total=total,
        words=words,
        is_lead=is_lead,
        colleagues=invitations.open_for([None]) if is_lead else [],
        pager=pager(paging, lambda page: f"?{urlencode({'q': words, 'page': page})}"),
        back=request.get_full_path(),
    )


def _act(request: HttpRequest) -> HttpResponse:
    sent, by = request.POST, request.user
    back = redirect(own_path(sent.get("back"), reverse("people")))
    if pk := row_key(sent.get("again")):
        done, text = invitations.invite_again(pk, by=by), _("A new mail is on its way.")
    elif pk := row_key(sent.get("withdraw")):
        done, text = invitations.withdraw(pk, by=by), _("The invitation is withdrawn.")
    else:
        return back
    _say(request, done, text)
    return back


def _say(request: HttpRequest, done: bool, text: str) -> None:
    if done:
        messages.success(request, text)
    else:
        messages.warning(request, _("That was done already."))


@page_for(people.may_see)
def remove_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether somebody shall no longer look after an organisation (GET), do it
    (POST). `back` is the page of people one came from.
    """
    back = own_path(request.GET.get("back"), reverse("people"))
    if request.method == "POST":
        text = _(
            "The person no longer looks after this organisation. A login that is "
            "left without any is closed."
        )
        _say(request, people.remove(pk, by=request.user), text)
        return redirect(back)
    leaving = people.to_remove(pk, by=request.user)
    if leaving is None:
        _say(request, False, "")
        return redirect(back)
    return show(
        request,
        "admin/people/remove.html",
        _("Remove somebody"),
        leaving=leaving,
        ends_login=people.is_last_of_login(leaving),
        back=back,
    )


class InvitationForm(forms.Form):
    """Whom to invite. What for is in the address; leads choose more."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    name = forms.CharField(
        label=gettext_lazy("First and family name"), max_length=150, required=False
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Membership.Role.choices,
        initial=Membership.Role.EDITOR,
        help_text=gettext_lazy(
            "Editors care for the entries of the organisation; managers also for its "
            "people, and for all organisations below."
        ),
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Group"),
        choices=[(name, name) for name in GROUPS if name != PROVIDERS],
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mail"),
        choices=Invitation._meta.get_field("language").choices,
        initial="de",
        widget=LanguageChoice,
    )

    def __init__(self, by: User, organisation: Organisation | None, data=None) -> None:
        super().__init__(data)
        if organisation is None:
            del self.fields["role"]
        else:
            del self.fields["group"]
            if not manages_people(by):
                del self.fields["role"]


@page_for(people.may_see)
def invite_page(request: HttpRequest) -> HttpResponse:
    """Invite for `?organisation=…`; leads without it for a group of the portal."""
    by, organisation = request.user, None
    if "organisation" in request.GET:
        pk = row_key(request.GET["organisation"])
        organisation = get_object_or_404(Organisation, pk=pk)
        if not invitations.may_invite(by, pk, Membership.Role.EDITOR):
            raise PermissionDenied
    elif not manages_people(by):
        raise PermissionDenied
    form = InvitationForm(by, organisation, request.POST or None)
    if form.is_valid():
        try:
            invitations.invite(by=by, organisation=organisation, **form.cleaned_data)
        except invitations.InvitedAlready:
            messages.warning(request, _("That was done already."))
        else:
            messages.success(request, _("The invitation is on its way."))
        return redirect("people")
    return show(
        request,
        "admin/people/invite.html",
        _("Invite somebody"),
        form=form,
        organisation=organisation,
    )


@page_for(people.may_see)
def handover_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who takes over (GET), see what moves (GET with `to`), do it (POST)."""
    by = request.user
    person = get_object_or_404(User, pk=pk, is_active=True)
    plan = handing_over.plan(by, person)
    candidates = handing_over.successors(by, person)
    typed = request.POST.get("to", request.GET.get("to", "")).replace("\0", "").strip()
    successor = _chosen(candidates, typed)
    if request.method == "POST" and request.POST.get("move") == "yes" and successor:
        try:
            done = handing_over.hand_over(by=by, person=person, successor=successor)
        except handing_over.NoAddress:
            text = _("%(name)s has no e-mail address for the mails.")
            messages.error(request, text % {"name": successor})
        except handing_over.LastLead:
            return redirect(request.path)  # The page says so.
        else:
            return _handed_over(request, done)
    return show(
        request,
        "admin/people/handover.html",
        _("Hand over before someone leaves"),
        plan=plan,
        person=person,
        successor=successor,
        typed=typed,
        candidates=candidates[:100],
    )


def _handed_over(request: HttpRequest, done: handing_over.Plan) -> HttpResponse:
    """Say what stays; who handed over themselves is signed out or manages nobody."""
    is_own = done.person.pk == request.user.pk
    if is_own and done.ends_login:
        logout(request)
        return redirect("account_inactive")
    if done.stays:
        names = ", ".join(one.organisation.name_de for one in done.stays)
        text = _("This stays, others manage it")
        messages.warning(request, f"{text}: {names}")
    else:
        messages.success(request, _("Everything was handed over."))
    return redirect("admin:index" if is_own else "people")


def _chosen(candidates, typed: str) -> User | None:
    """Whoever was typed, by user name or address; None for nobody or several."""
    if not typed:
        return None
    found = candidates.filter(username__iexact=typed)[:1] or [
        *candidates.filter(email__iexact=typed)[:2]
    ]
    return found[0] if len(found) == 1 else None

"""Forms that anyone may send, without cookie or account: what keeps robots out.

A page makes its form with `form_token.make`; what is sent passes `refusal`, which
says to a person what is wrong and lets them send again what they typed.
"""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herne_bildung.lib import form_token, rate_limit
from herne_bildung.lib.form_token import Problem
from herne_bildung.lib.own_origin import is_foreign


class PublicForm(forms.Form):
    """`homepage` is bait for robots: it is not shown, so nobody fills it in."""

    marks_optional = True
    use_required_attribute = True

    homepage = forms.CharField(
        label=_("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )


def email_field(help_text: str) -> forms.EmailField:
    """An address for an answer, which nobody has to give."""
    return forms.EmailField(
        label=_("Your e-mail address"),
        help_text=help_text,
        required=False,
        max_length=254,
        widget=forms.EmailInput(
            attrs={
                "class": "kern-form-input__input",
                "autocomplete": "email",
                "dir": "ltr",
            }
        ),
        error_messages={
            "invalid": _("Please write the address like this: name@example.org.")
        },
    )


@dataclass(frozen=True, slots=True)
class Refusal:
    """The status of the page that shows the form again, and the token it gets."""

    status: int
    token: str


def refusal(
    request: HttpRequest,
    form: forms.Form,
    name: str,
    limit: rate_limit.Limit,
    *,
    too_many: str = "",
) -> Refusal | None:
    """Why what was sent does not count; None when it does, and then it is counted.

    The form gets a message for a person; `too_many` is that of the limit, where it is
    not an hour. PermissionDenied for other sites' pages.
    """
    if is_foreign(request):
        raise PermissionDenied
    token = request.POST.get("token", "")
    if problem := _problem(form, name, token):
        form.add_error(None, problem)
    if not form.is_valid():
        return Refusal(422, _token_to_go_on(name, token))
    if not rate_limit.is_allowed(limit, request):
        too_many = too_many or gettext(
            "Very many reports are coming in. Please try again in an hour."
        )
        form.add_error(None, too_many)
        return Refusal(429, _token_to_go_on(name, token))
    return None


def key(request: HttpRequest, name: str) -> str:
    """What no other sending has, of a form that was not refused."""
    return form_token.identity(name, request.POST["token"])


def _problem(form: forms.Form, name: str, token: str) -> str:
    """Why nothing can be sent yet, for a person to read; "" for no reason.

    What a person typed stays in the form, so sending again is all it takes.
    """
    if form.data.get("homepage"):
        return gettext("This looked as if a robot had sent it. Please send it again.")
    match form_token.problem(name, token):
        case None:
            return ""
        case Problem.TOO_QUICK:
            return gettext("That was very quick. Please send the form once more.")
        case Problem.TOO_OLD:
            return gettext("This page was open for a long time. Please send it again.")
        case _:
            return gettext("Please send the form once more.")


def _token_to_go_on(name: str, token: str) -> str:
    """The same token while it is good or only young, else a new one."""
    if form_token.problem(name, token) in {None, Problem.TOO_QUICK}:
        return token
    return form_token.make(name)

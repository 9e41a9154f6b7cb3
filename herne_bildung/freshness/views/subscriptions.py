"""Following something by mail: the form, and the pages behind the links of its mails.

No page tells whether an address follows anything, but those behind links of mails to
that address.
"""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from herne_bildung.freshness.actions import subscriptions as actions
from herne_bildung.freshness.emails.mail import office_address
from herne_bildung.freshness.emails.subscriptions import how_often
from herne_bildung.freshness.models import Subscriber, Subscription
from herne_bildung.freshness.subscription_form import LanguageForm, SubscriptionForm
from herne_bildung.freshness.subscription_tokens import (
    WAITS,
    is_ours,
    manage_token,
    subscriber_of,
    subscription_of,
)
from herne_bildung.freshness.subscriptions import Thing, kind_of_word, kinds, things_of
from herne_bildung.freshness.views.token_page import link_unknown, secret_page, see
from herne_bildung.lib import clock, form_token, public_form, rate_limit
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.http import never_kept

FORM = "subscribe"
LIMIT = rate_limit.Limit(FORM, by_network=40, by_all=400)
LONGEST_KEY = 300
# What mail programs send (RFC 8058).
ONE_CLICK = ("List-Unsubscribe", "One-Click")
# In the last weeks a button lets all go on.
OFFERED_BEFORE = timedelta(days=60)


# Exempt as the form for errors: no cookie, nothing of the visitor's is at stake.
@csrf_exempt
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, word: str, key: str) -> HttpResponse:
    """The form; what is sent makes a mail to the address, whatever it follows."""
    context = _followed_or_404(request, word, key)
    if request.method != "POST":
        form = SubscriptionForm(initial={"language": request.LANGUAGE_CODE})
        context |= {"form": form, "token": form_token.make(FORM)}
        return render(request, "freshness/subscribe.html", context)
    form = SubscriptionForm(request.POST)
    if refused := public_form.refusal(request, form, FORM, LIMIT):
        context |= {"form": form, "token": refused.token}
        return render(
            request, "freshness/subscribe.html", context, status=refused.status
        )
    actions.ask(
        form_key=public_form.key(request, FORM),
        kind=context["kind"],
        key=key,
        email=form.cleaned_data["email"],
        language=form.cleaned_data["language"],
    )
    return redirect("subscription_asked", word=word, key=key)


@never_kept
@require_safe
def subscription_asked(request: HttpRequest, word: str, key: str) -> HttpResponse:
    """What happens next: the same for every address."""
    context = _followed_or_404(request, word, key)
    return render(request, "freshness/subscription_asked.html", context)


@secret_page
def subscription_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """One button, without which nothing is sent."""
    found = subscription_of(token)
    if found is None:
        return _ended(request, token)
    if request.method == "POST" and request.POST.get("decision") == "confirm":
        actions.confirm(found)
        return see(request.path)
    if request.method == "POST" and request.POST.get("decision") == "refuse":
        if found.confirmed_at is None:
            actions.refuse(found)
            return see(reverse("subscriptions_ended"))
        return see(request.path)
    context = {
        "email": found.subscriber.email,
        "is_confirmed": found.confirmed_at is not None,
        "one": _rows([found], request.LANGUAGE_CODE)[0],
        "manage": manage_token(found.subscriber),
    }
    return render(request, "freshness/subscription_confirm.html", context)


@secret_page
def subscriptions(request: HttpRequest, token: str) -> HttpResponse:
    """What an address follows; each can be ended, the language changed, all go on."""
    subscriber = subscriber_of(token)
    if subscriber is None:
        return _ended(request, token)
    if request.method == "POST" and _changed(request, subscriber):
        is_there = Subscriber.objects.filter(pk=subscriber.pk).exists()
        return see(request.path if is_there else reverse("subscriptions_ended"))
    rows = list(subscriber.subscriptions.exclude(confirmed_at=None))
    soon = clock.today() + OFFERED_BEFORE
    context = {
        "token": token,
        "subscriber": subscriber,
        "rows": _rows(rows, request.LANGUAGE_CODE),
        "ends_soon": any(row.ends_on <= soon for row in rows),
        "form": LanguageForm(initial={"language": subscriber.language}),
    }
    return render(request, "freshness/subscriptions.html", context)


def _changed(request: HttpRequest, subscriber: Subscriber) -> bool:
    """Do what the button says; False for a form that came without any."""
    decision, _, number = request.POST.get("decision", "").partition(":")
    form = LanguageForm(request.POST)
    if decision == "end" and number.isdecimal() and len(number) < 19:
        actions.end(subscriber, int(number))
    elif decision == "go_on":
        actions.go_on(subscriber)
    elif decision == "language" and form.is_valid():
        actions.set_language(subscriber, form.cleaned_data["language"])
    else:
        return False
    return True


@secret_page
def subscriptions_end(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails to this address: by a button, or by the mail program itself."""
    subscriber = subscriber_of(token)
    name, value = ONE_CLICK
    is_one_click = request.method == "POST" and request.POST.get(name) == value
    is_wanted = is_one_click or request.POST.get("decision") == "end_all"
    if subscriber is not None and request.method == "POST" and is_wanted:
        actions.end_all(Subscriber.objects.filter(pk=subscriber.pk))
    if is_one_click and is_ours(token):
        # Mail programs do not follow redirects, and may ask twice.
        return render(request, "freshness/subscriptions_ended.html")
    if subscriber is None:
        return _ended(request, token)
    if is_wanted:
        return see(reverse("subscriptions_ended"))
    rows = list(subscriber.subscriptions.exclude(confirmed_at=None))
    context = {
        "token": token,
        "subscriber": subscriber,
        "rows": _rows(rows, request.LANGUAGE_CODE),
    }
    return render(request, "freshness/subscriptions_end.html", context)


@never_kept
@require_safe
def subscriptions_ended(request: HttpRequest) -> HttpResponse:
    """Done; says nothing of any address."""
    return render(request, "freshness/subscriptions_ended.html")


def _ended(request: HttpRequest, token: str) -> HttpResponse:
    if not is_ours(token):
        return link_unknown(request)
    context = {"days": WAITS.days, "office": office_address()}
    return render(request, "freshness/subscription_gone.html", context, status=410)


def _rows(rows: list[Subscription], language: str) -> list[dict[str, object]]:
    """What is followed, for a page."""
    things = things_of(rows, language)
    return [_row(row, things[row.kind, row.key], language) for row in rows]


def _row(row: Subscription, thing: Thing | None, language: str) -> dict[str, object]:
    kind = kinds().get(row.kind)
    return {
        "decision": f"end:{row.pk}",
        "thing": thing.to_its_reader if thing else None,
        "often": how_often(kind.days_between) if kind else "",
        "ends_on": day_in_words(row.ends_on, language) if row.ends_on else "",
    }


def _followed_or_404(request: HttpRequest, word: str, key: str) -> dict[str, object]:
    """What can be followed, as long as it is on the site."""
    kind = kind_of_word(word)
    is_possible = kind is not None and len(key) <= LONGEST_KEY and "\0" not in key
    thing = kind.things([key], request.LANGUAGE_CODE).get(key) if is_possible else None
    if thing is None:
        raise Http404
    return {
        "kind": kind.name,
        "word": word,
        "key": key,
        "thing": thing.to_its_reader,
        "often": how_often(kind.days_between),
        "remark": kind.remark,
        "days": WAITS.days,
    }

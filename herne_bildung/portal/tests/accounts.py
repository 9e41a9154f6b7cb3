"""How tests sign in as people do: password, code, recovery code."""

import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client
from django.urls import reverse

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import AuditEntry, Membership, Organisation, User
from herne_bildung.city.rights import PROVIDERS
from herne_bildung.city.tests.factories import PASSWORD, make_membership, make_user
from herne_bildung.freshness.models import OutgoingMail, Recipient, Responsibility
from herne_bildung.lib import clock

SIGN_IN = "/verwaltung/konto/anmelden/"
SECOND_FACTOR = "/verwaltung/konto/zweiter-faktor/"
CODE = f"{SECOND_FACTOR}code/"
START = "/verwaltung/"


def person(username: str, *groups: str, **values: Any) -> User:
    """Someone with a password and an address, in these groups."""
    ensure_groups()
    values = {"email": f"{username}@example.org", "password": PASSWORD} | values
    return make_user(username, *groups, **values)


def give_password(client: Client, name: str, password: str = PASSWORD, **more: Any):
    """The first step; `more` are headers and the field `next`."""
    fields = {"login": name, "password": password, "next": more.pop("next", "")}
    return client.post(SIGN_IN, fields, **more)


def set_up_app(user: User) -> str:
    """An app for codes, with recovery codes; gives its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def logged() -> list[tuple[str, str, str]]:
    """(what, by whom, more) of the whole log, oldest first."""
    return [
        (one.action, one.by_name, one.details.get("what") or one.details.get("reason"))
        for one in AuditEntry.objects.order_by("pk")
    ]


def link_in(mail: OutgoingMail) -> str:
    """The path of the link in a mail."""
    [line] = [line for line in mail.text.splitlines() if "/verwaltung/konto/" in line]
    return "/verwaltung" + line.split("/verwaltung", 1)[1].strip()


def editor_of(organisation: Organisation, name: str = "edi") -> Membership:
    return make_membership(person(name, PROVIDERS), organisation)


def recipient_of(user: User, *organisations: Organisation) -> Recipient:
    found = Recipient.objects.create(
        user=user, email=user.email, is_role_mailbox=False, allowed_at=clock.now()
    )
    for one in organisations:
        Responsibility.objects.create(organisation=one, recipient=found)
    return found


def handover(user: User) -> str:
    return reverse("people_handover", args=[user.pk])


def remove(membership: Membership) -> str:
    return reverse("people_remove", args=[membership.pk])


def memberships() -> list[tuple[str, str, str]]:
    rows = Membership.objects.order_by("user__username", "organisation__name_de")
    return list(rows.values_list("user__username", "organisation__name_de", "role"))

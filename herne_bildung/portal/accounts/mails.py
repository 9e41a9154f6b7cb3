"""Mails about logins: rows of the outbox, text and HTML, in the person's language.

Their links are secrets: keys begin with `SECRET_MAIL`, and the administration shows
what such a mail is about, not what it says.
"""

import secrets
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from herne_bildung.city.models import Invitation, User
from herne_bildung.freshness.emails.mail import Mail, written
from herne_bildung.freshness.models import SECRET_MAIL, OutgoingMail
from herne_bildung.lib.localized import Text, localized_entry

# What django-allauth tells people about, by the name of its own template.
CHANGES = {
    "account/email/password_changed": gettext_noop("Your password was changed."),
    "account/email/password_reset": gettext_noop("Your password was changed."),
    "account/email/email_changed": gettext_noop(
        "The e-mail address of your login was changed."
    ),
    "mfa/email/totp_activated": gettext_noop("An app for codes was added."),
    "mfa/email/totp_deactivated": gettext_noop("The app for codes was removed."),
    "mfa/email/webauthn_added": gettext_noop("A passkey was added."),
    "mfa/email/webauthn_removed": gettext_noop("A passkey was removed."),
    "mfa/email/recovery_codes_generated": gettext_noop(
        "New recovery codes were made; the former ones are no longer valid."
    ),
}


def _mail(subject: str, paragraphs: list[str], **context: str) -> Mail:
    """A short mail with one link, in the active language."""
    context.setdefault("after", "")
    why = _("This mail is about your login at the education portal of Herne.")
    texts = [Text(one) for one in paragraphs]
    return written("notice", subject, {"paragraphs": texts, "why": why, **context})


def _put(mail: Mail, name: str, owner: int, recipient: str) -> OutgoingMail:
    """Each call is a mail of its own."""
    key = f"{SECRET_MAIL}{name}:{owner}:{secrets.token_hex(6)}"
    return mail.put(key=key, recipient=recipient)


def invitation(invited: Invitation, token: str) -> OutgoingMail:
    """Come and look after entries: the way in, until when, and for what."""
    path = reverse("invitation", args=[token])
    with override(invited.language):
        day = date_format(invited.expires_at, "DATE_FORMAT")
        if invited.organisation:
            name = localized_entry(invited.organisation, "name", invited.language).text
            what = _("You are invited to look after the entries of “%(name)s”.")
            what = what % {"name": name}
        else:
            what = _("You are invited to work on the education portal of Herne.")
        mail = _mail(
            _("Your way into the education portal"),
            [
                what,
                _("The link is good until %(day)s, and once.") % {"day": day},
            ],
            link=settings.PUBLIC_ADDRESS + path,
            link_label=_("Accept the invitation"),
            after=_("You did not expect this mail? Then you need not do anything."),
        )
    return _put(mail, "invitation", invited.pk, invited.email)


def new_password(user: User, address: str, link: str) -> OutgoingMail:
    """The way to a new password, for whoever forgot the former one."""
    with override(user.language):
        mail = _mail(
            _("A new password"),
            [
                _("Someone asked for a new password for the login “%(name)s”.")
                % {"name": user.get_username()}
            ],
            link=link,
            link_label=_("Choose a new password"),
            after=_(
                "It was not you? Then you need not do anything: the former password "
                "stays."
            ),
        )
    return _put(mail, "password", user.pk, address)


def confirm_address(user: User, address: str, link: str) -> OutgoingMail:
    """A new address counts when someone there says so."""
    with override(user.language):
        mail = _mail(
            _("Is this your address?"),
            [
                _("This address was given for the login “%(name)s”.")
                % {"name": user.get_username()}
            ],
            link=link,
            link_label=_("Yes, this is my address"),
            after=_("You did not expect this mail? Then you need not do anything."),
        )
    return _put(mail, "address", user.pk, address)


def login_changed(user: User, change: str, address: str) -> OutgoingMail | None:
    """Tell a person what was changed of the login; None where that is nothing new."""
    if change not in CHANGES or not address:
        return None
    with override(user.language):
        mail = _mail(
            _("Something of your login was changed"),
            [_(CHANGES[change])],
            link=settings.PUBLIC_ADDRESS + reverse("account_reset_password"),
            link_label=_("It was not me: choose a new password"),
        )
    return _put(mail, "changed", user.pk, address)


def login_unused(user: User, day: date) -> OutgoingMail:
    """The login ends on that day, unless the person signs in before."""
    with override(user.language):
        words = {"name": user.get_username(), "day": date_format(day, "DATE_FORMAT")}
        mail = _mail(
            _("Do you still need your login?"),
            [
                _(
                    "Nobody has used the login “%(name)s” for a long time. It will be "
                    "closed on %(day)s."
                )
                % words,
                _("You still need it? Then simply sign in once."),
            ],
            link=settings.PUBLIC_ADDRESS + reverse("account_login"),
            link_label=_("Sign in"),
            after=_(
                "Otherwise you need not do anything. The Kommunales Bildungsbüro can "
                "open it again."
            ),
        )
    return _put(mail, "unused", user.pk, user.email)

"""The certificate ends: its people and the office are told in time, once each."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.city.models import Organisation
from herne_bildung.freshness.emails.mail import written
from herne_bildung.freshness.recipients import Contacts
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text
from offerings.models import FamilyCentre


@dataclass(frozen=True, slots=True)
class Reminder:
    """One of the two; `column` holds the end that was told."""

    before: relativedelta
    column: str


# The nearer one first: where both are due, the other is not worth a mail any more.
SOON = Reminder(relativedelta(months=1), "certificate_end_told_again")
EARLY = Reminder(relativedelta(months=6), "certificate_end_told")


def ending(before: relativedelta) -> QuerySet[FamilyCentre]:
    """Real centres whose certificate ends from today until then."""
    today = clock.today()
    return FamilyCentre.objects.filter(
        organisation__status=Organisation.Status.ACTIVE,
        organisation__kind=Organisation.Kind.FAMILY_CENTRE,
        is_sample=False,
        certificate_until__range=(today, today + before),
    )


def remind_of_ends() -> int:
    """Mail those whose certificate ends soon. Returns how many centres. Each end is
    told twice at most, however often this runs; a new end begins anew.
    """
    told = 0
    for reminder in (SOON, EARLY):
        is_new = Q(**{reminder.column: None}) | ~Q(
            **{reminder.column: F("certificate_until")}
        )
        ids = ending(reminder.before).filter(is_new).values_list("pk", flat=True)
        told += sum(_remind(pk, reminder) for pk in list(ids))
    return told


@transaction.atomic
def _remind(pk: int, reminder: Reminder) -> bool:
    """Locked and looked at again: another worker may have been here."""
    locked = FamilyCentre.objects.select_for_update(of=("self",), no_key=True)
    centre = locked.select_related("organisation").filter(pk=pk).first()
    if centre is None:
        return False
    end = centre.certificate_until
    if end is None or getattr(centre, reminder.column) == end:
        return False
    columns = {EARLY.column, reminder.column}
    # Not `save`: nothing that readers see or that is confirmed has changed.
    FamilyCentre.objects.filter(pk=pk).update(**dict.fromkeys(columns, end))
    _write_mails(centre, end, reminder)
    return True


def _write_mails(centre: FamilyCentre, end: date, reminder: Reminder) -> None:
    """To the contact of the centre, where there is one that may be written to, and to
    the office, which learns whom it is about and whether they know it too.
    """
    organisation = centre.organisation
    contact = Contacts([organisation.pk]).to_tell(organisation.pk)
    key = f"certificate-ends:{centre.pk}:{end}:{reminder.column}"
    page = reverse("admin:offerings_familycentre_change", args=[centre.pk])
    with override(DEFAULT_LANGUAGE):
        day = day_in_words(end, DEFAULT_LANGUAGE)
        subject = _("The certificate ends on %(day)s: %(name)s") % {
            "day": day,
            "name": organisation.name_de,
        }
        told = (
            _("The family centre gets this mail too.")
            if contact
            else _("Nobody of the family centre can be written to: please call.")
        )
        mails = [(settings.CARE_MAILBOX, "office", told)]
        if contact:
            mails.append((contact.email, "centre", ""))
        for address, name, note in mails:
            context = {
                "intro": _("The certificate of this family centre ends on %(day)s:")
                % {"day": day},
                "names": [Text(organisation.name_de)],
                "paragraphs": [
                    Text(
                        _(
                            "After that day the portal no longer says that it is "
                            "certified. Once a new certificate is there, its end can "
                            "be entered by the Bildungsbüro."
                        )
                    ),
                    Text(note),
                ],
                "link": absolute(page),
                "link_label": _("Open the family centre in the administration"),
                "after": "",
            }
            mail = written("notice", subject, context)
            mail.put(key=f"{key}:{name}", recipient=address)

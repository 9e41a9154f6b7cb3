"""The certificate of a family centre ends: who is told, and how often."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.freshness.tests.factories import go_to, make_recipient
from offerings.centres.certificate import remind_of_ends
from offerings.models import FamilyCentre
from offerings.tasks import remind_of_certificates
from offerings.tests.centres import make_centre

pytestmark = pytest.mark.django_db
END = date(2027, 7, 31)
HALF_A_YEAR_BEFORE = date(2027, 1, 31)
A_MONTH_BEFORE = date(2027, 7, 1)
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.CARE_MAILBOX = "bildungsbuero@example.org"


def recipients() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("recipient", flat=True))


def test_centre_and_office_are_told_twice_each_however_often_it_runs():
    centre = make_centre("Eins", certificate_until=END)
    contact = make_recipient(centre.organisation).email
    both = sorted([contact, "bildungsbuero@example.org"])

    seen = []
    for day in (
        HALF_A_YEAR_BEFORE - ONE_DAY,
        HALF_A_YEAR_BEFORE,
        HALF_A_YEAR_BEFORE,
        A_MONTH_BEFORE,
        A_MONTH_BEFORE,
        END,
        END + ONE_DAY,
    ):
        go_to(day)
        seen.append((remind_of_certificates(), len(recipients())))

    assert seen == [(0, 0), (1, 2), (0, 2), (1, 4), (0, 4), (0, 4), (0, 4)]
    assert recipients() == sorted(both * 2)
    centre.refresh_from_db()
    assert centre.certificate_end_told == centre.certificate_end_told_again == END


def test_kept_mails_are_not_what_keeps_it_from_a_second_one():
    make_centre("Eins", certificate_until=END)
    go_to(HALF_A_YEAR_BEFORE)
    remind_of_ends()
    OutgoingMail.objects.all().delete()

    assert (remind_of_ends(), recipients()) == (0, [])


def test_an_end_entered_late_is_told_once_and_a_new_end_begins_anew():
    centre = make_centre("Eins", certificate_until=END)
    go_to(END - timedelta(days=10))
    told = [remind_of_ends(), remind_of_ends()]
    new_end = date(2031, 7, 31)
    FamilyCentre.objects.filter(pk=centre.pk).update(certificate_until=new_end)
    go_to(date(2031, 2, 1))

    assert (told, remind_of_ends()) == ([1, 0], 1)


@pytest.mark.parametrize(
    "organisation", [{"is_sample": True}, {"status": "hidden"}, {"kind": "education"}]
)
def test_nobody_is_told_of_samples_hidden_ones_and_centres_no_more(organisation):
    make_centre("Eins", certificate_until=END, organisation=organisation)
    go_to(HALF_A_YEAR_BEFORE)

    assert (remind_of_ends(), recipients()) == (0, [])


def test_mail_is_german_and_says_whether_the_centre_knows():
    make_centre("Eins", certificate_until=END)
    go_to(HALF_A_YEAR_BEFORE)

    with override("en"):
        remind_of_ends()

    [mail] = OutgoingMail.objects.all()
    assert mail.recipient == "bildungsbuero@example.org"
    assert "31. Juli 2027" in mail.subject
    assert "/verwaltung/offerings/familycentre/" in mail.text
    assert "Guten Tag" in mail.text
    assert 'lang="de"' in mail.html

"""Closed weeks have a limit: nothing stays unasked for ever."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.administration import signed_in
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.models import ClosedPeriod
from herne_bildung.freshness.pauses import (
    Calendar,
    Calendars,
    limited,
    most_in_a_year,
)

TOO_LONG = (
    "Eine Schließzeit dauert höchstens 12 Wochen, damit Einträge nicht ungeprüft"
    " bleiben."
)
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEW_YEAR = date(2027, 1, 1)
FOR_EVER = (NEW_YEAR, date(2060, 12, 31))


def weeks(first: date, number: int) -> tuple[date, date]:
    return first, first + timedelta(weeks=number) - DAY


def test_pause_is_limited_whatever_the_rows_say():
    assert limited([FOR_EVER]) == [weeks(NEW_YEAR, 12)]
    # 84 days from January and 36 from May are the 120 of a year.
    assert limited([weeks(NEW_YEAR, 12), weeks(date(2027, 5, 1), 12)]) == [
        weeks(NEW_YEAR, 12),
        (date(2027, 5, 1), date(2027, 6, 5)),
    ]
    assert limited([weeks(NEW_YEAR, 12), weeks(date(2028, 1, 1), 12)]) == [
        weeks(NEW_YEAR, 12),
        weeks(date(2028, 1, 1), 12),
    ]


def test_many_short_weeks_leave_most_of_each_year_open():
    every_second = [weeks(NEW_YEAR + number * 14 * DAY, 1) for number in range(100)]

    assert most_in_a_year(every_second) == 183
    assert most_in_a_year(limited(every_second)) <= 120


def test_holidays_for_ever_end_too():
    organisation = make_organisation()
    SchoolHoliday.objects.all().delete()
    SchoolHoliday.objects.create(name="x", starts_on=FOR_EVER[0], ends_on=FOR_EVER[1])

    calendar = Calendars().of(organisation.pk)

    assert calendar.periods == Calendar([weeks(NEW_YEAR, 12)]).periods


def test_database_and_model_refuse_more_than_twelve_weeks():
    organisation = make_organisation()
    first, last = weeks(NEW_YEAR, 12)
    period = ClosedPeriod(organisation=organisation, first_day=first, last_day=last)
    period.full_clean()
    period.last_day += DAY

    with pytest.raises(ValidationError) as refused:
        period.full_clean()
    assert refused.value.message_dict == {"last_day": [TOO_LONG]}
    period.last_day = first - DAY
    with pytest.raises(ValidationError) as refused:
        period.full_clean()
    assert refused.value.message_dict == {
        "last_day": ["Der letzte Tag liegt vor dem ersten."]
    }
    period.last_day = last + DAY
    with pytest.raises(IntegrityError, match="closed_period_is_limited"):
        period.save()


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        ([weeks(NEW_YEAR, 12)], []),
        (
            [weeks(NEW_YEAR, 8), weeks(NEW_YEAR + 56 * DAY, 8)],
            [TOO_LONG],
        ),
        (
            [weeks(NEW_YEAR, 9), weeks(date(2027, 6, 1), 9)],
            ["Alle Schließzeiten eines Jahres zusammen dauern höchstens 120 Tage."],
        ),
    ],
)
def test_form_says_in_words_what_is_too_much(client, periods, said):
    signed_in(client, OFFICE)
    organisation = make_organisation()
    address = f"/verwaltung/freshness/caredfororganisation/{organisation.pk}/change/"
    fields = {
        f"{prefix}-{name}_FORMS": 0
        for prefix in ("responsibilities", "closed_periods", "care_intervals")
        for name in ("TOTAL", "INITIAL")
    } | {"closed_periods-TOTAL_FORMS": len(periods)}
    for number, (first, last) in enumerate(periods):
        fields[f"closed_periods-{number}-first_day"] = first.isoformat()
        fields[f"closed_periods-{number}-last_day"] = last.isoformat()

    answer = client.post(address, fields)

    found = []
    if answer.status_code == 200:
        formset = answer.context["inline_admin_formsets"][1].formset
        found = [str(text) for text in formset.non_form_errors()]
    assert found == said
    assert organisation.closed_periods.count() == (0 if said else len(periods))

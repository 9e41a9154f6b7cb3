"""What staff read where words are missing or the database refuses something."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from herne_bildung.freshness.models import Recipient
from herne_bildung.freshness.tests.factories import make_recipient
from herne_bildung.freshness.tests.test_changes import LIST, make_change
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


def test_refusing_without_a_reason_says_what_is_missing_and_where(office):
    change = make_change()

    page = office.post(
        f"{LIST}{change.pk}/tun/", {"do": "refuse", "reason": " "}, follow=True
    )
    listed = office.post(
        LIST, {"action": "refuse", "_selected_action": [change.pk]}, follow=True
    )

    change.refresh_from_db()
    assert change.state == "waiting"
    assert page.redirect_chain == [
        (f"{LIST}{change.pk}/change/?fehlt=1#care-reason", 302)
    ]
    assert page.content.decode().count('aria-describedby="care-reason-error"') == 1
    assert [message.level_tag for message in listed.context["messages"]] == ["error"]


def test_proposal_is_named_in_words(office):
    change = make_change(old="3", new="2")

    answer = office.post(f"{LIST}{change.pk}/tun/", {"do": "accept"}, follow=True)
    page = answer.content.decode()

    [message] = answer.context["messages"]
    assert "**phone" not in page
    assert message.message.startswith("Haus: Telefon: ")


def test_constraints_speak_in_sentences():
    make_recipient(email="haus@example.org")
    offering = make_offering(age_min_months=3)
    offering.age_max_months = 2

    with override("en"), pytest.raises(ValidationError) as refused:
        Recipient(email="Haus@example.org").full_clean()
    with override("en"), pytest.raises(ValidationError) as ages:
        offering.validate_constraints()

    assert (refused.value.messages, ages.value.messages) == (
        ["This address is known already."],
        ["The highest age is below the youngest, or the youngest is missing."],
    )

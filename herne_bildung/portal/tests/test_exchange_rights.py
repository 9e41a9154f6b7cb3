"""Who may hand in what, and what waits for approval."""

import pytest
from django.core.exceptions import PermissionDenied

from herne_bildung.city.models import Organisation, WaitingVersion
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import (
    make_organisation,
    make_user,
)
from herne_bildung.portal.exchange import actions
from herne_bildung.portal.models import Import
from herne_bildung.portal.tests.exchange import (
    HEADER,
    ROW,
    checked,
    csv_of,
    header_of,
    problems,
    row,
    table,
    taken_over,
    undone,
    worked,
)
from offerings.models import Offering
from offerings.tests.factories import make_offering


@pytest.mark.parametrize("kind", ["organisation", "place"])
def test_managers_hand_in_offers_only_and_of_their_own(manager, school, kind):
    other = make_organisation("Andere")

    for values in (
        {"kind": kind, "organisation_id": school.pk},
        {"kind": "offering", "organisation_id": other.pk},
        {"kind": "offering", "organisation_id": None},
    ):
        with pytest.raises(PermissionDenied):
            actions.hand_in(
                **values, source="", file_name="a.csv", data=table(ROW), by=manager
            )
    assert Import.objects.count() == 0


def test_rows_about_others_are_errors(manager, school):
    foreign = make_offering("Fremd", provider=make_organisation("Andere"))
    data = table(
        row(provider="Andere"),
        row(key=f"portal-{foreign.pk}"),
        row(key="portal-999999"),
        row(key="portal-abc"),
        row(key="K5"),
    )

    job = checked(data, by=manager, organisation_id=school.pk)

    assert problems(job) == [
        (2, "D (Anbieter)"),
        (3, "A (Schlüssel)"),
        (4, "A (Schlüssel)"),
        (5, "A (Schlüssel)"),
    ]


def test_who_lost_the_right_meanwhile_changes_nothing(manager, school):
    job = checked(table(ROW), by=manager, organisation_id=school.pk)
    actions.take_over(job, by=manager)
    manager.memberships.all().delete()

    worked(job)

    assert (job.state, Offering.objects.count()) == ("broken", 0)


def test_offers_of_who_may_not_publish_wait(manager, school):
    header = [*HEADER, *header_of("offering", "state")]
    public = make_offering("Öffentlich", provider=school, phone="1")
    key = f"portal-{public.pk}"
    data = csv_of(
        header,
        [*ROW, "veröffentlicht"],
        [*row(key=key, title="Geändert"), "veröffentlicht"],
    )
    job = checked(data, by=manager, organisation_id=school.pk)

    assert (job.counts["new"], job.counts["asks"], job.counts["waiting"]) == (1, 1, 1)

    job = worked(actions.take_over(job, by=manager))

    public.refresh_from_db()
    new = Offering.objects.exclude(pk=public.pk).get()
    assert (public.title_de, new.state) == ("Öffentlich", "draft")
    waiting = WaitingVersion.objects.order_by("pk").values_list(
        "object_id", "is_publication", "by"
    )
    assert sorted(waiting) == [
        (public.pk, False, manager.pk),
        (new.pk, True, manager.pk),
    ]

    undone(job, by=manager)

    assert not WaitingVersion.objects.filter(state="waiting").exists()


def test_the_office_does_not_publish_by_a_table(lead, school):
    user = make_user("", OFFICE)
    header = [*HEADER, *header_of("offering", "state")]

    taken_over(csv_of(header, [*ROW, "veröffentlicht"]), by=user)

    assert Offering.objects.get().state == "draft"


def test_trusted_managers_publish_by_a_table(manager, school):
    Organisation.objects.update(is_trusted=True)
    header = [*HEADER, *header_of("offering", "state")]

    taken_over(
        csv_of(header, [*ROW, "veröffentlicht"]), by=manager, organisation_id=school.pk
    )

    assert Offering.objects.get().state == "published"


def test_internal_notes_are_for_those_who_read_them(manager, school):
    header = [*HEADER, *header_of("offering", "internal_note")]

    taken_over(csv_of(header, [*ROW, "geheim"]), by=manager, organisation_id=school.pk)

    assert Offering.objects.get().internal_note == ""


def test_what_an_invented_provider_hands_in_comes_again(manager, school):
    """As in the demo, whose providers are samples."""
    Organisation.objects.filter(pk=school.pk).update(is_sample=True)
    values = {"by": manager, "organisation_id": school.pk}
    sample = make_offering("Beispiel", provider=school, is_sample=True)
    taken_over(table(row()), **values)

    job = taken_over(table(row(phone="02323 161")), **values)
    foreign = checked(table(row(key=f"portal-{sample.pk}")), **values)

    assert (job.counts["changed"], problems(job)) == (1, [])
    assert problems(foreign) == [(2, "A (Schlüssel)")]

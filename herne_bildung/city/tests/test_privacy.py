"""Giving out and removing what the portal knows about a person."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from herne_bildung.city import audit, privacy
from herne_bildung.city.models import AuditEntry, Membership, User
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    person = User.objects.create_user("ayla", "ayla@example.org", first_name="Ayla")
    Membership.objects.create(
        user=person, organisation=make_organisation(name_de="Kita Nord"), role="editor"
    )
    audit.record(audit.Action.SIGNED_IN, by=person)
    return person


def test_export_names_everything_and_is_logged(person):
    text = privacy.export(privacy.Subject.find("AYLA@example.org"), by=None)

    given = json.loads(text)
    rows = {name: part["rows"] for name, part in given["data"].items() if part["rows"]}
    assert given["person"] == "ayla"
    assert rows["city.Membership"] == [
        {"organisation__name_de": "Kita Nord", "role": "editor"}
    ]
    assert sorted(rows) == ["city.AuditEntry", "city.Membership", "city.User"]
    assert AuditEntry.objects.first().action == audit.Action.PERSON_EXPORTED


def test_removal_leaves_the_organisation_and_the_log(person):
    organisation = person.memberships.get().organisation

    privacy.remove(privacy.Subject.find("ayla"), by=None)

    organisation.refresh_from_db()
    assert not User.objects.filter(username="ayla").exists()
    assert [(one.action, one.by_name) for one in AuditEntry.objects.all()] == [
        (audit.Action.PERSON_REMOVED, ""),
        (audit.Action.SIGNED_IN, "ayla"),
    ]


def test_command_asks_and_names_unknown_people(person, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("builtins.input", lambda _: "n")
    with pytest.raises(CommandError, match=r"Nichts entfernt\."):
        call_command("personal_data", "remove", "ayla")
    with pytest.raises(CommandError, match="weder ein Benutzername noch eine E-Mail"):
        call_command("personal_data", "export", "niemand")
    there = tmp_path / "auskunft.json"
    call_command("personal_data", "export", "ayla", "--file", str(there))
    assert (there.stat().st_mode & 0o777, "Kita Nord" in there.read_text()) == (
        0o600,
        True,
    )
    call_command("personal_data", "remove", "ayla", "--yes")
    assert not User.objects.filter(username="ayla").exists()


def test_log_cannot_be_edited_nor_cut_short(person):
    entry = AuditEntry.objects.get()
    for change in (
        lambda: AuditEntry.objects.update(by_name="jemand"),
        entry.delete,
    ):
        with pytest.raises(DatabaseError, match="not edited"), transaction.atomic():
            change()
    for statement in ("DELETE FROM city_auditentry", "TRUNCATE city_auditentry"):
        with (
            pytest.raises(DatabaseError, match="not edited"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_log_ends_at_its_time(person, settings):
    assert audit.forget_old() == 0
    clock.shift(timedelta(days=settings.AUDIT_KEPT_DAYS + 1))
    audit.record(audit.Action.SIGNED_OUT, by=person)

    assert (audit.forget_old(), AuditEntry.objects.count()) == (1, 1)
    # The permission ends with its use.
    with pytest.raises(DatabaseError, match="not edited"), transaction.atomic():
        AuditEntry.objects.all().delete()

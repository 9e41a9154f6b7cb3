"""The demo: invented offers and a login of each role, on a trial's first start only.

Its logins exist on this machine alone: passwords are random per installation, lie in
`var/demo_logins.json`, and sign-in refuses them where others could reach the portal
(herne_bildung.portal.sign_in). What was removed once does not come back.
"""

import json
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from counselling import samples as offices
from goals import samples as goals
from herne_bildung.city.actions import ensure_groups, index_organisations
from herne_bildung.city.models import Membership, Organisation, SeedRecord, User
from herne_bildung.city.rights import (
    ADVISERS,
    LEADS,
    OFFICE,
    PROVIDERS,
    STATISTICS,
    TRANSLATORS,
)
from herne_bildung.freshness.actions.sync import sync_all
from herne_bildung.portal.sign_in import is_on_this_machine
from monitoring import samples as monitoring
from offerings import samples
from offerings.samples import care, centres
from offerings.samples.bodies import slug_of
from offerings.samples.words import ORGANISATIONS

OFFERINGS = 200
KIND = "demo"
# Username, group, and how the person is called; a provider manages the first body.
PEOPLE = (
    ("demo-bildungsbuero", OFFICE, "Beispiel", "Bildungsbüro"),
    ("demo-anbieter", PROVIDERS, "Beispiel", "Anbieter"),
    ("demo-leitung", LEADS, "Beispiel", "Leitung"),
    ("demo-beratung", ADVISERS, "Beispiel", "Beratung"),
    ("demo-uebersetzung", TRANSLATORS, "Beispiel", "Übersetzung"),
    ("demo-statistik", STATISTICS, "Beispiel", "Statistikstelle"),
)
# What the translator writes.
LANGUAGES = ["tr"]


def logins_file() -> Path:
    """Where the passwords of the demo lie, readable by this user only."""
    return settings.VAR_DIR / "demo_logins.json"


def prepare() -> None:
    """What a start with demo does: install it once, unlock its logins."""
    install_demo(lambda _: None)


def install_demo(report: Callable[[str], None]) -> None:
    """Add samples and logins unless that was done before, however it went on since.

    Where others could reach the portal, its logins get no passwords.
    """
    if not SeedRecord.objects.filter(kind=KIND).exists():
        with transaction.atomic():
            samples.generate(OFFERINGS, seed=samples.DEMO)
            centres.add()
            organisation = Organisation.objects.get(slug=slug_of(ORGANISATIONS[0][0]))
            confirmed = care.add(organisation)
            index_organisations(
                Organisation.objects.filter(is_sample=True).values_list("pk", flat=True)
            )
            offices.add(organisation)
            goals.add(organisation)
            monitoring.add(organisation)
            _make_people()
            SeedRecord.objects.create(kind=KIND, key="installed", object_id=0)
            sync_all()
            care.confirm(confirmed)
        report(f"{OFFERINGS} Beispielangebote und {len(PEOPLE)} Demo-Zugänge angelegt.")
    if not is_on_this_machine():
        lock_logins()
        return
    people = User.objects.filter(is_demo=True)
    if people and (not logins_file().is_file() or people.filter(is_active=False)):
        _set_passwords()
        report("Die Demo-Zugänge haben neue Kennwörter.")


@transaction.atomic
def lock_logins() -> None:
    """Nobody signs in with a demo login any more, until the next start with demo."""
    for person in User.objects.filter(is_demo=True, is_active=True):
        person.is_active = False
        person.set_unusable_password()
        person.save()
    logins_file().unlink(missing_ok=True)


@transaction.atomic
def remove_logins() -> int:
    """Remove the demo logins for good. Returns how many there were."""
    people = User.objects.filter(is_demo=True)
    count = people.count()
    people.delete()
    logins_file().unlink(missing_ok=True)
    return count


def logins() -> list[dict[str, str]]:
    """Role, username and password of each demo login; empty without demo."""
    if not logins_file().is_file():
        return []
    return json.loads(logins_file().read_text(encoding="utf-8"))


def _make_people() -> None:
    ensure_groups()
    logins_file().unlink(missing_ok=True)
    for username, group, first_name, last_name in PEOPLE:
        person = User(
            username=username,
            first_name=first_name,
            last_name=last_name,
            is_staff=True,
            is_demo=True,
            translates=LANGUAGES if group == TRANSLATORS else [],
        )
        person.set_unusable_password()
        person.save()
        person.groups.add(Group.objects.get(name=group))
        if group == PROVIDERS:
            Membership.objects.create(
                user=person,
                organisation=Organisation.objects.get(
                    slug=slug_of(ORGANISATIONS[0][0])
                ),
                role=Membership.Role.MANAGER,
            )


@transaction.atomic
def _set_passwords() -> None:
    found = []
    for username, role, *_ in PEOPLE:
        person = User.objects.filter(username=username, is_demo=True).first()
        if person is None:
            continue
        password = secrets.token_urlsafe(12)
        person.set_password(password)
        person.is_active = True
        person.save()
        found.append({"role": role, "username": username, "password": password})
    path = logins_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")

"""One entry of everything, for the organisation someone looks after and for another.

All that is foreign has `FOREIGN` in a text, all notes of staff have `NOTE`: no page of
a provider may show either.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from counselling.models import ConcernCount
from counselling.tests.factories import make_concern, make_office, make_role
from counselling.tests.finder import ask, make_version
from counselling.tests.routes import make_node, make_result, make_route
from herne_bildung.city import audit
from herne_bildung.city.models import (
    DistrictAlias,
    Membership,
    Organisation,
    Place,
    SchoolHoliday,
    User,
    WaitingVersion,
)
from herne_bildung.city.rights import PROVIDERS
from herne_bildung.city.tests.factories import (
    make_district,
    make_membership,
    make_organisation,
    make_place,
    make_school,
    make_user,
)
from herne_bildung.city.versions import note, snapshots, waiting
from herne_bildung.freshness.models import (
    Call,
    Campaign,
    CaredForOrganisation,
    CheckedLink,
    ErrorReport,
    LinkUse,
    ProposedChange,
)
from herne_bildung.freshness.tests.factories import make_entry, make_recipient, put
from herne_bildung.freshness.tests.following import asked_for
from herne_bildung.freshness.tests.test_calls import make_call
from herne_bildung.lib import clock
from herne_bildung.portal.models import Import, SearchWithoutResult
from herne_bildung.tests.roles.goals import NOTE, goals_of, shared_goals
from herne_bildung.tests.roles.monitoring import shared_monitoring
from offerings.models import FamilyCentre
from offerings.tests.factories import make_offering, make_topic

FOREIGN = "Zzfremdling"


@dataclass
class Things:
    """What there is of one organisation; `by_model` has one entry of each model."""

    organisation: Organisation
    place: Place
    by_model: dict[str, Model]

    def get(self, model: str) -> Model | None:
        return self.by_model.get(model)


def make_things(name: str, **values: object) -> Things:
    """An organisation with one of everything that belongs to one."""
    organisation = make_organisation(
        name, internal_note=f"{NOTE} {name}", phone="02323 1", **values
    )
    place = make_place(f"Haus {name}")
    organisation.places.add(place)
    offering = make_offering(
        f"Angebot {name}",
        provider=organisation,
        places=[place],
        internal_note=f"{NOTE} {name}",
        schedule={},
        price="3.00",
    )
    person = make_user(f"person-{name.lower()}", PROVIDERS)
    entry = make_entry(organisation)
    recipient = make_recipient(organisation, email=f"{name.lower()}@example.org")
    change = ProposedChange.objects.create(
        entry=entry,
        field="phone",
        old="02323 1",
        new=f"1 {name}",
        recipient=recipient,
        at=clock.now(),
    )
    report = ErrorReport.objects.create(
        key=name, entry=entry, reason="other", language="de", created_at=clock.now()
    )
    link = CheckedLink.objects.create(
        url=f"https://example.org/{name}", state="broken", next_on=clock.today()
    )
    use = LinkUse.objects.create(link=link, entry=entry, field="website")
    note(organisation, by=person, how="login")
    wanted = {**snapshots.take(organisation), "phone": f"2 {name}"}
    office = make_office(
        f"Beratung {name}", organisation=organisation, internal_note=f"{NOTE} {name}"
    )
    found = [
        organisation,
        place,
        offering,
        FamilyCentre.objects.create(organisation=organisation),
        office,
        make_role(office, f"Rolle {name}"),
        entry,
        recipient,
        change,
        report,
        use,
        make_call(entry),
        make_membership(person, organisation),
        waiting.store(organisation, wanted, by=person),
        Import.objects.create(
            kind="offering",
            organisation=organisation,
            source=name,
            by=person,
            state="checked",
            file_name=f"{name}.csv",
        ),
        CaredForOrganisation.objects.get(pk=organisation.pk),
        *goals_of(organisation, name),
    ]
    by_model = {one._meta.label_lower: one for one in found}
    by_model[User._meta.label_lower] = person
    return Things(organisation, place, by_model)


def make_shared() -> dict[str, Model]:
    """One entry of each model whose entries belong to no organisation."""
    district = make_district("Wanne")
    concern = make_concern("Arbeit")
    # Beside what the first start has.
    draft = make_version("draft", number=1000)
    route = make_route()
    found = [
        district,
        DistrictAlias.objects.create(key="alt-1", district=district),
        make_school("Beispielschule"),
        SchoolHoliday.objects.create(
            name="Ferien",
            starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=3),
        ),
        make_topic("Musik"),
        concern,
        draft,
        ask(draft, "wer"),
        route,
        make_node(route),
        make_result(route, "abschluss"),
        ConcernCount.objects.create(
            concern=concern, month=clock.today().replace(day=1), number=7
        ),
        audit.record(audit.Action.EXPORTED, about="Liste"),
        Campaign.objects.create(name="Sommer", covers_until=clock.today()),
        put("an-jemanden"),
        asked_for(kind="goal", key="1"),
        SearchWithoutResult.objects.create(
            words="kurs", month=clock.today().replace(day=1), count=9
        ),
        *shared_goals(),
        *shared_monitoring(),
    ]
    return {one._meta.label_lower: one for one in found}


# Addresses whose number is not of the model their name begins with.
MODEL_OF: dict[str, type[Model]] = {
    "call_changed": Call,
    "call_ended": Call,
    "approval": WaitingVersion,
    "exchange_import": Import,
    "exchange_problems": Import,
    "people_handover": User,
    "people_remove": Membership,
    "admin:auth_user_password_change": User,
}


# Parts of addresses that name no entry: words, and secrets that nobody has.
PARTS: dict[str, dict[str, object]] = {
    "staff_components": {"language": "de"},
    "admin:app_list": {"app_label": "city"},
    "account_confirm_email": {"key": "falsch"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "falsch"},
    "invitation": {"token": "falsch"},
    "mfa_edit_webauthn": {"pk": 0},
    "mfa_remove_webauthn": {"pk": 0},
    "exchange_template": {"name": "offering", "form": "csv"},
    "admin:monitoring_importrun_template": {"indicator": 0, "form": "csv"},
}
# Further parts of addresses of an entry: its first version, a language.
FURTHER = {"number": 1, "language": "de"}


def parts_of(name: str, things: Things) -> dict[str, object]:
    """Parts that name an entry of these things; empty for an unknown address."""
    offering = things.by_model["offerings.offering"]
    if name == "admin:view_on_site":
        content_type = ContentType.objects.get_for_model(offering)
        return {"content_type_id": content_type.pk, "object_id": offering.pk}
    return {}

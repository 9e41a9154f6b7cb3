"""What there is, and who."""

from dataclasses import dataclass

from django.db.models import Model

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import User
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.tests.roles import things
from herne_bildung.tests.roles.people import ROLES
from herne_bildung.tests.roles.things import Things


@dataclass
class World:
    """Things of someone's own organisation, of another, of none; a person a role."""

    own: Things
    foreign: Things
    shared: dict[str, Model]
    people: dict[str, User]


def make_world() -> World:
    ensure_groups()
    above = make_organisation("Träger darüber")
    own = things.make_things("Eigen", parent=above)
    foreign = things.make_things(things.FOREIGN)
    people = {role: make(own) for role, make in ROLES.items()}
    return World(own, foreign, things.make_shared(), people)

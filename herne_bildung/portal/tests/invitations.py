"""Who invites in tests, what whoever is invited answers, and what comes of it."""

from herne_bildung.city.models import User
from herne_bildung.city.rights import PROVIDERS
from herne_bildung.city.tests.factories import make_membership, make_organisation
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.portal.tests.accounts import link_in, person

NEW = "neu@example.org"
ANSWERS = {
    "accept": "yes",
    "first_name": "Nele",
    "last_name": "Neu",
    "password": "Apfelbaum im Garten",
}


def make_manager() -> User:
    """Manages “Eigener Träger” and what is below it."""
    user = person("manu", PROVIDERS)
    make_membership(user, make_organisation("Eigener Träger"), "manager")
    return user


def newest_link() -> str:
    return link_in(OutgoingMail.objects.order_by("-pk").first())


def rights_of(name: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Groups and memberships of a login."""
    user = User.objects.get(username=name)
    memberships = user.memberships.values_list("organisation__name_de", "role")
    return list(user.groups.values_list("name", flat=True)), list(memberships)

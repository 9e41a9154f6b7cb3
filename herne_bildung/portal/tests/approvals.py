"""How tests let changes wait and decide them."""

from django.urls import reverse

from herne_bildung.city.models import Membership, Organisation, User, WaitingVersion
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_membership, make_user
from offerings.models import Offering
from offerings.tests.administration import change_page, fields_of

LIST = "/verwaltung/freigaben/"
PUBLISHED = "/verwaltung/freigaben/veroeffentlicht/"


def make_author(own: Organisation, name: str = "anna") -> User:
    person = make_user(name, PROVIDERS, email=f"{name}@example.org")
    make_membership(person, own, Membership.Role.EDITOR)
    return person


def make_lead() -> User:
    return make_user("leitung", OFFICE, LEADS, email="leitung@example.org")


def price(amount: str = "12.50") -> dict[str, object]:
    """One new price, as the form sends it."""
    return {
        "cost_options-TOTAL_FORMS": 1,
        "cost_options-INITIAL_FORMS": 0,
        "cost_options-0-kind": "regular",
        "cost_options-0-amount": amount,
        "cost_options-0-per": "once",
    }


def propose(client, author: User, offering: Offering, **changed):
    """Someone changes an offer in the form."""
    client.force_login(author)
    return client.post(change_page(offering), fields_of(offering, **changed))


def look(client, lead: User, found: WaitingVersion):
    client.force_login(lead)
    return client.get(reverse("approval", args=[found.pk]))


def decide(client, lead: User, found: WaitingVersion, do: str = "accept", **more):
    """Staff look at a change and press a button."""
    seen = look(client, lead, found).context["seen"]
    data = {"do": do, "seen": seen, **more}
    return client.post(reverse("approval", args=[found.pk]), data)


def page_of(client, offering: Offering) -> str:
    """The public page as readers see it."""
    client.logout()
    return client.get(f"/de/angebote/{offering.slug}/").content.decode()


def said(response) -> list[str]:
    """What a page tells after a button was pressed."""
    return [str(message) for message in response.context["messages"]]


def sent_form(page) -> dict[str, object]:
    """What a browser sends of a form that was opened and not touched."""
    form = page.context["adminform"].form
    data = _values(form)
    for inline in page.context["inline_admin_formsets"]:
        formset = inline.formset
        data |= _values(formset.management_form)
        for row in formset.forms:
            data |= _values(row)
    return data


def _values(form) -> dict[str, object]:
    data = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        if hasattr(value, "__iter__") and not isinstance(value, str):
            value = [getattr(one, "pk", one) for one in value]
        data[bound.html_name] = "on" if value is True else value
    return data

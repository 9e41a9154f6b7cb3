"""What a new offer begins with: facts its organisation gave already."""

from typing import Any

from django.http import HttpRequest, QueryDict

from herne_bildung.city.models import Organisation
from herne_bildung.city.rights import reached_organisations, sees_everything
from herne_bildung.lib.row_keys import row_key
from offerings.models import Offering

# An organisation with more places than this names one itself.
FEW_PLACES = 3
MOST_SHOWN = 12


def organisation_named(request: HttpRequest, text: str | None) -> Organisation | None:
    """The organisation of this number, if the person may offer something for it."""
    pk = row_key(text)
    if pk is None or not (
        sees_everything(request.user) or pk in reached_organisations(request.user)
    ):
        return None
    return Organisation.objects.filter(pk=pk).first()


def organisation_of(request: HttpRequest) -> Organisation | None:
    """For whom a new offer is: as the address says, or the only one of a person."""
    if request.GET.get("provider"):
        return organisation_named(request, request.GET["provider"])
    reached = reached_organisations(request.user)
    if sees_everything(request.user) or len(reached) != 1:
        return None
    return Organisation.objects.filter(pk__in=reached).first()


def may_offer_for_several(request: HttpRequest) -> bool:
    """Whether a new offer does not begin with what its organisation gave: the person
    chooses the organisation first.
    """
    user = request.user
    return sees_everything(user) or len(reached_organisations(user)) > 1


def organisations_to_choose(request: HttpRequest) -> list[Organisation]:
    """Of whom someone looks after several: which ones a new offer may be for."""
    if sees_everything(request.user) or not may_offer_for_several(request):
        return []
    reached = reached_organisations(request.user)
    return list(Organisation.objects.filter(pk__in=reached)[:MOST_SHOWN])


def defaults_of(organisation: Organisation) -> dict[str, Any]:
    """What is probably true of a new offer of this organisation."""
    places = list(organisation.places.values_list("pk", flat=True)[: FEW_PLACES + 1])
    latest = (
        Offering.objects.filter(provider=organisation)
        .exclude(registration="")
        .order_by("-updated_at", "-pk")
        .values_list("registration", flat=True)
        .first()
    )
    return {
        "provider": organisation.pk,
        "places": places if len(places) <= FEW_PLACES else [],
        "phone": organisation.phone,
        "email": organisation.email,
        "website": organisation.website,
        "registration": latest or "",
    }


def filled_in(request: HttpRequest) -> QueryDict:
    """What was sent, with empty fields filled from the organisation named in it."""
    sent = request.POST.copy()
    organisation = organisation_named(request, sent.get("provider"))
    if organisation is not None:
        for name, value in defaults_of(organisation).items():
            values = value if isinstance(value, list) else [value]
            if not any(sent.getlist(name)):
                sent.setlist(name, [str(one) for one in values])
    return sent

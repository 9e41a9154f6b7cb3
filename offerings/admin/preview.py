"""The previews in the forms of offers and of who offers them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from herne_bildung.city.admin.preview import PreviewAdmin, give_page, public_request
from herne_bildung.city.models import Organisation
from offerings.detail import whole
from offerings.models import Offering
from offerings.preview import change_preview_path, page_of, preview_path
from offerings.providers import provider_page


class OfferingPreview(PreviewAdmin):
    """Shows the offer's public page with what is typed."""

    def preview_link(self, request: HttpRequest, entry: Any) -> tuple[str, bool]:
        """Where the form shows a change that waits, so does the link."""
        visit = request.visit
        is_of_change = visit.is_waiting_edited and not entry.is_sample
        path = change_preview_path(visit.open) if is_of_change else preview_path(entry)
        return (f"{settings.PUBLIC_ADDRESS}{path}" if path else ""), is_of_change


def offering_page(request: HttpRequest, entry: Offering, language: str) -> str:
    offering = whole(Offering.objects.filter(pk=entry.pk))
    public = public_request(request, reverse("offering", args=[offering.slug]))
    return page_of(public, offering, language)


def organisation_page(request: HttpRequest, entry: Organisation, language: str) -> str:
    """The page of a provider, with its offers that are on the site now."""
    stored = Organisation.objects.select_related("parent", "picture")
    organisation = stored.get(pk=entry.pk)
    public = public_request(request, reverse("provider", args=[organisation.slug]))
    page = provider_page(organisation, None, language)
    return render_to_string("offerings/provider.html", {"provider": page}, public)


give_page(Offering, offering_page)
give_page(Organisation, organisation_page)

"""The preview in the form of an offer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from herne_bildung.city.admin.preview import PreviewAdmin, public_request
from offerings.detail import whole
from offerings.models import Offering
from offerings.preview import page_of, preview_path


class OfferingPreview(PreviewAdmin):
    """Shows the offer's public page with what is typed."""

    def public_page(self, request: HttpRequest, entry: Any, language: str) -> str:
        offering = whole(Offering.objects.filter(pk=entry.pk))
        public = public_request(request, reverse("offering", args=[offering.slug]))
        return page_of(public, offering, language)

    def preview_link(self, entry: Offering) -> str:
        path = preview_path(entry)
        return f"{settings.PUBLIC_ADDRESS}{path}" if path else ""

"""Picture and flyers in the form of an offer."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from herne_bildung.city import uploads
from herne_bildung.city.admin.files import FlyerForm, PictureInline, UploadInline
from offerings.models import OfferingFlyer, OfferingPicture

MOST_FLYERS = 5


class OfferingPictureInline(PictureInline):
    """The picture of an offer."""

    model = OfferingPicture


class OfferingFlyerInline(UploadInline):
    """Leaflets of an offer."""

    model = OfferingFlyer
    form = FlyerForm
    text = "title"
    max_num = MOST_FLYERS

    @admin.display(description=_("now"))
    def present(self, row: OfferingFlyer) -> Any:
        if not row.file:
            return "–"
        link = '<a href="{}">{}</a>'
        return format_html(link, uploads.flyer_url(row.file), row.title_de)

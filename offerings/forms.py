from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.forms import CorrectionForm
from offerings.models import Offering


class OfferingCorrection(CorrectionForm):
    """The facts of an offer a provider corrects from a reminder, without a login."""

    class Meta(CorrectionForm.Meta):
        model = Offering
        fields = [
            "title_de",
            "summary_de",
            "next_step_de",
            "starts_on",
            "ends_on",
            "is_free",
            "registration",
            "registration_url",
            "phone",
            "email",
            "website",
            "age_min_months",
            "age_max_months",
            "description_de",
        ]
        labels = {
            "title_de": _("title"),
            "summary_de": _("in one or two sentences"),
            "next_step_de": _("how do I take part"),
            "description_de": _("description"),
        }

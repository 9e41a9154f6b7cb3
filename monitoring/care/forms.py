"""What responsible people correct from a reminder, without a login."""

from django.utils.translation import gettext_lazy

from herne_bildung.freshness.forms import CorrectionForm
from monitoring.models import Indicator, Instrument


class IndicatorCorrection(CorrectionForm):
    """When the next values come, and what the indicator means."""

    class Meta(CorrectionForm.Meta):
        model = Indicator
        fields = [
            "next_release_on",
            "definition_de",
            "formula_de",
            "source_title",
            "source_url",
        ]
        labels = {
            "definition_de": gettext_lazy("Definition"),
            "formula_de": gettext_lazy("how it is calculated"),
        }


class InstrumentCorrection(CorrectionForm):
    """Who is asked, where, how often."""

    class Meta(CorrectionForm.Meta):
        model = Instrument
        fields = ["target_de", "where_de", "cycle", "participation_de"]
        labels = {
            "target_de": gettext_lazy("who is asked"),
            "where_de": gettext_lazy("where"),
            "participation_de": gettext_lazy("participation"),
        }

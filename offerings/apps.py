from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfferingsConfig(AppConfig):
    name = "offerings"
    verbose_name = _("Offers")

    def ready(self) -> None:
        """Give the search its synonyms: 40 ms once a process, without dictionaries."""
        from herne_bildung.lib.analyser import load_synonyms
        from offerings.seed import synonyms

        load_synonyms(synonyms())

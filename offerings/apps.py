from django.apps import AppConfig


class OfferingsConfig(AppConfig):
    name = "offerings"

    def ready(self) -> None:
        """Give the search its synonyms: 40 ms once a process, without dictionaries."""
        from herne_bildung.lib.analyser import load_synonyms
        from offerings.seed import synonyms

        load_synonyms(synonyms())

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "herne_bildung.portal"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Tasks sent from anywhere find their broker; sign-ins are noted."""
        from herne_bildung import celery  # noqa: F401  needs settings
        from herne_bildung.portal.accounts import records  # needs models
        from herne_bildung.portal.exchange import going_out  # needs models

        records.connect()
        going_out.give_tables()

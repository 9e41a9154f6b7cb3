from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "herne_bildung.portal"

    def ready(self) -> None:
        """Tasks sent from anywhere find their broker."""
        from herne_bildung import celery  # noqa: F401  needs settings

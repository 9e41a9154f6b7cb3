from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "herne_bildung.portal"

from django.apps import AppConfig


class FreshnessConfig(AppConfig):
    name = "herne_bildung.freshness"

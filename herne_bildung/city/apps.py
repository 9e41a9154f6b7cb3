from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "herne_bildung.city"

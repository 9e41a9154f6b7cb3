from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CityConfig(AppConfig):
    name = "herne_bildung.city"
    verbose_name = _("City and organisations")

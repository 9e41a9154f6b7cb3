from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FreshnessConfig(AppConfig):
    name = "herne_bildung.freshness"
    verbose_name = _("Care of entries")

"""How the administration names what django-axes keeps."""

from axes.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignInRecordsConfig(AppConfig):
    """The records of failed sign-ins, with a name for people."""

    verbose_name = _("Failed sign-ins")

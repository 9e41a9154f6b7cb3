from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import Organisation


class CaredForOrganisation(Organisation):
    """An organisation as the engine sees it: who is asked, when nobody is there, how
    often. No table of its own; so that people of an organisation may change this
    without what else it says.
    """

    class Meta:
        proxy = True
        verbose_name = _("contacts and closed periods")
        verbose_name_plural = _("contacts and closed periods")

"""What readers will miss of an indicator; it keeps nobody from publishing."""

from django.utils.translation import gettext as _

from monitoring.choices import Protection
from monitoring.models import Indicator


def missing(indicator: Indicator) -> list[str]:
    """In words."""
    found = []
    if not indicator.definition_de:
        found.append(_("The definition is missing."))
    if not indicator.source_title:
        found.append(_("It is not said where the figures come from."))
    if not indicator.licence:
        found.append(_("It is not said under which licence the figures may be used."))
    if indicator.organisation_id is None and indicator.role_id is None:
        found.append(_("Nobody is named who is responsible."))
    is_protected = indicator.protection == Protection.PROTECTED
    if is_protected and indicator.table_set_id is None:
        found.append(_("It is in no set of tables, so it cannot be protected yet."))
    return found

"""What is invented for the demo, since no document has it; all of it says so."""

from django.db import transaction
from django.utils.translation import override

from herne_bildung.city.models import Organisation
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from monitoring.findings import samples as findings
from monitoring.protection import samples as counts
from monitoring.surveys import samples as surveys


@transaction.atomic
def add(organisation: Organisation) -> None:
    """All of it, of an invented organisation; what is there stays as it is."""
    with override(DEFAULT_LANGUAGE):
        surveys.add(organisation)
        findings.add(organisation)
        counts.add()


@transaction.atomic
def remove() -> int:
    """Remove all of it, before the invented goals it is about. Returns how many waves
    of surveys, indicators and findings. Those with rules of their own go first.
    """
    return surveys.remove() + counts.remove() + findings.remove()

"""Addresses that a form or an address names to go back to."""

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def own_path(wanted: str | None, otherwise: str) -> str:
    """Where to go back to: an address of the administration, nothing else."""
    is_own = wanted and wanted.startswith(reverse("admin:index"))
    if is_own and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return otherwise

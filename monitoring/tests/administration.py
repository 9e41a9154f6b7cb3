"""Addresses of the administration; see `goals.tests.administration`."""

from django.db.models import Model
from django.urls import reverse

from goals.tests.administration import said, sent, signed_in

__all__ = ["form_of", "list_of", "said", "sent", "signed_in"]


def form_of(entry: Model) -> str:
    """The address of an entry's form."""
    return reverse(f"admin:monitoring_{entry._meta.model_name}_change", args=[entry.pk])


def list_of(model: type[Model]) -> str:
    """The address of a list."""
    return reverse(f"admin:monitoring_{model._meta.model_name}_changelist")

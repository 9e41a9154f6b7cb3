"""Addresses on the site for new entries."""

from itertools import count

from django.db.models import Model

from herne_bildung.lib.analyser import fold


def free_slug(model: type[Model], title: str, otherwise: str) -> str:
    """An address that no entry of the model has, from its title; `otherwise` where
    nothing of that can stand in an address.
    """
    start = "-".join(fold(title).split())[:100].rstrip("-") or otherwise
    start = "".join(c for c in start if c.isascii()) or otherwise
    taken = set(
        model._default_manager.filter(slug__startswith=start).values_list(
            "slug", flat=True
        )
    )
    candidates = (f"{start}-{number}" if number > 1 else start for number in count(1))
    return next(slug for slug in candidates if slug not in taken)

"""What public content has in common: a source, translations, and that changing it
makes kept pages outdated.
"""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from herne_bildung.lib import clock, page_cache


class MomentField(models.DateTimeField):
    """A DateTimeField whose `auto_now` and `auto_now_add` ask the portal's clock."""

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        if self.auto_now or (self.auto_now_add and add):
            setattr(instance, self.attname, clock.now())
        return getattr(instance, self.attname)

    def deconstruct(self) -> tuple[str, str, list, dict[str, Any]]:
        """For migrations it is Django's own: the column is the same."""
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.DateTimeField", arguments, options


class PublicQuerySet(models.QuerySet):
    """Bulk changes outdate kept pages, as `save()` does.

    Pages are outdated after the change also where no transaction is open and the
    hook runs at once: before it, a page could still be made from the former content.
    """

    def update(self, **values: Any) -> int:
        changed = super().update(**values)
        transaction.on_commit(page_cache.outdate)
        return changed

    def bulk_create(self, *args: Any, **options: Any) -> list:
        created = super().bulk_create(*args, **options)
        transaction.on_commit(page_cache.outdate)
        return created

    def bulk_update(self, *args: Any, **options: Any) -> int:
        changed = super().bulk_update(*args, **options)
        transaction.on_commit(page_cache.outdate)
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        deleted = super().delete()
        transaction.on_commit(page_cache.outdate)
        return deleted


class PublicContent(models.Model):
    """Content of public pages: every change outdates the pages kept in the cache."""

    created_at = MomentField(_("created"), auto_now_add=True)
    updated_at = MomentField(_("changed"), auto_now=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        transaction.on_commit(page_cache.outdate)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **options)
        transaction.on_commit(page_cache.outdate)
        return deleted


class Sourced(models.Model):
    """Where an entry comes from and what year or day it describes.

    `as_of` is a year or an ISO date ("2017", "2024-10-15"): the state the source
    describes, never the day it was typed in. Empty for what people enter here.
    """

    seed_key = models.CharField(
        max_length=100, blank=True, db_index=True, editable=False
    )
    as_of = models.CharField(_("state of"), max_length=10, blank=True)
    source_title = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    source_quote = models.TextField(_("quotation from the source"), blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    class Meta:
        abstract = True


class Translated(models.Model):
    """Remembers for each language and field which German text it was made from.

    `translation_state` = {"tr": {"title": {"hash": …, "machine": …, "reviewed": …}}};
    herne_bildung.lib.translation_state reads and writes it.
    """

    translation_state = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class YearFilter(admin.AllValuesFieldListFilter):
    """By the year a document describes; entries without one have a name too."""

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or _("not from a document")}

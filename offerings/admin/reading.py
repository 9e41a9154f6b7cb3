"""What stands in the form of an offer for those who only read it."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin.rows import without_fields
from herne_bildung.city.spoken import SpokenLanguage
from offerings.choices import TargetGroup
from offerings.detail import labels
from offerings.models import Offering

# Django would show the keys of these.
IN_WORDS = {"target_groups": "target_groups_read", "languages": "languages_read"}
# Only whoever changes something says why.
WRITTEN_ONLY = {"reason"}


class InWordsForReaders:
    """Advisers and translators read words, where the form has boxes to tick."""

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self._writes(request.user, obj) and self.has_change_permission(request, obj):
            return fieldsets
        return [
            (
                title,
                {**options, "fields": [_in_words(name) for name in options["fields"]]},
            )
            for title, options in without_fields(fieldsets, WRITTEN_ONLY)
        ]

    @admin.display(description=_("for whom"))
    def target_groups_read(self, offering: Offering) -> str:
        return ", ".join(labels(TargetGroup, offering.target_groups))

    @admin.display(description=_("languages of the offer"))
    def languages_read(self, offering: Offering) -> str:
        return ", ".join(labels(SpokenLanguage, offering.languages))


def _in_words(name: Any) -> Any:
    return IN_WORDS.get(name, name) if isinstance(name, str) else name

"""What stands in the form of an offer for those who only read it."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin.rows import without_fields
from offerings.ages import age_in_words
from offerings.choices import OfferLanguage, TargetGroup
from offerings.detail import labels
from offerings.models import Offering

# Django would show the keys of these.
IN_WORDS = {
    "target_groups": "target_groups_read",
    "languages": "languages_read",
    "age_min_months": "age_min_read",
    "age_max_months": "age_max_read",
}
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
        return ", ".join(labels(OfferLanguage, offering.languages))

    @admin.display(description=_("from age"))
    def age_min_read(self, offering: Offering) -> str:
        return _age(offering.age_min_months)

    @admin.display(description=_("up to age"))
    def age_max_read(self, offering: Offering) -> str:
        return _age(offering.age_max_months)


def _in_words(name: Any) -> Any:
    if isinstance(name, str):
        return IN_WORDS.get(name, name)
    return tuple(map(_in_words, name))


def _age(months: int | None) -> str:
    return "–" if months is None else age_in_words(months)

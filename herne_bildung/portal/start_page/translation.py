"""For translators: what their languages lack."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city.rights import translated_languages
from herne_bildung.lib.languages import LANGUAGES
from herne_bildung.portal.start_page.own import is_missing
from herne_bildung.portal.start_page.parts import MOST_LINES, Line, Section
from offerings.models import Offering


def sections(user: Any) -> list[Section]:
    """For each language of theirs, offers without words in it; newest first."""
    codes = translated_languages(user)
    offers = Offering.objects.filter(state=Offering.State.PUBLISHED, is_sample=False)
    columns = {one.column: one for one in LANGUAGES if one.code in codes}
    numbers = offers.order_by().aggregate(
        **{column: Count("pk", filter=is_missing(column)) for column in columns}
    )
    found = []
    for column, language in columns.items():
        rows = offers.filter(is_missing(column)).order_by("-created_at", "pk")
        found.append(
            Section(
                title=_("To translate: %(language)s")
                % {"language": language.native_name},
                lines=[
                    Line(title, reverse("admin:offerings_offering_change", args=[pk]))
                    for pk, title in rows.values_list("pk", "title_de")[:MOST_LINES]
                ],
                empty=_("Nothing is missing."),
                hint=ngettext(
                    "%(number)s offer has no words in this language",
                    "%(number)s offers have no words in this language",
                    numbers[column],
                )
                % {"number": numbers[column]},
            )
        )
    return found

"""What the history of the city's entries holds (city.versions)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from herne_bildung.city import actions
from herne_bildung.city.models import Organisation, Place, School
from herne_bildung.city.versions import Child, Group, Versioned, register


def member_in_words(link: Any) -> str:
    return str(link.member) if link.member else ""


def after_place(place: Place) -> None:
    actions.index_schools(place.schools.values_list("pk", flat=True))


register(
    Versioned(
        model=Organisation,
        children=(
            Child(
                "member_links",
                _("members of family centres"),
                member_in_words,
                has_no_order=True,
            ),
            Child("picture", _("picture")),
        ),
        owners=lambda entry: [entry.pk],
        # Trust is no fact of an entry: the log has its changes.
        left_out=frozenset({"is_trusted"}),
        never_restored=frozenset({"status"}),
        groups=(
            Group("description", _("Description"), ("name", "description")),
            Group("contact", _("Contact"), ("email", "phone", "website")),
            Group("where", _("Where"), ("places",)),
        ),
        after_save=lambda entry: actions.index_organisations([entry.pk]),
    )
)
register(
    Versioned(
        model=Place,
        owners=lambda entry: [one.pk for one in entry.organisations.all()],
        owners_through=("organisations",),
        after_save=after_place,
    )
)
register(
    Versioned(model=School, after_save=lambda entry: actions.index_schools([entry.pk]))
)

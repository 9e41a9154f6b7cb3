"""Which areas of the quality profile each centre covers: for staff, never public."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from herne_bildung.city.models import Organisation
from herne_bildung.lib import clock
from offerings.centres.offers import centres
from offerings.choices import QualityArea
from offerings.models import FamilyCentre, Offering


@dataclass(frozen=True, slots=True)
class Row:
    """A centre: how many offers cover each area, and how many name none."""

    centre: FamilyCentre
    counts: tuple[int, ...]
    without_area: int

    @property
    def gaps(self) -> list[str]:
        """Names of the areas that nothing covers."""
        pairs = zip(QualityArea, self.counts, strict=True)
        return [str(area.label) for area, count in pairs if not count]

    @property
    def kitas(self) -> int:
        return len(self.centre.organisation.member_links.all())


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix; `covered` says of each area in how many centres it is."""

    rows: Sequence[Row]
    # Family centres that have no profile yet, and so no page as one.
    without_profile: Sequence[Organisation]

    @property
    def areas(self) -> list[str]:
        return [str(area.label) for area in QualityArea]

    @property
    def covered(self) -> list[int]:
        return [
            sum(bool(row.counts[place]) for row in self.rows)
            for place in range(len(QualityArea))
        ]

    def file(self) -> tuple[list[str], Iterator[list[object]]]:
        """Header and rows of a table, without samples."""
        header = [_("Family centre"), *self.areas, _("Offers without an area")]
        rows = (
            [row.centre.organisation.name_de, *row.counts, row.without_area]
            for row in self.rows
            if not row.centre.is_sample
        )
        return header, rows


def coverage() -> Coverage:
    """Of all centres that are shown; offers as the public sees them today. A fixed
    number of queries.
    """
    active = Organisation.Status.ACTIVE
    shown = centres().filter(organisation__status=active)
    found = list(shown.order_by("organisation__sort_key"))
    owners: dict[int, list[int]] = {}
    for centre in found:
        own = centre.organisation
        for pk in (own.pk, *(link.member_id for link in own.member_links.all())):
            owners.setdefault(pk, []).append(centre.pk)
    today = clock.today()
    offers = Offering.objects.published(today).not_ended(today)
    counts: Counter[tuple[int, str]] = Counter()
    for provider, areas in offers.filter(provider__in=owners).values_list(
        "provider_id", "quality_areas"
    ):
        for centre in set(owners[provider]):
            counts.update((centre, area) for area in areas or [""])
    missing = Organisation.objects.listed().filter(
        kind=Organisation.Kind.FAMILY_CENTRE, family_centre=None
    )
    return Coverage(
        [
            Row(
                centre,
                tuple(counts[centre.pk, area.value] for area in QualityArea),
                counts[centre.pk, ""],
            )
            for centre in found
        ],
        list(missing),
    )

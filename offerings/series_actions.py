"""Making a series from a template, and following its changes."""

from collections.abc import Collection, Iterable
from copy import deepcopy

from django.db import transaction

from herne_bildung.city import versions
from herne_bildung.city.models import EntryVersion, Organisation, Place, User
from herne_bildung.city.slugs import free_slug
from herne_bildung.lib.translation_state import take_over_state
from offerings.actions import reindex
from offerings.models import CostOption, Offering, Schedule
from offerings.series import SHARED, TEXT_COLUMNS, digest

OF_THE_ORGANISATION = ("phone", "email", "website")
OF_THE_ROW = ("id", "offering_id", "created_at", "updated_at")


@transaction.atomic
def make_series(
    template: Offering,
    wanted: Iterable[tuple[Organisation, Place | None]],
    *,
    by: User,
    with_dates: bool = False,
    with_prices: bool = False,
) -> list[Offering]:
    """A draft for each organisation and place, linked to the template. Pairs that
    are in the series already are left out.
    """
    Offering.objects.select_for_update(no_key=True).get(pk=template.pk)
    taken = pairs_of(template)
    made = []
    for organisation, place in wanted:
        pair = (organisation.pk, place.pk if place else None)
        if pair in taken:
            continue
        taken.add(pair)
        made.append(_member(template, organisation, place))
        if with_dates:
            _copy_rows(template, made[-1], Schedule)
        if with_prices:
            _copy_rows(template, made[-1], CostOption)
    reindex(member.pk for member in made)
    if made:
        versions.note_many(made, by=by, how=EntryVersion.How.LOGIN)
    return made


def pairs_of(template: Offering) -> set[tuple[int | None, int | None]]:
    """Organisation and place of each offer of a series, its template included."""
    found = set()
    for offering in [
        template,
        *template.series.prefetch_related("places"),
    ]:
        places = [place.pk for place in offering.places.all()] or [None]
        found |= {(offering.provider_id, place) for place in places}
    return found


@transaction.atomic
def take_over(member: Offering, names: Collection[str], *, by: User) -> None:
    """Give an offer these shared facts of its template."""
    member, template = _locked(member)
    versions.begin([member])
    taken = [name for name in names if name in SHARED]
    for name in taken:
        _take(member, template, name)
    _look_at(member, template, taken)
    versions.note(member, by=by, how=EntryVersion.How.LOGIN)


@transaction.atomic
def keep_own(member: Offering, names: Collection[str]) -> None:
    """Leave these facts as they are, and say no more that the template differs."""
    member, template = _locked(member)
    _look_at(member, template, [name for name in names if name in SHARED])


def _member(
    template: Offering, organisation: Organisation, place: Place | None
) -> Offering:
    shared = [column for name in SHARED if name != "topics" for column in SHARED[name]]
    member = Offering.objects.create(
        template=template,
        template_seen={name: digest(template, name) for name in SHARED},
        provider=organisation,
        state=Offering.State.DRAFT,
        is_sample=organisation.is_sample,
        slug=free_slug(Offering, template.title_de, "angebot"),
        translation_state=deepcopy(
            {
                code: {
                    text: state for text, state in states.items() if _is_shared(text)
                }
                for code, states in template.translation_state.items()
            }
        ),
        **{name: getattr(organisation, name) for name in OF_THE_ORGANISATION},
        **{column: deepcopy(getattr(template, column)) for column in shared},
    )
    member.topics.set(template.topics.all())
    if place is not None:
        member.places.add(place)
    return member


def _is_shared(text: str) -> bool:
    return f"{text}_de" in TEXT_COLUMNS


def _copy_rows(template: Offering, member: Offering, model: type) -> None:
    columns = [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname not in OF_THE_ROW
    ]
    model.objects.bulk_create(
        model(offering=member, **{name: getattr(row, name) for name in columns})
        for row in model.objects.filter(offering=template)
    )


def _locked(member: Offering) -> tuple[Offering, Offering]:
    found = (
        Offering.objects.select_for_update(of=("self",), no_key=True)
        .select_related("template")
        .get(pk=member.pk, template__isnull=False)
    )
    return found, found.template


def _take(member: Offering, template: Offering, name: str) -> None:
    if name == "topics":
        member.topics.set(template.topics.all())
        return
    for column in SHARED[name]:
        setattr(member, column, deepcopy(getattr(template, column)))
    if name in TEXT_COLUMNS:
        take_over_state(member, template, *TEXT_COLUMNS[name])


def _look_at(member: Offering, template: Offering, names: Collection[str]) -> None:
    member.template_seen |= {name: digest(template, name) for name in names}
    member.save()
    reindex([member.pk])

"""Writes of the city: districts of places, words of the site search, groups."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.utils.translation import override

from herne_bildung.city import search
from herne_bildung.city.models import (
    District,
    Organisation,
    Place,
    School,
    SearchDocument,
)
from herne_bildung.city.rights import GROUPS, LEADS, OFFICE
from herne_bildung.city.shapes import Shapes
from herne_bildung.lib.analyser import fuzzy_text
from herne_bildung.lib.geo import Point
from herne_bildung.lib.languages import LANGUAGES

SCHOOL = "school"
ORGANISATION = "organisation"
# Who writes words and documents holds the first until the second are committed.
LOCK_WORDS_SQL = "LOCK TABLE city_searchword IN SHARE ROW EXCLUSIVE MODE"
UNUSED_WORDS_SQL = """
DELETE FROM city_searchword WHERE word NOT IN (
  SELECT left(used, 64)
  FROM city_searchdocument, unnest(string_to_array(fuzzy_text, ' ')) AS used
  WHERE is_public
)
"""


def assign_district(place: Place, shapes: Shapes | None = None) -> bool:
    """Give a place the district its coordinates lie in. Returns whether it changed.

    An official shape makes it sure, a placeholder shape makes it a guess. What a
    person chose stays, and so does what is sure where the shapes only guess.
    """
    if place.is_district_chosen or place.latitude is None:
        return False
    found = (shapes or Shapes.load()).find(Point(place.latitude, place.longitude))
    is_settled = place.district_id is not None and not place.is_district_guessed
    if found is None or (found.is_guessed and is_settled):
        return False
    if (place.district_id, place.is_district_guessed) == (
        found.district_id,
        found.is_guessed,
    ):
        return False
    place.district_id = found.district_id
    place.is_district_guessed = found.is_guessed
    place.save()
    return True


@transaction.atomic
def settle_places(shapes: Shapes | None = None) -> int:
    """Give all places the district their coordinates lie in. Returns how many
    changed; offers follow them (their index looks at when places changed).
    """
    shapes = shapes or Shapes.load()
    open_places = Place.objects.select_for_update().filter(
        is_district_chosen=False, latitude__isnull=False
    )
    return sum(assign_district(place, shapes) for place in open_places)


@transaction.atomic
def confirm_districts(places: Iterable[Place]) -> int:
    """A person says that guessed districts are right. Returns how many there were."""
    confirmed = 0
    for place in places:
        if place.district_id and place.is_district_guessed:
            place.is_district_guessed = False
            place.is_district_chosen = True
            place.save()
            confirmed += 1
    return confirmed


@transaction.atomic
def index_schools(ids: Iterable[int] | None = None) -> int:
    """Make the search words of these schools anew (all when none are named)."""
    schools = School.objects.select_related("place__district__parent")
    if ids is not None:
        schools = schools.filter(pk__in=list(ids))
    documents = [school_document(school) for school in schools]
    search.write(documents)
    return len(documents)


@transaction.atomic
def index_organisations(ids: Iterable[int] | None = None) -> int:
    """Make the search words of these organisations anew (all when none are named)."""
    organisations = Organisation.objects.select_related("parent")
    if ids is not None:
        organisations = organisations.filter(pk__in=list(ids))
    documents = [organisation_document(entry) for entry in organisations]
    search.write(documents)
    return len(documents)


def school_document(school: School) -> SearchDocument:
    """The words by which a school is found: its name, form, place and programmes."""
    district: District | None = school.place.district
    where = [district.name] if district else []
    if district and district.parent:
        where.append(district.parent.name)
    known = [school.place.street, school.place.postal_code, *where]
    if school.is_startchancen:
        known.append("Startchancen")
    if school.talent_school_since:
        known.append("Talentschule")
    return SearchDocument(
        kind=SCHOOL,
        object_id=school.pk,
        is_public=school.vanished_on is None,
        is_sample=school.is_sample,
        terms_a=search.terms({"de": school.name}),
        terms_b=search.terms(_form_names(school)),
        terms_c=search.terms({"de": " ".join([school.official_name, *known])}),
        terms_d=search.terms({"de": school.number}),
        fuzzy_text=fuzzy_text(f"{school.name} {_form_names(school)['de']}"),
    )


def organisation_document(entry: Organisation) -> SearchDocument:
    """The words by which an organisation is found."""
    values = vars(entry)
    names = search.texts_by_language(values, "name")
    parents = vars(entry.parent) if entry.parent else {}
    return SearchDocument(
        kind=ORGANISATION,
        object_id=entry.pk,
        is_public=entry.status == Organisation.Status.ACTIVE,
        is_sample=entry.is_sample,
        terms_a=search.terms(names),
        terms_b=search.terms(search.texts_by_language(parents, "name")),
        terms_c="",
        terms_d=search.terms(search.texts_by_language(values, "description")),
        fuzzy_text=fuzzy_text(names["de"]),
    )


def _form_names(school: School) -> dict[str, str]:
    """What the form of a school is called, in all languages."""
    names = {}
    for language in LANGUAGES:
        with override(language.code):
            names[language.code] = str(school.get_form_display())
    return names


@transaction.atomic
def forget_unused_words() -> int:
    """Correct mistyped words no longer to words that no public entry has any more.

    Returns how many words went.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK_WORDS_SQL)
        cursor.execute(UNUSED_WORDS_SQL)
        return cursor.rowcount


@transaction.atomic
def ensure_groups() -> None:
    """Make the groups of the administration with the rights each admin class names
    (`rights` of `OwnEntriesAdmin`); leads may do what the office may. Safe to repeat:
    after each update of the portal.
    """
    known = _permissions()
    wanted: dict[str, set[int]] = {name: set() for name in GROUPS}
    for model, model_admin in admin.site._registry.items():
        classes = [(model, model_admin)]
        classes += [(inline.model, inline) for inline in model_admin.inlines]
        for one, owner in classes:
            for group, actions in getattr(owner, "rights", {}).items():
                names = {get_permission_codename(name, one._meta) for name in actions}
                wanted[group] |= {known[one._meta.label_lower, name] for name in names}
    wanted[LEADS] |= wanted[OFFICE]
    Group.objects.bulk_create(
        [Group(name=name) for name in wanted], ignore_conflicts=True
    )
    Row = Group.permissions.through
    groups = Group.objects.in_bulk(wanted, field_name="name")
    rows = {(groups[name].pk, pk) for name, pks in wanted.items() for pk in pks}
    present = {
        (row.group_id, row.permission_id): row.pk
        for row in Row.objects.filter(group__in=groups.values())
    }
    Row.objects.filter(
        pk__in=[pk for key, pk in present.items() if key not in rows]
    ).delete()
    Row.objects.bulk_create(
        Row(group_id=group, permission_id=permission)
        for group, permission in sorted(rows - present.keys())
    )


def _permissions() -> dict[tuple[str, str], int]:
    """Keys by ("city.place", "change_place")."""
    rows = Permission.objects.values_list(
        "content_type__app_label", "content_type__model", "codename", "pk"
    )
    return {(f"{app}.{model}", codename): pk for app, model, codename, pk in rows}

"""Samples go away for good: those generated, or the demo's with them."""

from django.db import connection, transaction
from django.db.models import SET_NULL, QuerySet

from herne_bildung.city.models import Organisation, Place, SearchDocument
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.lib import page_cache
from offerings.catalogue import KIND
from offerings.centres.search import KIND as CENTRE
from offerings.models import FamilyCentre, Offering
from offerings.samples.write import DEMO, key_start


def removable(*, with_demo: bool) -> QuerySet[Offering]:
    """The samples that go away. The demo's, and those someone entered by hand, stay
    unless they are named too.
    """
    samples = Offering.objects.filter(is_sample=True)
    if with_demo:
        return samples
    generated = samples.filter(seed_key__startswith="sample-")
    return generated.exclude(seed_key__startswith=key_start(DEMO))


@transaction.atomic
def remove(*, with_demo: bool = False) -> int:
    """Remove samples, and with the last of them the invented bodies and places.

    Returns how many offers it were.
    """
    removed = _remove_offers(removable(with_demo=with_demo))
    if not Offering.objects.filter(is_sample=True).exists():
        _remove_bodies()
    return removed


def _remove_offers(offers: QuerySet[Offering]) -> int:
    ids = list(offers.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE offerings_offeringindex SET is_listed = false, facts = '{}',"
            " changed_in = pg_current_xact_id()::text::bigint"
            " WHERE offering_id = ANY(%s)",
            [ids],
        )
    SearchDocument.objects.filter(
        kind=KIND, object_id__in=offers.values_list("pk", flat=True)
    ).delete()
    MaintainedEntry.objects.filter(kind=KIND, object_id__in=ids).delete()
    _remove_related(offers)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM offerings_offering WHERE id = ANY(%s)", [ids])
    transaction.on_commit(page_cache.outdate)
    return len(ids)


def _remove_related(offers: QuerySet[Offering]) -> None:
    """Rows that point at these, a statement for each table: Django's own cascade
    would first read every offer with all its languages.
    """
    for field in Offering._meta.many_to_many:
        field.remote_field.through.objects.filter(offering__in=offers).delete()
    for relation in Offering._meta.related_objects:
        name = relation.field.name
        pointing = relation.related_model._base_manager.filter(
            **{f"{name}__in": offers}
        )
        if relation.on_delete is SET_NULL:
            pointing.update(**{name: None})
        else:
            pointing.delete()


def _remove_bodies() -> None:
    samples = Organisation.objects.filter(is_sample=True)
    SearchDocument.objects.filter(
        kind="organisation", object_id__in=list(samples.values_list("pk", flat=True))
    ).delete()
    centres = FamilyCentre.objects.filter(is_sample=True)
    SearchDocument.objects.filter(
        kind=CENTRE, object_id__in=list(centres.values_list("pk", flat=True))
    ).delete()
    samples.update(parent=None)
    samples.filter(offerings=None).delete()
    Place.objects.filter(is_sample=True, offerings=None, organisations=None).delete()

"""Family centres in the site search: found by their names and those of their Kitas."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from herne_bildung.city import search
from herne_bildung.city.models import Organisation, SearchDocument
from herne_bildung.freshness.public import overdue_in_words, with_care
from herne_bildung.lib import analyser
from herne_bildung.lib.card_titles import card_title
from herne_bildung.lib.localized import Text, localized_entry
from offerings.centres.listing import kitas_in_words
from offerings.centres.offers import centres, listed, members_of
from offerings.centres.words import addresses_of, districts_in_words, places_of
from offerings.models import FamilyCentre

KIND = "family_centre"
SUMMARY_LENGTH = 220
# What every centre is, as people search for it.
WHAT_IT_IS = {"de": "Familienzentrum Kita", "en": "family centre nursery"}


@transaction.atomic
def index_centres() -> int:
    """Make the search words of all centres anew, and forget those of centres that are
    gone. They are few: whatever changed, all are written.
    """
    documents = [document(centre) for centre in centres()]
    gone = SearchDocument.objects.filter(kind=KIND)
    gone.exclude(object_id__in=[one.object_id for one in documents]).delete()
    search.write(documents)
    return len(documents)


def document(centre: FamilyCentre) -> SearchDocument:
    """The words by which a centre is found."""
    organisation, kitas = centre.organisation, members_of(centre)
    names = search.texts_by_language(vars(organisation), "name")
    of_kitas = " ".join(kita.name_de for kita in kitas)
    where = [
        *(line for one in (organisation, *kitas) for line in addresses_of(one)),
        districts_in_words(places_of(centre), "de"),
    ]
    return SearchDocument(
        kind=KIND,
        object_id=centre.pk,
        is_public=organisation.status == Organisation.Status.ACTIVE,
        is_sample=centre.is_sample,
        terms_a=search.terms(names),
        terms_b=search.terms({"de": f"{WHAT_IT_IS['de']} {of_kitas}"})
        + " "
        + search.terms({"en": WHAT_IT_IS["en"]}),
        terms_c=search.terms({"de": " ".join(where)}),
        terms_d=search.terms(
            search.texts_by_language(vars(organisation), "description")
        ),
        fuzzy_text=analyser.fuzzy_text(f"{names['de']} {of_kitas}"),
    )


def without_centres(organisation_ids: Sequence[int]) -> Sequence[int]:
    """These organisations without family centres, which are a kind of their own."""
    if not organisation_ids:
        return organisation_ids
    known = set(centres().values_list("organisation_id", flat=True))
    return [pk for pk in organisation_ids if pk not in known]


def cards(ids: Sequence[int], words: str, language: str) -> list[dict[str, Any]]:
    """Centres as `components/offer_list.html` shows them, those found, in order."""
    found = with_care(listed(), KIND).in_bulk(list(ids)) if ids else {}
    groups = analyser.query_groups(words, language)
    return [_card(found[pk], groups, language) for pk in ids if pk in found]


def _card(centre: FamilyCentre, groups: Any, language: str) -> dict[str, Any]:
    organisation = centre.organisation
    name = localized_entry(organisation, "name", language)
    description = localized_entry(organisation, "description", language)
    short = Truncator(description.text).chars(SUMMARY_LENGTH)
    parent = organisation.parent
    return {
        "url": reverse("family_centre", args=[organisation.slug]),
        "title": card_title(name, groups, language),
        "topics": " · ".join(
            filter(None, [_("Family centre"), kitas_in_words(len(members_of(centre)))])
        ),
        "summary": Text(short, description.lang, description.dir),
        "provider": localized_entry(parent, "name", language) if parent else None,
        "district_names": districts_in_words(places_of(centre), language),
        "is_sample": centre.is_sample,
        "overdue": overdue_in_words(
            centre.as_of, centre.care_confirmed_at, centre.care_due_on
        ),
    }

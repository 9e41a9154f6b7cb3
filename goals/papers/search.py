"""The words by which a council paper is found."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Prefetch

from goals.choices import Publication
from goals.models import Consultation, CouncilPaper, Mandate
from herne_bildung.city import search
from herne_bildung.city.models import SearchDocument
from herne_bildung.lib.analyser import fuzzy_text
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

KIND = "paper"
BATCH = 200


@transaction.atomic
def reindex_papers(ids: Iterable[int] | None = None) -> int:
    """Make the search words of these papers anew (all when none are named)."""
    papers = CouncilPaper.objects.order_by("pk").prefetch_related(
        Prefetch("consultations", Consultation.objects.present()),
        Prefetch("mandates", Mandate.objects.published()),
    )
    if ids is not None:
        papers = papers.filter(pk__in=list(ids))
    number = 0
    batch: list[SearchDocument] = []
    for paper in papers.iterator(BATCH):
        batch.append(_document(paper))
        number += 1
        if len(batch) == BATCH:
            search.write(batch)
            batch = []
    search.write(batch)
    return number


def _document(paper: CouncilPaper) -> SearchDocument:
    values = vars(paper)
    titles = search.texts_by_language(values, "title")
    summaries = search.texts_by_language(values, "summary")
    tasks = " ".join(mandate.task_de for mandate in paper.mandates.all())
    committees = " ".join(one.committee for one in paper.consultations.all())
    reference = f"{paper.reference} {paper.number}"
    german = DEFAULT_LANGUAGE
    is_public = paper.state == Publication.PUBLISHED and not paper.oparl_deleted
    return SearchDocument(
        kind=KIND,
        object_id=paper.pk,
        is_public=is_public,
        is_sample=paper.is_sample,
        terms_a=search.terms({**titles, german: f"{titles[german]} {reference}"}),
        terms_b=search.terms({german: f"{tasks} {committees}"}),
        terms_c=search.terms(summaries),
        terms_d=search.terms(
            {german: f"{paper.paper_type} {paper.lead} {paper.resolution}"},
            with_parts=False,
        ),
        fuzzy_text=fuzzy_text(titles[german]),
    )

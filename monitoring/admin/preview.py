"""The page of an indicator before readers see it: of its form, and of a draft."""

from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from goals.choices import Publication
from herne_bildung.city.admin.preview import give_page, public_request
from herne_bildung.lib import clock
from monitoring.choices import ReleaseState
from monitoring.drawing.page_charts import charts_of
from monitoring.indicator_page import indicator_page, indicators_for_page
from monitoring.models import Indicator, Release
from monitoring.release_changes import public_changes
from monitoring.releases.writing import supersede_current


def page_of_indicator(request: HttpRequest, entry: Indicator, language: str) -> str:
    """The indicator as everyone would see it, were it published. Nothing of this
    stays: a preview is undone.
    """
    Indicator.objects.filter(pk=entry.pk).update(state=Publication.PUBLISHED)
    indicator = indicators_for_page().get(pk=entry.pk)
    address = reverse("indicator", args=[indicator.slug])
    # Filters of the page are answered in the preview as well.
    page = indicator_page(indicator, request.GET, address, language)
    shown = {
        "indicator": page,
        "charts": charts_of(page),
        "changes": public_changes(page.release, page.entry, language),
    }
    public = public_request(request, address)
    return render_to_string("monitoring/indicator.html", shown, public)


def page_of_draft(request: HttpRequest, release: Release, language: str) -> str:
    """The indicator's page were this release the current one; nothing of it stays."""
    with transaction.atomic(), translation.override(language):
        now = clock.now()
        supersede_current(release.indicator_id, at=now)
        Release.objects.filter(pk=release.pk).update(
            state=ReleaseState.PUBLISHED, published_at=now
        )
        page = page_of_indicator(request, release.indicator, language)
        transaction.set_rollback(True)
    return page


give_page(Indicator, page_of_indicator)

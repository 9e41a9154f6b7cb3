"""What is open: releases of published indicators that are no samples."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse

from monitoring.choices import ReleaseState
from monitoring.models import Indicator, Release
from monitoring.querysets import IndicatorQuerySet


def open_indicators() -> IndicatorQuerySet:
    """Published ones that are no samples, with releases (newest first) and breakdowns.
    `changes_at` is when other values become public by themselves.
    """
    scheduled = Release.objects.filter(
        indicator=OuterRef("pk"), state=ReleaseState.SCHEDULED
    ).order_by("publish_at")
    return (
        Indicator.objects.published()
        .filter(is_sample=False)
        .annotate(changes_at=Subquery(scheduled.values("publish_at")[:1]))
        .select_related("theme", "organisation", "role__organisation")
        .prefetch_related(
            "breakdowns__dimension__categories",
            "breaks",
            Prefetch("releases", open_releases().order_by("-number")),
        )
        .order_by("theme__order", "theme__key", "order", "slug")
    )


def open_releases() -> QuerySet[Release]:
    """Those with a public address, samples never."""
    return Release.objects.shown().filter(is_sample=False)


def with_values() -> IndicatorQuerySet:
    """Open indicators with a current release: what the catalogue names."""
    current = open_releases().filter(state=ReleaseState.PUBLISHED)
    return open_indicators().filter(pk__in=current.values("indicator"))


def release_of(indicator: Indicator, number: int | None = None) -> Release | None:
    """A release by its number, else the current one; where none holds, the newest:
    it says why it was withdrawn.
    """
    releases: Sequence[Release] = list(indicator.releases.all())
    if number is not None:
        return next((one for one in releases if one.number == number), None)
    current = current_of(indicator)
    return current or next(iter(releases), None)


def current_of(indicator: Indicator) -> Release | None:
    """The release that holds today."""
    states = {one.state: one for one in reversed(indicator.releases.all())}
    return states.get(ReleaseState.PUBLISHED)


def first_published(indicator: Indicator) -> datetime | None:
    """When values of the indicator were public for the first time."""
    moments = [one.published_at for one in indicator.releases.all()]
    return min(moments, default=None)


def whole(path: str) -> str:
    """An address with its host, for files that travel."""
    return f"{settings.PUBLIC_ADDRESS}{path}"


def set_url(indicator: Indicator) -> str:
    """The page of a data set, with its host."""
    return whole(reverse("open_data_set", args=[indicator.slug]))


def file_url(name: str, indicator: Indicator, number: int | None = None) -> str:
    """A file ("csv" or "package") of a release, or of the current one."""
    if number is None:
        return whole(reverse(f"open_data_{name}", args=[indicator.slug]))
    return whole(reverse(f"open_data_release_{name}", args=[indicator.slug, number]))

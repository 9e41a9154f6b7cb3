"""The releases of an indicator, as the table below its form."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goals.admin.tree import Branch, Row
from herne_bildung.city.rights import reads_raw_values, sees_everything
from herne_bildung.lib import clock
from monitoring.choices import WAS_PUBLIC, ReleaseState
from monitoring.models import Indicator, Release

# Monthly ones of ten years; all are in the list of releases.
MOST_RELEASES = 120


def step_path(name: str, release: Release) -> str:
    """The address of a page of the administration about a release."""
    return reverse(f"admin:monitoring_release_{name}", args=[release.pk])


def sees_drafts(request: HttpRequest) -> bool:
    """Whether a person sees values before the public does."""
    return sees_everything(request.user) or reads_raw_values(request.user)


def moment(release: Release) -> str:
    """Since when it is public, or when it will be."""
    if release.state == ReleaseState.SCHEDULED:
        return _("planned for %(moment)s") % {"moment": _said(release.publish_at)}
    return _said(release.published_at) if release.published_at else "–"


def releases_branch(
    request: HttpRequest, indicator: Indicator, *, may_add: bool
) -> Branch:
    releases = indicator.releases.all()
    if not sees_drafts(request):
        releases = releases.filter(state__in=WAS_PUBLIC)
    rows = [
        Row(
            name=_("Release %(number)s") % {"number": release.number},
            address=step_path("steps", release),
            cells=[
                str(release.get_state_display()),
                moment(release),
                release.what_changed_de or "",
            ],
        )
        for release in releases[:MOST_RELEASES]
    ]
    add = reverse("admin:monitoring_indicator_draft", args=[indicator.pk])
    return Branch(
        key="releases",
        title=_("Releases of its values"),
        columns=[_("State"), _("Public since"), _("What changed")],
        rows=rows,
        empty=_("No values are public yet."),
        add_path=add if may_add else "",
        add_name=_("Make a draft from the imported values"),
    )


def _said(at: object) -> str:
    return date_format(at.astimezone(clock.BERLIN), "SHORT_DATETIME_FORMAT")

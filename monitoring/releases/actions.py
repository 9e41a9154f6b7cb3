"""What happens to releases: draft → scheduled → published → superseded or withdrawn.

Tables that were protected together become public together: what one step does to a
draft it does to all drafts of its run.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from herne_bildung.city.models import EntryVersion, User
from herne_bildung.city.versions import noted
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.lib import clock
from monitoring.choices import WAS_PUBLIC, ReleaseState
from monitoring.models import Indicator, Release
from monitoring.releases.comparing import compare
from monitoring.releases.cycles import moved_on
from monitoring.releases.writing import (
    Cell,
    ReleaseError,
    lock,
    must_be_protected,
    supersede_current,
    write_release,
)
from monitoring.warnings.waking import wake_worker

__all__ = ["Cell", "ReleaseError", "write_release"]

logger = logging.getLogger(__name__)
How = EntryVersion.How
NOT_PUBLIC_YET = (ReleaseState.DRAFT, ReleaseState.SCHEDULED)


@transaction.atomic
def schedule(*, release: Release, at: datetime) -> list[Release]:
    """To be public from this moment on; a former moment is replaced. Returns all that
    will be.

    ReleaseError for a moment that is past, or where `publish` would refuse.
    """
    if at <= clock.now():
        raise ReleaseError(_("This moment is past. Please choose one to come."))
    return _set(_publishable(release), state=ReleaseState.SCHEDULED, publish_at=at)


@transaction.atomic
def unschedule(*, release: Release) -> list[Release]:
    """A draft again."""
    waiting = _locked_with_run(release, (ReleaseState.SCHEDULED,))
    return _set(waiting, state=ReleaseState.DRAFT, publish_at=None)


@transaction.atomic
def publish(*, release: Release, by: User | None = None) -> list[Release]:
    """On the site now, instead of the current ones. Returns what became public.

    ReleaseError for what was public already, for values nobody protected, and where a
    newer release is public.
    """
    return _publish(_publishable(release), by)


def publish_due() -> int:
    """Publish what is scheduled and due; what cannot be is a draft again. Returns how
    many releases became public. Safe to run twice, also at the same time.
    """
    number = 0
    due = Release.objects.filter(
        state=ReleaseState.SCHEDULED, publish_at__lte=clock.now()
    )
    for release in due.order_by("publish_at", "pk"):
        try:
            number += len(_publish_if_due(release))
        except ReleaseError as error:
            logger.error("release %s not published: %s", release.pk, error)
            _give_up(release)
        except DatabaseError:
            # The next run tries again; the others do not wait for it.
            logger.exception("release %s not published", release.pk)
    return number


@transaction.atomic
def correct(*, release: Release, what_changed: str) -> Release:
    """A draft corrects the release before; `what_changed` says in German to readers
    which values, and why. Without a text it is no correction after all.

    ReleaseError where there is nothing to correct.
    """
    (draft,) = _locked([release], NOT_PUBLIC_YET)
    text = what_changed.strip()
    former = draft.indicator.releases.filter(state__in=WAS_PUBLIC)
    if text and not former.exists():
        raise ReleaseError(_("No release was public that this one could correct."))
    draft.is_correction, draft.what_changed_de = bool(text), text
    draft.save()
    return draft


@transaction.atomic
def withdraw(
    *, release: Release, because: str, brings_back: bool = False
) -> Release | None:
    """Figures that must not be shown any longer; their address stays and says why, in
    German. `brings_back`: the release that it replaced is current again, as after a
    mistaken publication. Returns that one.

    ReleaseError without a reason, and for what is not on the site.
    """
    if not because.strip():
        raise ReleaseError(_("Readers must be told why it is withdrawn."))
    shown = (ReleaseState.PUBLISHED, ReleaseState.SUPERSEDED)
    (taken,) = _locked([release], shown)
    was_current = taken.state == ReleaseState.PUBLISHED
    taken.state, taken.ended_at = ReleaseState.WITHDRAWN, clock.now()
    taken.withdrawn_because_de = because.strip()
    taken.save()
    if not (brings_back and was_current):
        return None
    former = taken.indicator.releases.filter(
        state=ReleaseState.SUPERSEDED, number__lt=taken.number
    ).first()
    if former is None:
        raise ReleaseError(_("There is no former release to be shown again."))
    former.state, former.ended_at = ReleaseState.PUBLISHED, None
    former.save()
    return former


@transaction.atomic
def reinstate(*, release: Release) -> Release:
    """Undo a withdrawal: current again, where no newer one was public since."""
    (back,) = _locked([release], (ReleaseState.WITHDRAWN,))
    others = back.indicator.releases.exclude(pk=back.pk)
    newer = others.filter(state__in=WAS_PUBLIC, number__gt=back.number).first()
    back.withdrawn_because_de = ""
    if newer is None:
        supersede_current(back.indicator_id, at=clock.now())
        back.state, back.ended_at = ReleaseState.PUBLISHED, None
    else:
        back.state, back.ended_at = ReleaseState.SUPERSEDED, newer.published_at
    back.save()
    return back


@transaction.atomic
def discard(*, release: Release) -> int:
    """Throw drafts away: nobody has seen them. Returns how many."""
    drafts = _locked_with_run(release, (ReleaseState.DRAFT,))
    for draft in drafts:
        draft.delete()
    return len(drafts)


def together(release: Release) -> list[Release]:
    """The release, and those not public yet that were protected with it."""
    if release.run_id is None or release.state not in NOT_PUBLIC_YET:
        return [release]
    of_run = Release.objects.filter(run=release.run_id, state__in=NOT_PUBLIC_YET)
    return list(of_run.select_related("indicator").order_by("indicator_id"))


def obstacle(release: Release) -> str:
    """Why a draft cannot become public, in words; empty when it can."""
    try:
        _must_be_newest(release)
        must_be_protected(release)
    except ReleaseError as error:
        return str(error)
    return ""


def _publish(releases: list[Release], by: User | None) -> list[Release]:
    now = clock.now()
    for release in releases:
        former = _current_of(release)
        supersede_current(release.indicator_id, at=now)
        release.state, release.published_at = ReleaseState.PUBLISHED, now
        if former:
            release.changes = compare(former, release).kept()
        release.save()
        if not release.is_correction:
            _expect_next(release.indicator, by)
    indicators = [release.indicator_id for release in releases]
    # Whoever was reminded of overdue values is asked no more.
    sync("indicator", indicators)
    wake_worker(indicators)
    return releases


@transaction.atomic
def _publish_if_due(release: Release) -> list[Release]:
    """Nothing where somebody was quicker: published it, or gave it another moment."""
    lock(one.indicator_id for one in together(release))
    release.refresh_from_db()
    is_waiting = release.state == ReleaseState.SCHEDULED
    if not is_waiting or release.publish_at > clock.now():
        return []
    return publish(release=release)


@transaction.atomic
def _give_up(release: Release) -> None:
    """A draft again, whose moment stays as a note of what was planned."""
    still = Release.objects.filter(pk=release.pk, state=ReleaseState.SCHEDULED)
    still.update(state=ReleaseState.DRAFT, updated_at=clock.now())


def _publishable(release: Release) -> list[Release]:
    releases = _locked_with_run(release, NOT_PUBLIC_YET)
    for one in releases:
        _must_be_newest(one)
        must_be_protected(one)
    return releases


def _must_be_newest(release: Release) -> None:
    """Numbers of public releases only grow."""
    public = release.indicator.releases.filter(state__in=WAS_PUBLIC)
    if release.number < (public.aggregate(last=Max("number"))["last"] or 0):
        raise ReleaseError(
            _("A newer release is public already. Please make a new draft.")
        )


def _locked_with_run(release: Release, states: Iterable[str]) -> list[Release]:
    return _locked(together(release), states)


def _locked(releases: list[Release], states: Iterable[str]) -> list[Release]:
    """The releases as they are now, nobody else being at them.

    ReleaseError where one is in none of these states.
    """
    lock(release.indicator_id for release in releases)
    rows = Release.objects.select_related("indicator").order_by("indicator_id")
    found = list(rows.filter(pk__in=[release.pk for release in releases]))
    if len(found) < len(releases) or {one.state for one in found} - set(states):
        raise ReleaseError(
            _("Somebody else was quicker: this step is not possible any more.")
        )
    return found


def _set(releases: list[Release], **values: object) -> list[Release]:
    for release in releases:
        for name, value in values.items():
            setattr(release, name, value)
        release.save()
    return releases


def _current_of(release: Release) -> Release | None:
    of_indicator = Release.objects.filter(indicator=release.indicator_id)
    return of_indicator.filter(state=ReleaseState.PUBLISHED).first()


def _expect_next(indicator: Indicator, by: User | None) -> None:
    """The values announced have come: the next ones are due a cycle later."""
    day = moved_on(indicator.next_release_on, indicator.cycle, clock.today())
    set_next_release(indicator=indicator, day=day, by=by)


@transaction.atomic
def set_next_release(
    *, indicator: Indicator, day: date | None, by: User | None = None
) -> None:
    """When the next values are announced for; None is not known."""
    if indicator.next_release_on == day:
        return
    with noted([indicator], by=by, how=How.LOGIN if by else How.CARE):
        indicator.next_release_on = day
        indicator.save(update_fields=["next_release_on", "updated_at"])

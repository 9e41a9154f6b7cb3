"""What can be done with a release: by whom, what is asked before, what is said then."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import User
from herne_bildung.city.rights import approves, sees_everything
from monitoring.admin.release_forms import (
    CorrectForm,
    PublishForm,
    ScheduleForm,
    StepForm,
    WithdrawForm,
)
from monitoring.choices import ReleaseState
from monitoring.models import Release
from monitoring.releases import actions

DRAFT, SCHEDULED = ReleaseState.DRAFT, ReleaseState.SCHEDULED


@dataclass(frozen=True)
class ReleaseStep:
    """`take` gets the release, the valid form and the person. `word` is in addresses,
    `effects` say before what will come of it. `is_of_run`: it is taken with all drafts
    that were protected together.
    """

    name: str
    word: str
    label: str | Promise
    states: tuple[str, ...]
    effects: tuple[str | Promise, ...]
    done: str | Promise
    take: Callable[[Release, Any, User], Any]
    may: Callable[[User], bool] = approves
    form: type[StepForm] = StepForm
    is_of_run: bool = False


def _publish(release: Release, form: PublishForm, by: User) -> None:
    actions.publish(release=release, by=by)
    release.indicator.refresh_from_db()
    day = form.cleaned_data["next_release_on"]
    actions.set_next_release(indicator=release.indicator, day=day, by=by)


STEPS = (
    ReleaseStep(
        name="publish",
        word="veroeffentlichen",
        label=_("Publish now"),
        states=(DRAFT, SCHEDULED),
        effects=(
            _("Everyone sees these values from now on."),
            _("The current release is replaced. It stays at its address and says so."),
        ),
        done=_("The values are public."),
        take=_publish,
        form=PublishForm,
        is_of_run=True,
    ),
    ReleaseStep(
        name="schedule",
        word="planen",
        label=_("Publish at a time"),
        states=(DRAFT, SCHEDULED),
        effects=(
            _("The values become public by themselves, within a minute."),
            _("Until then it can be taken back."),
        ),
        done=_("The publication is planned."),
        take=lambda release, form, by: actions.schedule(
            release=release, at=form.moment
        ),
        form=ScheduleForm,
        is_of_run=True,
    ),
    ReleaseStep(
        name="unschedule",
        word="nicht-planen",
        label=_("Do not publish at this time"),
        states=(SCHEDULED,),
        effects=(_("It is a draft again and can be planned anew."),),
        done=_("It is a draft again."),
        take=lambda release, form, by: actions.unschedule(release=release),
        is_of_run=True,
    ),
    ReleaseStep(
        name="correct",
        word="korrektur",
        label=_("Say that it is a correction"),
        states=(DRAFT, SCHEDULED),
        effects=(
            _("Readers see what changed beside the values, and who follows is told."),
            _("Without a text it is no correction."),
        ),
        done=_("Saved."),
        take=lambda release, form, by: actions.correct(
            release=release, what_changed=form.cleaned_data["what_changed"]
        ),
        may=sees_everything,
        form=CorrectForm,
    ),
    ReleaseStep(
        name="withdraw",
        word="zurueckziehen",
        label=_("Withdraw"),
        states=(ReleaseState.PUBLISHED, ReleaseState.SUPERSEDED),
        effects=(
            _("Its values are shown nowhere any longer: no page, no file, no chart."),
            _("Its address stays and says why."),
        ),
        done=_("The release is withdrawn."),
        take=lambda release, form, by: actions.withdraw(
            release=release,
            because=form.cleaned_data["because"],
            brings_back=form.cleaned_data.get("brings_back", False),
        ),
        form=WithdrawForm,
    ),
    ReleaseStep(
        name="reinstate",
        word="doch-zeigen",
        label=_("Show it after all"),
        states=(ReleaseState.WITHDRAWN,),
        effects=(
            _("Its values are shown again."),
            _("It is the current release where no newer one was public since."),
        ),
        done=_("The release is shown again."),
        take=lambda release, form, by: actions.reinstate(release=release),
    ),
    ReleaseStep(
        name="discard",
        word="verwerfen",
        label=_("Throw the draft away"),
        states=(DRAFT,),
        effects=(_("The imported values stay: a new draft can be made from them."),),
        done=_("The draft is thrown away."),
        take=lambda release, form, by: actions.discard(release=release),
        may=sees_everything,
        is_of_run=True,
    ),
)


def steps_of(release: Release, user: User) -> list[ReleaseStep]:
    """What this person may do with a release now."""
    return [one for one in STEPS if release.state in one.states and one.may(user)]

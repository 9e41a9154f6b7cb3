"""How far a finding is, for everyone: drafts that follow from it do not count."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goals.models import Mandate, Measure
from herne_bildung.lib import clock
from monitoring.models import Decision, Finding
from monitoring.querysets import FindingQuerySet
from offerings.models import Offering


class Stage(TextChoices):
    """From the figure to what came of it; also the words of addresses."""

    OPEN = "open", pgettext_lazy("finding", "open: nothing is decided yet")
    DECIDED = "decision", _("decided")
    ACTED_ON = "action", _("something is done")
    CLOSED = "closed", pgettext_lazy("finding", "closed")


# The kind and the icon of a badge.
LOOKS = {
    Stage.OPEN: ("warning", "question"),
    Stage.DECIDED: ("info", "check"),
    Stage.ACTED_ON: ("info", "arrow-right"),
    Stage.CLOSED: ("success", "check"),
}


def with_stage(findings: FindingQuerySet) -> FindingQuerySet:
    """Each with its `stage`."""
    here = OuterRef("pk")
    follows = [
        Measure.objects.published().filter(findings=here),
        Mandate.objects.published().filter(findings=here),
        Offering.objects.published(clock.today()).filter(findings=here),
    ]
    is_acted_on = Exists(follows[0]) | Exists(follows[1]) | Exists(follows[2])
    return findings.annotate(
        stage=Case(
            When(closed_on__isnull=False, then=Value(Stage.CLOSED)),
            When(is_acted_on, then=Value(Stage.ACTED_ON)),
            When(
                Exists(Decision.objects.filter(finding=here)),
                then=Value(Stage.DECIDED),
            ),
            default=Value(Stage.OPEN),
        )
    )


def stage_badge(finding: Finding) -> dict[str, Any]:
    """The stage of one `with_stage` as `components/badge.html` has it."""
    stage = Stage(finding.stage)
    kind, icon = LOOKS[stage]
    return {"text": str(stage.label), "kind": kind, "icon": icon}

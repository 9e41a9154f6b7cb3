"""Running the rules of early warnings: each hit is a draft of a finding, once."""

import logging
from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from goals.choices import Publication
from herne_bildung.lib import clock
from monitoring.choices import FigureUse, FindingOrigin, ReleaseState
from monitoring.findings.actions import NotFrozen, freeze_figure
from monitoring.models import Finding, WarningHit, WarningRule
from monitoring.warnings import words
from monitoring.warnings.rules import Match, matches

logger = logging.getLogger(__name__)


def run_warnings(*, indicators: Iterable[int] | None = None) -> int:
    """Run all active rules, or those of some indicators by their ids. Returns how many
    drafts were written; running it again writes none, also where staff deleted one.
    """
    rules = WarningRule.objects.filter(
        is_active=True,
        indicator__state=Publication.PUBLISHED,
        indicator__releases__state=ReleaseState.PUBLISHED,
    ).select_related("indicator")
    if indicators is not None:
        rules = rules.filter(indicator__in=list(indicators))
    number = 0
    for rule in rules:
        for match in matches(rule):
            try:
                number += _note(rule, match)
            except NotFrozen:
                # A newer release came in between; its own run looks at it.
                logger.info("rule %s: its figures are replaced already", rule.pk)
    return number


@transaction.atomic
def _note(rule: WarningRule, match: Match) -> bool:
    """Write the draft of a match, unless the rule hit there before."""
    hit, is_new = WarningHit.objects.get_or_create(
        rule=rule,
        area=match.area,
        period=match.period,
        defaults={"found_at": clock.now()},
    )
    if not is_new:
        return False
    hit.finding = Finding.objects.create(
        slug=slugify(f"hinweis-{rule.pk}-{match.area.key}-{match.period}"),
        title_de=words.title(rule, match),
        text_de=words.text(rule, match),
        found_on=clock.today(),
        origin=FindingOrigin.WARNING,
        state=Publication.DRAFT,
    )
    hit.save(update_fields=["finding"])
    hit.finding.districts.add(match.area.district)
    for period, _value in match.series:
        freeze_figure(
            finding=hit.finding,
            indicator=rule.indicator,
            area=match.area,
            period=period,
            use=FigureUse.BASIS,
        )
    return True

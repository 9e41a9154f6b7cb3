"""One survey or statistic: what is known of it, its waves, what comes from it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goals.in_words import measure_link, role_as_shown
from goals.models import Measure
from herne_bildung.city.models import Organisation
from herne_bildung.lib.addresses import page_address
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager
from monitoring.in_words import indicator_url
from monitoring.models import Indicator, Instrument
from monitoring.surveys.words import (
    has_fallback,
    organisation_link,
    shown_wave,
    steps,
    survey_path,
    waves_for_page,
)

PER_PAGE = 20
MOST_LINKS = 60


@dataclass(slots=True)
class SurveyPage:
    """What `monitoring/surveys/survey.html` shows. `entry` is the instrument."""

    entry: Instrument
    name: Text
    about: Text
    facts: list[dict[str, Any]]
    organisation: dict[str, Any] | None
    role: dict[str, Any] | None
    waves: list[dict[str, Any]]
    wave_count: int
    is_page_known: bool
    pager: dict[str, Any]
    indicators: list[dict[str, Any]]
    measures: list[dict[str, Any]]

    @property
    def steps(self) -> list[dict[str, str]]:
        return steps()

    @property
    def is_fallback(self) -> bool:
        texts = [self.name, self.about, *(fact["text"] for fact in self.facts)]
        return any(text.is_fallback for text in texts) or has_fallback(self.waves)


def survey_page(entry: Instrument, page: str | None, language: str) -> SurveyPage:
    """Everything the page of a survey shows; the latest waves first."""
    rows = waves_for_page().filter(instrument=entry).order_by("-starts_on", "-pk")
    total = rows.count()
    number, is_known = page_number(page, total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    path = survey_path(entry)
    waves = rows[paging.offset : paging.offset + PER_PAGE] if total else ()
    asking = entry.organisation
    if asking and asking.status == Organisation.Status.HIDDEN:
        asking = None
    return SurveyPage(
        entry=entry,
        name=localized_entry(entry, "name", language),
        about=localized_entry(entry, "about", language),
        facts=_facts(entry, language),
        organisation=asking and organisation_link(asking, language),
        role=entry.role
        and {
            **role_as_shown(entry.role, language),
            "responsibility": localized_entry(
                entry.role.organisation, "name", language
            ),
        },
        waves=[shown_wave(wave, language) for wave in waves],
        wave_count=total,
        is_page_known=is_known,
        pager=pager(paging, lambda number: page_address(path, (), number)),
        indicators=[
            {"title": localized_entry(one, "name", language), "url": indicator_url(one)}
            for one in Indicator.objects.published().filter(instruments=entry)[
                :MOST_LINKS
            ]
        ],
        measures=[
            measure_link(one, language)
            for one in Measure.objects.published()
            .in_their_places()
            .filter(instruments=entry)[:MOST_LINKS]
        ],
    )


def _facts(entry: Instrument, language: str) -> list[dict[str, Any]]:
    """Label, icon and text (a `Text`, empty where it is not known)."""
    cycle = entry.get_cycle_display() if entry.cycle else ""
    target = _("Who is asked") if entry.is_survey else _("Who is counted")
    known = [
        (target, "people", localized_entry(entry, "target", language)),
        (_("Where"), "pin", localized_entry(entry, "where", language)),
        (_("How often"), "calendar", Text(str(cycle))),
        (_("Since"), "history", Text(str(entry.first_year or ""))),
        (
            _("Participation"),
            "check",
            localized_entry(entry, "participation", language),
        ),
        (_("Legal basis"), "info", localized_entry(entry, "legal_basis", language)),
    ]
    if state := localized_entry(entry, "status_note", language):
        known.append((_("State"), "info", state))
    return [
        {
            "label": label,
            "icon": icon,
            "text": text,
            "value": text.text or _("not known"),
            "is_unknown": not text.text,
            "lang": text.lang,
            "dir": text.dir,
        }
        for label, icon, text in known
    ]

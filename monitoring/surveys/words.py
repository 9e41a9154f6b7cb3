"""Surveys and their waves in words, as their pages show them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city.models import District, Organisation, School
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words, days_in_words
from herne_bildung.lib.localized import Text, german, localized_entry
from monitoring.in_words import monitoring_step
from monitoring.models import Instrument, Wave
from monitoring.surveys.participation import response

# So many places of a wave are named.
MOST_PLACES = 30
# Said of how its results came back to those who were asked.
REPORTED, PLANNED, DUE, MISSING = "reported", "planned", "due", "missing"


def waves_for_page() -> QuerySet[Wave]:
    """Public waves with all that pages show of them; hidden organisations are not
    named.
    """
    seen = Organisation.objects.exclude(status=Organisation.Status.HIDDEN)
    return (
        Wave.objects.published()
        .select_related("instrument", "organisation")
        .prefetch_related(
            "groups",
            Prefetch("organisations", seen),
            Prefetch("schools", School.objects.order_by("sort_key")),
            Prefetch("districts", District.objects.order_by("order", "key")),
        )
        .order_by("starts_on", "pk")
    )


def survey_path(instrument: Instrument) -> str:
    return reverse("survey", args=[instrument.slug])


def surveys_step() -> dict[str, str]:
    """The calendar in a breadcrumb."""
    return {"label": _("Surveys"), "url": reverse("surveys")}


def steps() -> list[dict[str, str]]:
    """The way up from one survey or one year."""
    return [monitoring_step(), surveys_step()]


def organisation_link(entry: Organisation, language: str) -> dict[str, Any]:
    """Its name, and its page where it has one."""
    has_page = entry.status == Organisation.Status.ACTIVE and entry.is_provider
    return {
        "name": localized_entry(entry, "name", language),
        "url": reverse("provider", args=[entry.slug]) if has_page else "",
    }


def places(wave: Wave, language: str) -> list[dict[str, Any]]:
    """Where a wave asks: names with their pages."""
    if wave.is_everywhere:
        return [{"name": Text(_("all places of the city")), "url": ""}]
    found = [organisation_link(one, language) for one in wave.organisations.all()]
    found += [
        {
            "name": german(one.name, language),
            "url": "" if one.vanished_on else reverse("school", args=[one.slug]),
        }
        for one in wave.schools.all()
    ]
    found += [
        {"name": german(one.name, language), "url": ""} for one in wave.districts.all()
    ]
    return found


def reporting(wave: Wave, language: str) -> dict[str, str]:
    """Whether its results came back to those who were asked: {kind, text}; empty
    while it runs, and for statistics, which ask nobody.
    """
    today = clock.today()
    reported = wave.reported_on
    if reported is not None:
        kind = REPORTED if reported <= today else PLANNED
        text = (
            _("Reported back on %(day)s")
            if kind == REPORTED
            else _("Is reported back on %(day)s")
        )
        return {"kind": kind, "text": text % {"day": day_in_words(reported, language)}}
    if wave.ends_on >= today or not wave.instrument.is_survey:
        return {"kind": "", "text": ""}
    weeks = settings.SURVEY_REPORT_WEEKS
    if today <= wave.ends_on + timedelta(weeks=weeks):
        return {"kind": DUE, "text": _("Not reported back yet")}
    text = ngettext(
        "Not reported back to those asked, %(number)s week after the end",
        "Not reported back to those asked, more than %(number)s weeks after the end",
        weeks,
    )
    return {"kind": MISSING, "text": text % {"number": weeks}}


def shown_wave(wave: Wave, language: str) -> dict[str, Any]:
    """A wave as `monitoring/surveys/wave.html` shows it."""
    found = places(wave, language)
    return {
        "pk": wave.pk,
        "title": localized_entry(wave, "title", language),
        "survey": localized_entry(wave.instrument, "name", language),
        "survey_url": survey_path(wave.instrument),
        "when": days_in_words(wave.starts_on, wave.ends_on, language),
        "groups": [localized_entry(one, "name", language) for one in wave.groups.all()],
        "places": found[:MOST_PLACES],
        "more_places": max(0, len(found) - MOST_PLACES),
        "by": wave.organisation
        and wave.organisation.status != Organisation.Status.HIDDEN
        and organisation_link(wave.organisation, language),
        "legal_basis": german(wave.legal_basis, language)
        if wave.legal_basis
        else localized_entry(wave.instrument, "legal_basis", language),
        "response": response(wave, language),
        "reporting": reporting(wave, language),
        "findings": localized_entry(wave, "findings_text", language),
        "how": localized_entry(wave, "reported_how", language),
        "report_url": wave.report_url,
        "is_sample": wave.is_sample,
    }


def has_fallback(waves: Iterable[dict[str, Any]]) -> bool:
    """True where the page must say that texts are German for lack of another."""
    return any(
        text.is_fallback
        for wave in waves
        for text in (wave["title"], wave["survey"], wave["findings"], *wave["groups"])
    )

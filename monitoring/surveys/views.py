from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from herne_bildung.lib.http import public_page
from monitoring.models import Instrument
from monitoring.surveys.calendar_file import calendar_file
from monitoring.surveys.calendar_page import calendar_page
from monitoring.surveys.survey_page import survey_page
from monitoring.surveys.year_page import year_page


@public_page
def surveys(request: HttpRequest) -> HttpResponse:
    """Who asks whom: all surveys, and the waves of a year."""
    year, page = request.GET.get("year"), request.GET.get("page")
    shown = calendar_page(year, page, get_language())
    return render(request, "monitoring/surveys/calendar.html", {"calendar": shown})


@public_page
def survey_year(request: HttpRequest, year: int) -> HttpResponse:
    """The waves of a year, to print."""
    shown = year_page(year, get_language())
    return render(request, "monitoring/surveys/year.html", {"overview": shown})


@public_page
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """One survey with its waves and what came back to those who were asked."""
    published = Instrument.objects.published()
    with_who = published.select_related("organisation", "role__organisation")
    found = get_object_or_404(with_who, slug=slug)
    shown = survey_page(found, request.GET.get("page"), get_language())
    return render(request, "monitoring/surveys/survey.html", {"survey": shown})


@public_page
def survey_calendar(request: HttpRequest) -> HttpResponse:
    """The waves, to subscribe to."""
    content = calendar_file(f"{_('Surveys')} – Lernen! in Herne", get_language())
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="befragungen.ics"'},
    )

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language

from goals.models import Report, ReportFile
from goals.reports.page import report_list, report_page
from herne_bildung.lib.http import public_page

Form = ReportFile.Form
TYPES = {
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument"
    ".wordprocessingml.document",
}


@public_page
def reports(request: HttpRequest) -> HttpResponse:
    """Reports that are public, the latest first."""
    shown = report_list(request.GET.get("page"), get_language())
    return render(request, "goals/reports/list.html", {"reports": shown})


@public_page
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """One report, from its frozen snapshot alone."""
    released = Report.objects.released().select_related("previous")
    shown = report_page(get_object_or_404(released, slug=slug), get_language())
    return render(request, "goals/reports/report.html", {"report": shown})


@public_page
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The file as it was submitted."""
    return _file(request, slug, Form.PDF)


@public_page
def report_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for word processors."""
    return _file(request, slug, Form.DOCX)


def _file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    released = Report.objects.released()
    found = ReportFile.objects.filter(report__in=released, report__slug=slug, form=form)
    content = found.values_list("content", flat=True).first()
    if content is None:
        raise Http404
    response = given_out(bytes(content), slug, form)
    response.headers["ETag"] = quote_etag(sha256(response.content).hexdigest()[:32])
    return get_conditional_response(request, response["ETag"], response=response)


def given_out(content: bytes, slug: str, form: str) -> HttpResponse:
    """A file to be saved under a name that tells what it is."""
    name = f"sachstandsbericht-{slug}.{form}"
    return HttpResponse(
        content,
        content_type=TYPES[form],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )

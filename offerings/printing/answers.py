"""A finished PDF as the answer to a request."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def pdf_answer(request: HttpRequest, content: bytes, name: str) -> HttpResponseBase:
    """The file, shown by the browser under a name; 304 where it is known already."""
    response = HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
    response.headers["ETag"] = quote_etag(sha256(content).hexdigest()[:32])
    return get_conditional_response(request, response["ETag"], response=response)

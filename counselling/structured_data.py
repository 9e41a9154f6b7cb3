"""What the page of a counselling office says to machines (schema.org)."""

from django.urls import reverse

from counselling.office_page import OfficePage
from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.schema_org import Node, organisation


def of_office(page: OfficePage) -> Node | None:
    """A Service of its organisation; nothing for what is made up or planned."""
    entry = page.entry
    if entry.is_sample or page.is_history:
        return None
    body = page.organisation
    contact = page.contact or {}
    return {
        "@type": "Service",
        "name": page.name.text,
        "description": page.summary.text,
        "url": absolute(reverse("office", args=[entry.slug])),
        "provider": organisation(body.text) if body else None,
        "serviceType": [concern["name"].text for concern in page.concerns],
        "areaServed": {"@type": "City", "name": "Herne"},
        "availableChannel": {
            "@type": "ServiceChannel",
            "availableLanguage": list(entry.languages),
            "servicePhone": {
                "@type": "ContactPoint",
                "telephone": contact.get("phone"),
                "email": contact.get("email"),
            },
        },
    }

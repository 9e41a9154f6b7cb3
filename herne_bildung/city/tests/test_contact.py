from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation


def test_contact_has_what_is_known():
    entry = Organisation(
        phone="02323 / 16-0 (Zentrale)", website="https://WWW.example.org:8080/kontakt"
    )

    assert contact(entry, ["Beispielstraße 1", "44623 Herne"]) == {
        "phone": "02323 / 16-0 (Zentrale)",
        "phone_url": "tel:02323160",
        "email": "",
        "website": "https://WWW.example.org:8080/kontakt",
        "website_label": "www.example.org",
        "address_lines": ["Beispielstraße 1", "44623 Herne"],
    }


def test_contact_of_nothing_is_none():
    assert contact(None) is None
    assert contact(Organisation()) is None


def test_one_fact_makes_a_contact():
    known = [
        contact(Organisation(phone="1")),
        contact(Organisation(email="stelle@example.org")),
        contact(Organisation(website="https://example.org/")),
        contact(Organisation(), ["Beispielstraße 1"]),
    ]

    assert None not in known

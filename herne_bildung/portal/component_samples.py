"""What the component page shows: one made-up example for each component."""

from django import forms
from django.templatetags.static import static

from goals.charts import Bar, chart
from herne_bildung.freshness.public import Freshness
from herne_bildung.freshness.rhythm import State
from herne_bildung.lib.localized import Text
from herne_bildung.lib.paging import Paging, pager
from herne_bildung.portal import chart_samples
from herne_bildung.portal.filter_samples import facet_bundle, facet_groups


class SampleForm(forms.Form):
    """One field of each kind; bound to wrong values so that errors show."""

    name = forms.CharField(label="Name", help_text="Wie dürfen wir Sie ansprechen?")
    email = forms.EmailField(label="E-Mail")
    district = forms.ChoiceField(
        label="Stadtbezirk", choices=[("", "Bitte wählen"), ("1", "Wanne")]
    )
    message = forms.CharField(label="Nachricht", widget=forms.Textarea)
    answer = forms.ChoiceField(
        label="Wie sollen wir antworten?",
        choices=[("mail", "per E-Mail"), ("none", "gar nicht")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="Ich habe den Hinweis zum Datenschutz gelesen.")


def cards() -> list[dict[str, object]]:
    """Offers in the states a card can have."""
    return [
        {
            "url": "#card",
            "title": {
                "text": "Eltern-Kind-Gruppe am Vormittag",
                "segments": [
                    {"text": "Eltern-Kind-Gruppe", "hit": True},
                    {"text": " am Vormittag", "hit": False},
                ],
            },
            "summary": Text(
                "Spielen, singen und andere Familien kennenlernen. "
                "Kinder und Eltern machen gemeinsam mit."
            ),
            "topics": "Familie · Spielen",
            "provider": Text("Beispiel-Familienzentrum"),
            "next_date": "Montag, 30. November, 9.30 Uhr",
            "district_names": "Wanne-Mitte",
            "distance": "etwa 1,2 km Luftlinie",
            "ages": "6 Monate bis 3 Jahre",
            "cost": "kostenlos",
            "language_names": "Deutsch, Türkisch",
            "badges": [
                {
                    "text": "Plätze frei, Stand 3. Nov.",
                    "kind": "success",
                    "icon": "check",
                },
                {"text": "nur für Väter", "kind": "info", "icon": "people"},
            ],
            "is_sample": True,
        },
        {
            "url": "#card",
            "title": {"text": "Sprachkurs für Frauen", "lang": "de", "dir": "ltr"},
            "summary": Text(
                "Deutsch lernen in einer kleinen Gruppe, mit Kinderbetreuung.",
                "de",
                "ltr",
            ),
            "topics": "Sprache lernen",
            "provider": Text("Beispiel-Träger", "de", "ltr"),
            "district_names": "ganz Herne",
            "documented": "Stand 2017, bitte nachfragen",
            "overdue": "Länger nicht bestätigt, bitte nachfragen",
            "may_fit_reasons": ["Alter nicht bekannt", "Kosten nicht bekannt"],
        },
    ]


def organisations() -> list[dict[str, object]]:
    """Organisations of the directory: well known, and hardly known."""
    return [
        {
            "url": "#sample-cards",
            "title": {"text": "Beispiel-Familienzentrum"},
            "kind": "Familienzentrum",
            "topics": "Familie · Sprachen",
            "summary": Text("Treffpunkt für Familien, mit Beratung."),
            "sites": ["Haus Nord, Wanne-Mitte", "Haus Süd, Eickel"],
            "contact": {
                "phone": "00000 000",
                "phone_url": "tel:00000000",
                "email": "beispiel@example.org",
                "website": "https://example.org",
                "website_label": "example.org",
            },
            "bodies": [
                {"name": Text("Beispiel-Arbeitskreis"), "url": "#sample-cards"},
                {"name": Text("Beispiel-Runde", "de", "ltr"), "url": "#sample-cards"},
            ],
            "parent": Text("Beispiel-Träger"),
            "is_sample": True,
        },
        {
            "url": "#sample-cards",
            "title": {"text": "Beispiel-Dienststelle", "lang": "de", "dir": "ltr"},
            "kind": "Dienststelle",
            "documented": "Stand 2017, bitte nachfragen",
            "overdue": "Länger nicht bestätigt, bitte nachfragen",
            "reasons": "Fachgebiet nicht bekannt",
        },
    ]


def freshness() -> list[Freshness]:
    """Confirmed on one day; on several of which one is long ago; nobody to call."""
    groups = (
        {"label": "Termine und Zeiten", "text": "2. November 2026"},
        {"label": "Kosten, Anmeldung, Kontakt", "text": "3. Februar 2026"},
    )
    return [
        Freshness(State.CURRENT, True, "Zuletzt bestätigt: 2. November 2026"),
        Freshness(
            State.OVERDUE,
            is_confirmed=True,
            groups=groups,
            overdue_facts=groups[1]["label"],
            phone="00000 000",
        ),
        Freshness(State.OVERDUE, is_confirmed=True, overdue_facts=groups[0]["label"]),
    ]


def samples() -> dict[str, object]:
    """The context of templates/portal/components.html."""
    return {
        "form": SampleForm({"email": "keine Adresse", "name": ""}),
        "cards": cards(),
        "organisations": organisations(),
        "groups": facet_groups(),
        "bundle": facet_bundle(),
        "pager": pager(Paging(7, 20, 5000), lambda number: f"?page={number}"),
        "chips": [
            {"label": "Wanne", "url": "#chips"},
            {"label": "kostenlos", "url": "#chips"},
        ],
        "ways": [
            {"label": "Alle Angebote ansehen", "url": "#empty"},
            {"label": "Filter entfernen", "url": "#empty"},
        ],
        "steps": [{"label": "Angebote", "url": "#breadcrumb"}],
        "news_card": {
            "url": "#news",
            "title": Text("Beispiel-Nachricht"),
            "summary": Text("Was neu ist, in ein oder zwei Sätzen."),
            "day": "2. November 2026",
            "iso_day": "2026-11-02",
            "is_sample": True,
        },
        "facts": [
            {"label": "Was", "icon": "info", "value": "Offene Gruppe"},
            {
                "label": "Wann",
                "icon": "calendar",
                "lines": ["montags, 9.30 bis 11 Uhr", "nicht in den Schulferien"],
            },
            {"label": "Wo", "icon": "pin", "value": "Beispielstraße 1, Herne"},
            {
                "label": "Kosten",
                "icon": "coin",
                "value": "nicht angegeben, bitte nachfragen",
                "is_unknown": True,
            },
        ],
        "finder_office": {
            "name": Text("Beispiel-Beratungsstelle"),
            "summary": Text("Berät zu Schule und Beruf."),
            "url": "#finder",
            "slip_url": "#slip",
            "phone": "00000 000",
            "phone_url": "tel:00000000",
            "email": "beispiel@example.org",
            "address": "Beispielstraße 1, 44623 Herne",
            "role": {
                "title": Text("Beratung zum Schulwechsel"),
                "name": "Kim Beispiel",
                "responsibility": Text("Für alle Schulformen"),
            },
            "reasons": [
                {"icon": "check", "text": "Das ist eine ihrer Hauptaufgaben"},
                {"icon": "speech", "text": "Sprache: Türkisch"},
            ],
            "documented": "Stand 2017, bitte nachfragen",
            "hours": "Öffnungszeiten nicht bekannt: bitte nachfragen",
            "to_ask": None,
        },
        "contact": {
            "role": "Leitung der Beispielstelle",
            "email": "beispiel@example.org",
            "website": "https://example.org/",
            "website_label": "example.org",
            "address_lines": ["Beispielstraße 1", "00000 Beispielstadt"],
        },
        "role": {
            "title": Text("Beispielberatung"),
            "responsibility": Text("Fragen zu Beispielen"),
            "phone": "02323 16-0",
            "phone_url": "tel:02323160",
        },
        "picture": {
            "url": static("images/touch-icon.png"),
            "sources": f"{static('images/touch-icon.png')} 180w",
            "width": 180,
            "height": 180,
            "alt": Text("Das Zeichen des Portals"),
            "credit": "Beispielfotograf",
        },
        "flyers": [{"title": Text("Programm"), "url": "#flyer", "size": "0,4 MB"}],
        "source": {
            "title": "Beispielbericht einer Beispielstadt",
            "url": "https://example.org/",
            "as_of": "2017",
            "licence": "dl-de/zero-2-0",
            "quote": "Offene Gruppe für Eltern mit kleinen Kindern",
        },
        "chart": chart(
            "sample",
            "Maßnahmen nach Arbeitsbereich",
            "Arbeitsbereich",
            [Bar(Text("Beispielbereich"), 7), Bar(Text("Zweiter Bereich"), 3)],
            "de",
        ),
        "charts": chart_samples.charts(),
        "quotation_points": ["Erster Punkt", "Zweiter Punkt"],
        "freshness": freshness(),
        "list_actions": [
            {"label": "Auf der Karte", "url": "#sample-filters", "icon": "map"},
            {"label": "In den Kalender", "url": "#sample-filters", "icon": "calendar"},
        ],
        "list_meant": "Krabbelgruppe",
        "list_errors": ["Diese Reihenfolge kennen wir nicht."],
        "sample_places": [
            {"german": ["Musterhaus, Musterstraße 1", "Wanne"], "map_url": "#map"},
            {
                "german": ["Musterplatz 2"],
                "guessed": "Eickel",
                "as_of": "2017",
                "route_url": "#route",
            },
        ],
        "sort_options": [
            {"value": "relevance", "label": "Am besten passend", "selected": True},
            {"value": "date", "label": "Nächster Termin"},
        ],
        "table_head": ["Jahr", "Angebote", "Anbieter"],
        "table_rows": [
            ["Beispieljahr 1", "120", "34"],
            ["Beispieljahr 2", "148", "39"],
        ],
        "colours": [
            "paper", "card", "sunken", "accent", "accent-soft", "deep",
            "sun", "sun-soft", "brick", "brick-soft",
        ],
    }  # fmt: skip

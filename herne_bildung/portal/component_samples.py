"""What the component page shows: one made-up example for each component."""

from django import forms

TOPICS = ("Sprache lernen", "Bewegung", "Musik", "Lesen", "Beratung")


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


def text(words: str, lang: str = "", direction: str = "") -> dict[str, str]:
    return {"text": words, "lang": lang, "dir": direction}


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
            "summary": text(
                "Spielen, singen und andere Familien kennenlernen. "
                "Kinder und Eltern machen gemeinsam mit."
            ),
            "topics": "Familie · Spielen",
            "provider": "Beispiel-Familienzentrum",
            "next_date": "Montag, 30. November, 9.30 Uhr",
            "district_names": "Wanne-Mitte",
            "ages": "6 Monate bis 3 Jahre",
            "cost": "kostenlos",
            "language_names": "Deutsch, Türkçe",
            "is_sample": True,
        },
        {
            "url": "#card",
            "title": text("Sprachkurs für Frauen", "de", "ltr"),
            "summary": text(
                "Deutsch lernen in einer kleinen Gruppe, mit Kinderbetreuung.",
                "de",
                "ltr",
            ),
            "topics": "Sprache lernen",
            "provider": "Beispiel-Träger",
            "district_names": "ganz Herne",
            "documented": True,
            "may_fit_reasons": ["Alter nicht angegeben", "Kosten nicht angegeben"],
        },
    ]


def facet_groups() -> list[dict[str, object]]:
    """A group with a choice that would leave nothing, and a closed one."""
    choices = [
        {"value": "wanne", "label": "Wanne", "count": 41, "checked": True},
        {"value": "wanne-mitte", "label": "Wanne-Mitte", "count": 12, "depth": 1},
        {"value": "eickel", "label": "Eickel", "count": 23},
        {"value": "sodingen", "label": "Sodingen", "count": 0},
    ]
    more = [
        {"value": f"topic-{number}", "label": label, "count": number * 3}
        for number, label in enumerate(TOPICS)
    ]
    return [
        {
            "name": "district",
            "label": "Stadtbezirk",
            "kind": "checkbox",
            "open": True,
            "chosen": 1,
            "choices": choices,
        },
        {"name": "topic", "label": "Thema", "choices": more[:2], "more": more[2:]},
    ]


def pager() -> dict[str, object]:
    """Page 7 of more pages than may be opened."""
    shown = [1, None, 5, 6, 7, 8, 9, None, 50]
    return {
        "number": 7,
        "previous_url": "?page=6",
        "next_url": "?page=8",
        "is_cut": True,
        "pages": [
            {
                "number": number,
                "url": f"?page={number}",
                "is_current": number == 7,
                "is_far": number in (5, 9),
            }
            if number
            else {"gap": True}
            for number in shown
        ],
    }


def samples() -> dict[str, object]:
    """The context of templates/portal/components.html."""
    return {
        "form": SampleForm({"email": "keine Adresse", "name": ""}),
        "cards": cards(),
        "groups": facet_groups(),
        "pager": pager(),
        "chips": [
            {"label": "Wanne", "url": "#chips"},
            {"label": "kostenlos", "url": "#chips"},
        ],
        "ways": [
            {"label": "Alle Angebote ansehen", "url": "#empty"},
            {"label": "Filter entfernen", "url": "#empty"},
        ],
        "steps": [{"label": "Angebote", "url": "#breadcrumb"}],
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
        "contact": {
            "role": "Leitung der Beispielstelle",
            "email": "beispiel@example.org",
            "website": "https://example.org/",
            "website_label": "example.org",
            "address_lines": ["Beispielstraße 1", "00000 Beispielstadt"],
        },
        "sort_options": [
            {"value": "relevance", "label": "Am besten passend", "selected": True},
            {"value": "date", "label": "Nächster Termin"},
        ],
        "table_head": ["Jahr", "Angebote", "Anbieter"],
        "table_rows": [["Beispieljahr 1", "120", "34"], ["Beispieljahr 2", "148", "39"]],
        "colours": [
            "paper", "card", "sunken", "accent", "accent-soft", "deep",
            "sun", "sun-soft", "brick", "brick-soft",
        ],
    }  # fmt: skip

"""Made-up filters for the component page."""

TOPICS = ("Sprache lernen", "Bewegung", "Musik", "Lesen", "Beratung")


def facet_groups() -> list[dict[str, object]]:
    """A group with a choice that would leave nothing, and a closed one."""
    districts = [("Wanne", 41, 0), ("Wanne-Mitte", 12, 1), ("Sodingen", 0, 0)]
    return [
        {
            "name": "district",
            "label": "Stadtbezirk",
            "open": True,
            "chosen": 1,
            "choices": [
                {
                    "value": label.lower(),
                    "label": label,
                    "count": count,
                    "depth": depth,
                    "checked": label == "Wanne",
                }
                for label, count, depth in districts
            ],
        },
        {
            "name": "topic",
            "label": "Thema",
            "choices": [
                {"value": f"topic-{number}", "label": label, "count": 9}
                for number, label in enumerate(TOPICS)
            ],
        },
    ]


def facet_bundle() -> dict[str, object]:
    """A group of two filters and two days."""
    days = [("Montag", 7), ("Dienstag", 12)]
    return {
        "name": "bundle",
        "label": "Zeit",
        "is_open": True,
        "chosen": 0,
        "fields": [
            {"name": "sample-from", "label": "Von", "value": "2026-11-24"},
            {"name": "sample-to", "label": "Bis", "errors": ["Der Tag ist vorbei."]},
        ],
        "parts": [
            {
                "name": "weekday",
                "label": "Wochentag",
                "is_named": True,
                "choices": [
                    {"value": str(number), "label": label, "count": count}
                    for number, (label, count) in enumerate(days)
                ],
            },
        ],
    }

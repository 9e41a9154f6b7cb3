"""The form of an offer, in the order people think."""

from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin import language_fieldsets

TEXTS = ("title", "summary", "description", "next_step")
GERMAN, *OTHER_LANGUAGES = language_fieldsets(*TEXTS)
# A box of the form alone: what it says of free places is still so.
PLACES_STILL = "places_still"
# For family centres, their Kitas and the office.
QUALITY_AREAS = "quality_areas"
TITLE, SUMMARY, DESCRIPTION, NEXT_STEP = GERMAN[1]["fields"]

# The classes "before-…" and "after-…" say which rows (`inlines.OfRoom.part`) stand
# there.
FIELDSETS = [
    (
        _("What is it?"),
        {"fields": ["provider", TITLE, SUMMARY, DESCRIPTION, "topics"]},
    ),
    (
        _("For whom?"),
        {
            "fields": [
                ("age_min_months", "age_max_months"),
                "target_groups",
                "only_for",
                "languages",
                "has_childcare",
            ]
        },
    ),
    (
        _("Courses with a first and a last day"),
        {
            "fields": [("starts_on", "ends_on"), "running_since"],
            "classes": ["collapse", "before-when"],
        },
    ),
    (
        _("Pause and holidays"),
        {"fields": [("paused_from", "paused_until"), "is_holiday_programme"]},
    ),
    (
        _("Where?"),
        {
            "fields": [
                "format",
                "places",
                "is_citywide",
                "is_accessible",
                "accessibility_note",
            ]
        },
    ),
    (_("What does it cost?"), {"fields": ["is_free"], "classes": ["after-cost"]}),
    (
        _("How does one take part?"),
        {
            "fields": [
                NEXT_STEP,
                "registration",
                ("places_left", PLACES_STILL),
                "registration_url",
                "phone",
                "email",
                "website",
            ]
        },
    ),
    (_("Family centres"), {"fields": [QUALITY_AREAS]}),
    *OTHER_LANGUAGES,
    (_("On the site"), {"fields": ["state", "reason", "successor"]}),
    (_("Among ourselves"), {"fields": ["internal_note"]}),
    (
        _("Visibility and source"),
        {
            "fields": [
                ("visible_from", "visible_until"),
                "slug",
                "is_sample",
                "as_of",
                "source_title",
                "source_url",
                "source_quote",
                "licence",
            ],
            "classes": ["collapse"],
        },
    ),
]
# What a new offer cannot have yet.
NOT_YET = {"reason", "successor", "slug", "is_sample", PLACES_STILL}

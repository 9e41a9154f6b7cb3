"""What stands below the fields of the offer's form: a word of help, an example."""

from django.utils.translation import gettext_lazy as _

OFFER = {
    "title_de": _("As people would call it. For example: Toddler group in Eickel"),
    "summary_de": _(
        "What happens there, in plain words. For example: Play, sing and meet other "
        "parents. Coffee is ready."
    ),
    "description_de": _(
        "What else one should know. For example: who leads it, what to bring."
    ),
    "topics": _("One to three that fit best: by them the offer is found."),
    "provider": _("The organisation that answers for the offer."),
    "age_min_months": _("For example: 3, 3 years, 18 months. A number alone is years."),
    "age_max_months": _(
        "For example: 6 years. Without a lower age: from birth. Empty: no upper age."
    ),
    "target_groups": _("Empty means: not known."),
    "only_for": _(
        "Only where others cannot take part. For example: a breakfast for fathers."
    ),
    "languages": _("Languages that are spoken there."),
    "has_childcare": _("Whether somebody looks after children meanwhile."),
    "starts_on": _("Only for courses with a beginning. For example: 12.01.2027"),
    "ends_on": _("Only for courses with an end; afterwards it leaves the site."),
    "running_since": _("For example: 2019"),
    "paused_from": _("First day of a break, for example a summer break: 20.07.2026"),
    "paused_until": _("Last day of the break. Empty: its end is not known."),
    "is_holiday_programme": _("Yes, where it is made for the school holidays."),
    "format": _("For example: at a place, online, at home."),
    "places": _(
        "Type a name or a street. Where the place is missing: add it with the plus."
    ),
    "is_citywide": _("Yes, where it does not belong to one part of the city."),
    "is_accessible": _("Whether one gets in with a wheelchair or a pram."),
    "accessibility_note": _("For example: lift at the side entrance."),
    "is_free": _("Prices stand below, where it is not free of charge."),
    "next_step_de": _(
        "What one does to take part. For example: Just come along. Or: Please call "
        "before the first time."
    ),
    "registration": _("Whether one has to register before."),
    "places_left": _("As it is today. After four weeks it counts as not known."),
    "registration_url": _("For example: https://www.example.org/anmeldung"),
    "quality_areas": _(
        "Which areas of the quality profile this offer belongs to. Empty: none."
    ),
    "phone": _("For example: 02323 16-0. Empty: that of the organisation."),
    "email": _("For example: info@example.org"),
    "website": _("For example: https://www.example.org"),
    "visible_from": _("Empty: at once."),
    "visible_until": _("Empty: for as long as it is confirmed."),
    "successor": _("The offer that takes its place, for readers of the old address."),
}

SCHEDULE = {
    "words": _(
        "For example: every Tuesday 9:30–11:00, not in the school holidays. Or: last "
        "Friday of the month 18:00. What is written here replaces the fields below."
    ),
    "interval": _("1: each time. 2: every other week or month."),
    "week_of_month": _("Only for every month: for example the first Tuesday."),
    "starts_on": _("The first day, or any day from which on it takes place."),
    "until": _("Empty: until further notice."),
    "end_time": _("Empty: not known."),
    "exceptions": _(
        "Days on which it is left out. For example: 24.12.2026, 31.12.2026"
    ),
    "in_school_holidays": _("Pauses: these days are left out by themselves."),
}

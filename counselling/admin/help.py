"""What stands below the fields of an office's form: a word of help, an example."""

from django.utils.translation import gettext_lazy as _

OFFICE = {
    "name_de": _("As it is called. For example: Family and school counselling"),
    "summary_de": _("With what it helps, in plain words, in one or two sentences."),
    "description_de": _("What else one should know."),
    "what_to_bring_de": _("For example: the last school report. One thing a line."),
    "audiences": _("Empty means: not known."),
    "districts": _("Only where it is responsible for some districts alone."),
    "school_forms": _("Only where it is responsible for some school forms alone."),
    "languages": _("Languages that are spoken there."),
    "interpreting_days": _("For example: 3. On slips people read from which day on."),
    "hours": _("Not known stays visible: people are asked to call."),
    "hours_note_de": _("For example: In the holidays please call before."),
    "phone": _("For example: 02323 16-0. The number comes first on the page."),
    "appointment_url": _("For example: https://www.example.org/termin"),
    "place": _("Type a name or a street."),
}

"""What a run did, in words."""

from django.utils.translation import gettext as _

from goals.models import OParlRun


def counted(run: OParlRun) -> list[tuple[str, int]]:
    """What happened to the papers of the server, with the number of them."""
    labels = {
        "new": _("new"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
        "deleted": _("deleted in the council's system"),
        "skipped": _("left out"),
    }
    return [(label, run.counts.get(name, 0)) for name, label in labels.items()]


def report(run: OParlRun) -> str:
    """One line: "42 papers read: 3 new, …"."""
    parts = ", ".join(f"{number} {label}" for label, number in counted(run))
    return _("%(number)s papers read: %(parts)s") % {
        "number": run.done,
        "parts": parts,
    }

"""What a run did, in words."""

from collections import Counter

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.models import (
    Consultation,
    CouncilPaper,
    OParlRun,
    OParlWarning,
    PaperFile,
)
from herne_bildung.freshness.models.links import REASONS

# Why an address gave nothing, where it is no status and no reason of the link checker.
TROUBLES = {
    "not_json": gettext_lazy("The answer is no JSON."),
    "no_list": gettext_lazy("The answer is no list."),
    "DataError": gettext_lazy("A value does not fit."),
    "IntegrityError": gettext_lazy("A value does not fit."),
}


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


def remark(warning: OParlWarning) -> str:
    """What is odd about an object: "was changed here and stays so (title)"."""
    detail = warning.detail
    if warning.kind == OParlWarning.Kind.KEPT:
        detail = ", ".join(map(_label, detail.split(", ")))
    elif warning.kind == OParlWarning.Kind.NOT_READABLE:
        detail = why(detail)
    text = str(warning.get_kind_display())
    return f"{text} ({detail})" if detail else text


def why(reason: str) -> str:
    """Why an address gave nothing; a status as it is."""
    return str(TROUBLES.get(reason) or REASONS.get(reason) or reason)


def remarks_by_kind(run: OParlRun) -> list[tuple[str, int]]:
    """How many remarks there are of each kind, most first."""
    kinds = Counter(run.warnings.values_list("kind", flat=True))
    labels = dict(OParlWarning.Kind.choices)
    return [(str(labels[kind]), number) for kind, number in kinds.most_common()]


def _label(name: str) -> str:
    """A field in words."""
    for model in (CouncilPaper, Consultation, PaperFile):
        try:
            return str(model._meta.get_field(name).verbose_name)
        except FieldDoesNotExist:
            continue
    return name

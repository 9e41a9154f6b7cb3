"""The filters of a list as readers see them: groups of choices with the number each
would leave, and the active ones as chips, each with the address without it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from herne_bildung.lib.addresses import Pairs
from herne_bildung.lib.filtering import IndexFilterSet

# Value, label in the active language, depth in its tree.
Choice = tuple[str, str, int]


def group(
    filters: IndexFilterSet,
    name: str,
    choices: Sequence[Choice],
    *,
    is_open: bool = False,
    counts_maybe: bool = False,
) -> dict[str, Any]:
    """One group as `components/facet_group.html` shows it. `count` surely fit,
    `maybe` may fit besides; with `counts_maybe` they are one number.
    """
    counts = filters.counts(name, [value for value, _, _ in choices])
    chosen = set(filters.values.get(name, ()))
    shown = []
    for value, label, depth in choices:
        sure, maybe = counts[value]
        shown.append(
            {
                "value": value,
                "label": label,
                "depth": depth,
                "count": sure + maybe if counts_maybe else sure,
                "maybe": 0 if counts_maybe else maybe,
                "checked": value in chosen,
            }
        )
    return {
        "name": name,
        "label": filters.filters[name].label,
        "kind": getattr(filters.filters[name], "kind", "checkbox"),
        "open": is_open,
        "chosen": len(chosen),
        "errors": filters.errors_by_field.get(name, ()),
        "choices": shown,
    }


def chips(
    filters: IndexFilterSet,
    parameters: Pairs,
    *,
    choices: Callable[[str], Iterable[Choice]],
    in_words: Callable[[str, Any], str],
    link: Callable[[Pairs], str],
) -> list[dict[str, str]]:
    """A chip for each choice and each other value, as `components/filter_chips.html`
    shows them. `choices` gives those of a filter, `in_words` what a chip says of a
    filter and the label or value, `link` the address for the parameters left.
    """
    found = []
    for name, value in filters.values.items():
        if isinstance(value, list):
            labels = {code: label for code, label, _ in choices(name)}
            said = {code: in_words(name, labels[code]) for code in value}
        else:
            said = {None: in_words(name, value)}
        found += [
            {"label": text, "url": link(less(parameters, filters, name, code))}
            for code, text in said.items()
        ]
    return found


def less(
    parameters: Pairs, filters: IndexFilterSet, name: str, code: str | None = None
) -> Pairs:
    """The parameters without a filter, or without one choice of it, also where the
    address names the choice by a former key. They begin at the first page again.
    """
    resolve = getattr(filters.filters[name].field, "resolve", None) or str
    return [
        (key, given)
        for key, given in parameters
        if key != "page"
        and (key != name or (code is not None and resolve(given) != code))
    ]

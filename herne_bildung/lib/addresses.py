"""The address holds the whole state of a result page: building variants of it."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

Pairs = list[tuple[str, str]]
# What others put into links to count clicks.
FOREIGN = re.compile(
    r"(?:utm|mtm|matomo|pk|piwik|hsa|mc|cm|at)_|_|\w*clid$|(?:igshid|ref|source)$",
    re.IGNORECASE,
)


def pairs(query: Mapping, *, names: Iterable[str]) -> Pairs:
    """The non-empty parameters of a QueryDict, in the order of `names`.

    Names that are not listed are dropped, so addresses stay canonical.
    """
    return [
        (name, value)
        for name in names
        for value in query.getlist(name)
        if value.strip()
    ]


def unknown_names(query: Mapping, *, names: Iterable[str]) -> list[str]:
    """Names of parameters that are none of `names`, without those that mailings and
    advertisements put into links, which mean nothing here.
    """
    known = set(names)
    return [
        name
        for name in query
        if name not in known and name.strip() and not FOREIGN.match(name)
    ]


def address(path: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Path and parameters as one address."""
    query = urlencode(list(parameters))
    return f"{path}?{query}" if query else path


def without(
    parameters: Iterable[tuple[str, str]], name: str, value: str | None = None
) -> Pairs:
    """The parameters less one name, or less one value of it."""
    return [
        (key, given)
        for key, given in parameters
        if key != name or (value is not None and given != value)
    ]


def replaced(parameters: Iterable[tuple[str, str]], name: str, value: str) -> Pairs:
    """The parameters with `name` set to one value; an empty value removes it."""
    kept = without(parameters, name)
    return [*kept, (name, value)] if value else kept


def page_address(
    path: str,
    parameters: Iterable[tuple[str, str]],
    number: int,
    name: str = "page",
) -> str:
    """The address of a page of a list; the first one is the list itself."""
    return address(path, replaced(parameters, name, str(number) if number > 1 else ""))

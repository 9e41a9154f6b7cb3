"""Licences we know, as data packages and catalogues name them."""

import re
from dataclasses import dataclass

DCAT = "http://dcat-ap.de/def/licenses/"


@dataclass(frozen=True, slots=True)
class Licence:
    """`name` as in data packages, `path` its text, `uri` its term of DCAT-AP.de."""

    name: str
    title: str
    path: str
    uri: str


KNOWN = (
    Licence(
        "dl-de-by-2.0",
        "Datenlizenz Deutschland – Namensnennung – Version 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
        f"{DCAT}dl-by-de/2.0",
    ),
    Licence(
        "dl-de-zero-2.0",
        "Datenlizenz Deutschland – Zero – Version 2.0",
        "https://www.govdata.de/dl-de/zero-2-0",
        f"{DCAT}dl-zero-de/2.0",
    ),
    Licence(
        "CC-BY-4.0",
        "Creative Commons Namensnennung 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
        f"{DCAT}cc-by/4.0",
    ),
    Licence(
        "CC0-1.0",
        "Creative Commons CC0 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        f"{DCAT}cc-zero",
    ),
)


def _plain(text: str) -> str:
    """ "dl-de/by-2-0", "dl-de-by-2.0" and "DL-DE BY 2.0" are one."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


BY_NAME = {_plain(one.name): one for one in KNOWN}


def licence_of(text: str) -> Licence | None:
    """The licence staff wrote at an indicator; None where it is not said, or is none
    we know: then nobody is told that data may be used.
    """
    return BY_NAME.get(_plain(text))

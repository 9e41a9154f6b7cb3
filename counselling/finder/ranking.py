"""In which order offices are named for a concern. A pure function of known facts; no
fact is guessed, and what nobody knows counts as neither good nor bad.

1. Main task: offices whose main task the concern is come before others.
2. Audience: offices that are there for who asks ("men", "teachers"); then those for
   everyone, or of which nobody said; then those for others. Offices for women alone
   are no answer for men, nor the other way round.
3. Language: offices that speak the reader's; then those that arrange interpreting.
4. District: offices in the district asked for or responsible for it; then those for
   the whole city or of which nobody said; then those elsewhere.
5. Time: offices open now; then by their next opening; then those without known hours.
6. Name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from counselling.choices import Audience

# Who comes for one of these is not sent to an office for the other alone.
APART = {Audience.MEN: Audience.WOMEN, Audience.WOMEN: Audience.MEN}
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known of who asks; empty where nothing is. `language` is a code of
    `SpokenLanguage`, `district` a key.
    """

    audience: str = ""
    language: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an office for one concern.

    `districts`: keys of all districts it is in or responsible for, those around and
    below included. `opens`: its next opening; None where nobody knows.
    """

    pk: int
    sort_key: str
    is_main: bool = True
    audiences: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    has_interpreting: bool = False
    districts: frozenset[str] = frozenset()
    is_citywide: bool = False
    is_open: bool = False
    opens: datetime | None = None


def rank(offices: Iterable[Facts], wish: Wish) -> list[Facts]:
    """The offices that are an answer, best first; see above."""
    possible = [one for one in offices if not is_for_others_alone(one, wish)]
    return sorted(possible, key=lambda one: _place(one, wish))


def is_for_others_alone(office: Facts, wish: Wish) -> bool:
    """Whether an office for women alone is asked for a man, or the reverse."""
    return wish.audience in APART and office.audiences == {APART[wish.audience]}


def audience_fit(office: Facts, wish: Wish) -> int:
    """2: for who asks; 1: for everyone, or not known; 0: for others."""
    if not wish.audience or not office.audiences:
        return 1
    if wish.audience in office.audiences:
        return 2
    return 1 if Audience.EVERYONE in office.audiences else 0


def language_fit(office: Facts, wish: Wish) -> int:
    """2: speaks it; 1: interpreting can be arranged; 0: neither is known."""
    if not wish.language:
        return 0
    if wish.language in office.languages:
        return 2
    return 1 if office.has_interpreting else 0


def district_fit(office: Facts, wish: Wish) -> int:
    """2: there or for it; 1: for the whole city, or not known; 0: elsewhere."""
    if not wish.district:
        return 1
    if wish.district in office.districts:
        return 2
    return 1 if office.is_citywide or not office.districts else 0


def _place(office: Facts, wish: Wish) -> tuple:
    return (
        not office.is_main,
        -audience_fit(office, wish),
        -language_fit(office, wish),
        -district_fit(office, wish),
        not office.is_open,
        office.opens or NEVER,
        office.sort_key,
        office.pk,
    )

"""A filtered list for programs: calendar and feed answer only what was asked for. What
we do not know is refused in words: leaving it out would send offers that nobody wanted.
Where a person reads first what is made of a list, the page says it.
"""

from django.http import HttpResponse, QueryDict

from herne_bildung.lib.addresses import unknown_names
from herne_bildung.lib.filtering import strange_choice
from offerings.filters import OfferingFilter
from offerings.results import PARAMETERS


def refusal(filters: OfferingFilter, data: QueryDict) -> HttpResponse | None:
    """What is wrong with an address, for who reads the log of their program; None where
    it is right. Order and page mean nothing here.
    """
    wrong = problems(filters, data)
    if not wrong:
        return None
    return HttpResponse(
        "".join(f"{name}: {text}\n" if name else f"{text}\n" for name, text in wrong),
        content_type="text/plain; charset=utf-8",
        status=400,
    )


def problems(filters: OfferingFilter, data: QueryDict) -> list[tuple[str, str]]:
    """(parameter, why) of what of an address we cannot read; of parameters that we do
    not know ("", which).
    """
    wrong = [
        (name, " ".join(map(str, messages)))
        for name, messages in filters.errors_by_field.items()
        if name != "sort"
    ]
    if strange := unknown_names(data, names=PARAMETERS):
        wrong.append(("", strange_choice(strange)))
    return wrong
